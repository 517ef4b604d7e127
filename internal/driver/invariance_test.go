package driver

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

// A way is one of the ways in which a run can name what it is about.
type way struct {
	name string
	dir  string // where the command runs, by the name below the module
	args []string
	// means says whether a file, by its name below the module, is named.
	means func(file string) bool
}

// TestInvariance runs the sample application and other programs by every way in. What is said
// about a place has to be what a run on the whole module says, unless the run itself tells what
// else would have to be named; what is fixed in a package has to be what the whole run makes of
// it. Of the ways of each program a sample is taken.
func TestInvariance(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command many times")
	}
	isolated(t)
	t.Run("acme", func(t *testing.T) {
		t.Parallel()
		invariant(t, "acme", func() string { return copySample(t) }, 120)
	})
	for _, name := range archives(t, "testdata/demand/*.txtar") {
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		if !sample.Takes("invariance/"+base, 80) {
			continue
		}
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(ar.Files, func(f txtar.File) bool { return f.Name == "go.work" }) {
			continue // scripts have the ways into a workspace
		}
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			invariant(t, base, func() string {
				dir := filepath.Join(t.TempDir(), "m")
				unpack(t, ar, dir)
				commit(t, dir)
				return dir
			}, 24)
		})
	}
}

// invariant compares the ways into one program, one in n of them. lay writes it to a new
// directory.
func invariant(t *testing.T, program string, lay func() string, n int) {
	t.Helper()
	dir := lay()
	whole := reported(t, dir, "./...")
	fixed := fix(t, lay(), "./...")
	link := filepath.Join(t.TempDir(), "a link über all")
	if err := os.Symlink(dir, link); err != nil {
		t.Log(err) // some systems do not let everybody do that
		link = dir
	}
	for _, w := range waysInto(t, dir) {
		if !sample.Takes(program+" "+w.name, n) {
			continue
		}
		got := reported(t, filepath.Join(dir, w.dir), w.args...)
		compareReports(t, w.name, inNamed(whole, w.means), got)
		linked := reported(t, filepath.Join(link, w.dir), w.args...)
		same(t, w.name+": through a link", got, linked)

		alone := lay()
		for file, text := range fix(t, filepath.Join(alone, w.dir), w.args...) {
			rel, err := filepath.Rel(alone, file)
			if err != nil {
				t.Fatal(err)
			}
			want, ok := fixed[filepath.Join(fixedRoot(fixed), rel)]
			switch {
			case !w.means(filepath.ToSlash(rel)):
				t.Errorf("%s: -fix writes %s, which is not named", w.name, rel)
			case !ok:
				t.Errorf("%s: -fix writes %s, which a run on everything leaves alone", w.name, rel)
			case !partly(string(read(t, filepath.Join(dir, rel))), want, text):
				t.Errorf("%s: -fix makes of %s what a run on everything does not:\n%s", w.name, rel, text)
			}
		}
	}
}

// waysInto lists the ways into a module.
func waysInto(t *testing.T, dir string) []way {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-f", "{{.ImportPath}}\t{{.Dir}}\t{{.Module.Path}}", "./...")
	list.Dir = dir
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list in %s: %v", dir, err)
	}
	any := func(string) bool { return true }
	ways := []way{
		{"-C", "", []string{"-C", dir, "./..."}, any},
		{"the absolute directory", "", []string{dir + "/..."}, any},
		{"all tests", "", []string{"-test=true", "./..."}, any},
	}
	module := ""
	for line := range strings.Lines(string(out)) {
		parts := strings.Split(strings.TrimSpace(line), "\t")
		rel, err := filepath.Rel(dir, parts[1])
		if err != nil {
			t.Fatal(err)
		}
		rel, module = filepath.ToSlash(rel), parts[2]
		inDir := func(file string) bool { return path.Dir(file) == rel }
		below := func(file string) bool { return rel == "." || inDir(file) || strings.HasPrefix(file, rel+"/") }
		names, err := filepath.Glob(filepath.Join(parts[1], "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			names[i] = filepath.ToSlash(mustRel(t, dir, name))
		}
		ways = append(ways,
			way{"./" + rel, "", []string{"./" + rel}, inDir},
			way{parts[0], "", []string{parts[0]}, inDir},
			way{"no arguments in " + rel, rel, nil, inDir},
			way{"./... in " + rel, rel, []string{"./..."}, below},
			way{parts[0] + "/...", "", []string{parts[0] + "/..."}, below},
			way{"files of " + rel, "", names, inDir},
			way{"the first file of " + rel, "", names[:1], func(file string) bool { return file == names[0] }},
			way{rel + " and all", "", []string{"./" + rel, "./..."}, any},
		)
	}
	for _, pattern := range []string{module + "/...", "all", "..."} {
		ways = append(ways, way{pattern, "", []string{pattern}, any})
	}
	return ways
}

