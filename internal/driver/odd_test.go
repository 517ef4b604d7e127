package driver

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

const soundOnes = 60 // packages

var (
	oddMark   = regexp.MustCompile(`(?m)^package \w+ // (fixed|silent|named)(?: (.*))?$`)
	applied   = regexp.MustCompile(`applied (\d+) fix`)
	canBeMade = regexp.MustCompile(`can be fixed with -fix \((\d+) fix`)
)

// TestOddOnes puts odd packages beside sound ones: whatever is in the way of one of them, it
// costs that one only. All are tried together, and some alone.
func TestOddOnes(t *testing.T) {
	isolated(t)
	ar, err := txtar.ParseFile("testdata/odd.txtar")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("together", func(t *testing.T) {
		t.Parallel()
		beside(t, ar.Files)
	})
	var names []string
	odd := map[string][]txtar.File{}
	for _, f := range ar.Files {
		name, _, _ := strings.Cut(f.Name, "/")
		if odd[name] == nil {
			names = append(names, name)
		}
		odd[name] = append(odd[name], f)
	}
	if len(names) < 30 {
		t.Errorf("%d odd packages are too few", len(names))
	}
	for _, name := range names {
		if testing.Short() || !sample.Takes(name, 30) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			beside(t, odd[name])
		})
	}
}

// beside migrates a module of sound packages with odd ones among them.
func beside(t *testing.T, odd []txtar.File) {
	lay := func() string {
		dir := t.TempDir()
		files := append([]txtar.File{{Name: "go.mod", Data: []byte("module example.com/odd\n\ngo 1.24\n")}}, odd...)
		for i := range soundOnes {
			src := fmt.Sprintf("package sound%02d\n\nimport \"net/http\"\n\nfunc Locations() (*http.Response, error) {\n\treturn http.Get(\"https://api.orbitflare.com/customer/v1/locations\")\n}\n", i)
			files = append(files, txtar.File{Name: fmt.Sprintf("sound%02d/sound.go", i), Data: []byte(src)})
		}
		unpack(t, &txtar.Archive{Files: files}, dir)
		return dir
	}
	run := func(dir string, args ...string) output {
		t.Helper()
		var stdout, stderr strings.Builder
		code := Main(t.Context(), append([]string{"-C", dir}, args...), &stdout, &stderr)
		if code != exitClean && code != exitLeft && code != exitFailed || strings.Contains(stderr.String(), "internal error") {
			t.Fatalf("%q: exit code %d\n%s", args, code, &stderr)
		}
		return output{stdout.String(), stderr.String()}
	}
	number := func(pattern *regexp.Regexp, text string) (n int) {
		if m := pattern.FindStringSubmatch(text); m != nil {
			n, _ = strconv.Atoi(m[1])
		}
		return n
	}

	dir, patched, forced := lay(), lay(), lay()
	told := run(dir, "./...")
	diff := run(patched, "-diff", "./...")
	fixed := run(dir, "-fix", "./...")
	made := number(applied, fixed.stderr)
	if want := number(canBeMade, told.stderr); made != want {
		t.Errorf("%d fixes are made, and %d were to be", made, want)
	}
	if more := number(applied, run(forced, "-fix", "-unsafe", "./...").stderr); more < made {
		t.Errorf("-unsafe makes %d fixes, and -fix alone %d", more, made)
	}
	for i := range soundOnes {
		name := fmt.Sprintf("sound%02d/sound.go", i)
		if src := read(t, filepath.Join(dir, name)); !strings.Contains(string(src), "/customer/v2/licenses/locations") {
			t.Errorf("%s is not fixed", name)
		}
	}
	for _, f := range odd {
		m := oddMark.FindSubmatch(f.Data)
		if m == nil {
			continue
		}
		want, text := string(m[1]), string(m[2])
		changed := string(read(t, filepath.Join(dir, f.Name))) != string(f.Data)
		if changed != (want == "fixed") {
			t.Errorf("%s: changed is %v, want it %s", f.Name, changed, want)
		}
		named, right := false, false
		for line := range strings.Lines(fixed.stdout + fixed.stderr) {
			if strings.HasPrefix(line, filepath.FromSlash(f.Name)+":") {
				named, right = true, right || strings.Contains(line, text)
			}
		}
		if named != (want == "named") || named && !right {
			t.Errorf("%s is to be %s %q, and this is said:\n%s", f.Name, want, text, fixed.stdout+fixed.stderr)
		}
	}

	// -diff is what -fix writes, and a second run writes nothing.
	apply := exec.Command("git", "apply", "-")
	apply.Dir, apply.Stdin = patched, strings.NewReader(diff.stdout)
	apply.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(patched))
	if out, err := apply.CombinedOutput(); err != nil {
		t.Fatalf("git apply: %v\n%s", err, out)
	}
	after := snapshot(t, dir)
	same(t, "files, -fix against -diff", after, snapshot(t, patched))
	run(dir, "-fix", "./...")
	same(t, "files after a second run", after, snapshot(t, dir))
}