func mustRel(t *testing.T, dir, name string) string {
	t.Helper()
	rel, err := filepath.Rel(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return rel
}

// toldLine is a finding as text: place, what it is about, and why it is not fixed.
var toldLine = regexp.MustCompile(`^([^\s:]+\.go:\d+:\d+): (.*?)((?:; fixed only with -unsafe|; no fix)(?:: .*)?)?$`)

// A told finding is what is said about a place.
type told struct{ About, Held string }

// reported returns what a run says, by the file's name below the module and the place in it.
func reported(t *testing.T, dir string, args ...string) map[string]told {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if len(args) < 2 || args[0] != "-C" {
		args = append([]string{"-C", dir}, args...)
	}
	code := Main(context.Background(), args, &stdout, &stderr)
	if code != exitClean && code != exitLeft && code != exitFailed {
		t.Errorf("orbitmigrate %s: exit code %d\n%s", strings.Join(args, " "), code, &stderr)
	}
	root := moduleOf(t, dir)
	found := map[string]told{}
	for line := range strings.Lines(stdout.String()) {
		m := toldLine.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			t.Errorf("not a finding: %s", line)
			continue
		}
		file, place, _ := strings.Cut(m[1], ":")
		rel := filepath.ToSlash(mustRel(t, root, filepath.Join(dir, file)))
		found[rel+":"+place] = told{m[2], m[3]}
	}
	return found
}

// moduleOf returns the directory of the module that a directory is in.
func moduleOf(t *testing.T, dir string) string {
	t.Helper()
	for at := dir; ; at = filepath.Dir(at) {
		if exists(filepath.Join(at, "go.mod")) {
			return at
		}
		if at == filepath.Dir(at) {
			t.Fatalf("%s is in no module", dir)
		}
	}
}

// inNamed returns the findings in files that are named.
func inNamed(all map[string]told, means func(file string) bool) map[string]told {
	out := map[string]told{}
	for place, f := range all {
		if file, _, _ := strings.Cut(place, ":"); means(file) {
			out[place] = f
		}
	}
	return out
}

// compareReports wants the same findings. One that the whole run would fix may be held if that
// is for what else would change.
func compareReports(t *testing.T, name string, want, got map[string]told) {
	t.Helper()
	for place, w := range want {
		g, ok := got[place]
		switch {
		case !ok:
			t.Errorf("%s: nothing is said about %s: %s", name, place, w.About)
		case g.About != w.About:
			t.Errorf("%s: %s: %q; by itself: %q", name, place, w.About, g.About)
		case g.Held != w.Held && !strings.Contains(g.Held, "name it as well"):
			t.Errorf("%s: %s: held %q; by itself: %q", name, place, w.Held, g.Held)
		}
	}
	for place, g := range got {
		if _, ok := want[place]; !ok {
			t.Errorf("%s: %s is told only here: %s", name, place, g.About)
		}
	}
}

// fix makes the fixes and returns the files that have changed, by absolute name.
func fix(t *testing.T, dir string, args ...string) map[string]string {
	t.Helper()
	root := moduleOf(t, dir)
	before := snapshot(t, root)
	var stdout, stderr bytes.Buffer
	if len(args) >= 2 && args[0] == "-C" {
		args = args[2:] // another copy
	}
	args = append([]string{"-C", dir, "-fix"}, args...)
	for i, arg := range args {
		if rest, ok := strings.CutSuffix(arg, "/..."); ok && filepath.IsAbs(rest) {
			args[i] = dir + "/..."
		}
	}
	code := Main(context.Background(), args, &stdout, &stderr)
	if code != exitClean && code != exitLeft && code != exitFailed {
		t.Errorf("orbitmigrate %s: exit code %d\n%s", strings.Join(args, " "), code, &stderr)
	}
	changed := map[string]string{}
	for name, text := range snapshot(t, root) {
		if text != before[name] {
			changed[filepath.Join(root, name)] = text
		}
	}
	return changed
}

// fixedRoot returns the directory of the module with fixed files.
func fixedRoot(files map[string]string) string {
	for name := range files {
		for at := filepath.Dir(name); at != filepath.Dir(at); at = filepath.Dir(at) {
			if exists(filepath.Join(at, "go.mod")) {
				return at
			}
		}
	}
	return ""
}

// partly says whether some of the lines of before that all has changed are changed in got, and
// nothing else, but for the blanks that gofmt puts between columns.
func partly(before, all, got string) bool {
	if before == got {
		return true
	}
	b, a, g := strings.Split(before, "\n"), strings.Split(all, "\n"), strings.Split(got, "\n")
	if len(b) != len(a) || len(b) != len(g) {
		return got == all
	}
	words := func(line string) string { return strings.Join(strings.Fields(line), " ") }
	for i := range g {
		if w := words(g[i]); w != words(b[i]) && w != words(a[i]) {
			return false
		}
	}
	return true
}
