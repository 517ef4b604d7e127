package fixer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"go/format"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected part of testdata")

// A scenario is one file of testdata. Its comment is a list of commands:
//
//	crlf|bom|trim FILE       the file on disk has CRLF line ends, a byte order
//	                         mark, no newline at its end
//	unsafe                   Options.Unsafe
//	hash                     Options.Hash has the files as they are before: an
//	                         insertion has no old bytes that tell of other ones
//	group ID APPLICABILITY [REASON]
//	change FILE "OLD" "NEW" [N]   of the group above; the N-th OLD, else the only
//	                         one; a FILE with a space is quoted
//	insert FILE "OLD" "NEW" [N]   the same, but NEW goes behind OLD
//	gofmt FILE               the file is as gofmt writes it, before and after
//	check FILE TEXT          Options.Check blames FILE as long as it is in the
//	                         overlay with TEXT in it
//
// The archive has the files as they are before, with LF line ends, the changed
// ones after under want/, and the outcomes.
type scenario struct {
	ar       *txtar.Archive
	dir      string
	form     map[string][]string
	groups   []Group
	opts     Options
	commands []changeCommand
	gofmt    []string
}

type changeCommand struct {
	group  int // index
	insert bool
	rest   string
}

func (s *scenario) disk(name string, data []byte) []byte {
	for _, how := range s.form[name] {
		switch how {
		case "crlf":
			data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
		case "bom":
			data = append([]byte(byteOrderMark), data...)
		case "trim":
			data = bytes.TrimRight(data, "\r\n")
		}
	}
	return data
}

// inputs are the files of the archive that exist before.
func (s *scenario) inputs() map[string][]byte {
	files := map[string][]byte{}
	for _, f := range s.ar.Files {
		if f.Name != "outcomes" && !strings.HasPrefix(f.Name, "want/") {
			files[f.Name] = s.disk(f.Name, f.Data)
		}
	}
	return files
}

func readScenario(t testing.TB, path string) *scenario {
	t.Helper()
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := &scenario{ar: ar, dir: t.TempDir(), form: map[string][]string{}}
	s.opts.Root = s.dir
	checks := map[string]string{}
	hash := false
	for line := range strings.Lines(string(ar.Comment)) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch verb {
		case "", "#":
		case "crlf", "bom", "trim":
			s.form[rest] = append(s.form[rest], verb)
		case "hash":
			hash = true
		case "unsafe":
			s.opts.Unsafe = true
		case "group":
			var g Group
			var trust string
			fmt.Sscan(rest, &g.ID, &trust)
			g.Applicability = Applicability(slices.Index([]string{"safe", "review", "manual"}, trust))
			if words := strings.SplitN(rest, " ", 3); len(words) == 3 {
				g.Reason = words[2]
			}
			s.groups = append(s.groups, g)
		case "change", "insert":
			s.commands = append(s.commands, changeCommand{len(s.groups) - 1, verb == "insert", rest})
		case "gofmt":
			s.gofmt = append(s.gofmt, rest)
		case "check":
			file, text, _ := strings.Cut(rest, " ")
			checks[filepath.Join(s.dir, file)] = text
		default:
			t.Fatalf("%s: unknown command %q", path, line)
		}
	}
	if len(checks) > 0 {
		s.opts.Check = func(overlay map[string][]byte) map[string]error {
			errs := map[string]error{}
			for file, text := range checks {
				for name, data := range overlay {
					// A check of a file that does not change looks at all others.
					if _, ok := overlay[file]; (name == file || !ok) && bytes.Contains(data, []byte(text)) {
						errs[file] = errors.New("undefined: something")
					}
				}
			}
			return errs
		}
	}
	files := s.inputs()
	if hash {
		s.opts.Hash = map[string][32]byte{}
		for name, data := range files {
			s.opts.Hash[filepath.Join(s.dir, name)] = sha256.Sum256(data)
		}
	}
	for _, command := range s.commands {
		name, rest, _ := strings.Cut(command.rest, " ")
		if name[0] == '"' {
			name, rest = unquotePrefix(t, command.rest)
		}
		data := files[name]
		oldText, rest := unquotePrefix(t, rest)
		newText, rest := unquotePrefix(t, rest)
		nth, _ := strconv.Atoi(strings.TrimSpace(rest))
		if n := bytes.Count(data, []byte(oldText)); nth == 0 && n != 1 || nth > n {
			t.Fatalf("%s: %q occurs %d times in %s", path, oldText, n, name)
		}
		at := 0
		for i := 1; i < nth; i++ {
			at += bytes.Index(data[at:], []byte(oldText)) + len(oldText)
		}
		at += bytes.Index(data[at:], []byte(oldText))
		if command.insert {
			at, oldText = at+len(oldText), ""
		}
		s.groups[command.group].Changes = append(s.groups[command.group].Changes,
			Change{filepath.Join(s.dir, name), at, at + len(oldText), oldText, newText})
	}
	s.lay(t, s.dir)
	return s
}

func unquotePrefix(t testing.TB, s string) (text, rest string) {
	t.Helper()
	s = strings.TrimSpace(s)
	q, err := strconv.QuotedPrefix(s)
	if err != nil {
		t.Fatalf("no quoted text at %q", s)
	}
	text, _ = strconv.Unquote(q)
	return text, s[len(q):]
}

// lay writes the input files, a minute old, into dir.
func (s *scenario) lay(t testing.TB, dir string) {
	t.Helper()
	for name, data := range s.inputs() {
		writeFile(t, filepath.Join(dir, name), data)
	}
}

// laid is the time of the files of a scenario as long as nothing is done to them.
var laid = time.Unix(1_000_000_000, 0)

func writeFile(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644), os.Chtimes(path, laid, laid)); err != nil {
		t.Fatal(err)
	}
}

func readFile(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func modTime(t testing.TB, path string) time.Time {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}

// show lists outcomes, one a line, without the name of the directory.
func show(dir string, outcomes []Outcome) string {
	var b strings.Builder
	for _, o := range outcomes {
		fmt.Fprintf(&b, "%d %s", o.Group, o.Status)
		if o.Code != "" {
			fmt.Fprintf(&b, " %s: %s", o.Code, o.Reason)
		}
		fmt.Fprintf(&b, " [%s]\n", strings.Join(o.Files, " "))
	}
	return strings.ReplaceAll(b.String(), dir+string(filepath.Separator), "")
}

func TestScenarios(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			s := readScenario(t, path)
			before := s.inputs()
			p, err := NewPlan(s.groups, s.opts)
			if err != nil {
				t.Fatal(err)
			}
			diff := p.Diff(s.dir)
			planned := show(s.dir, p.Outcomes())
			if s.inOtherOrder(t).Diff(s.dir) != diff {
				t.Error("the order of groups and changes makes a difference")
			}
			outcomes, err := p.Write(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			written := show(s.dir, outcomes)
			if written != planned {
				t.Errorf("outcomes planned and written differ:\n%s", cmp.Diff(planned, written))
			}

			if *update {
				s.update(t, path, before, written)
				return
			}
			want := map[string]string{}
			for _, f := range s.ar.Files {
				if name, ok := strings.CutPrefix(f.Name, "want/"); ok {
					want[name] = string(s.disk(name, f.Data))
				}
				if f.Name == "outcomes" && string(f.Data) != written {
					t.Errorf("outcomes (-want +got):\n%s", cmp.Diff(string(f.Data), written))
				}
			}
			for name, data := range before {
				file := filepath.Join(s.dir, name)
				wantData, changed := want[name]
				if !changed {
					wantData = string(data)
				}
				if d := cmp.Diff(wantData, readFile(t, file)); d != "" {
					t.Errorf("%s (-want +got):\n%s", name, d)
				}
				if touched := !modTime(t, file).Equal(laid); touched != changed {
					t.Errorf("%s: written: %v, want %v", name, touched, changed)
				}
			}
			for _, name := range s.gofmt {
				for _, data := range []string{string(before[name]), readFile(t, filepath.Join(s.dir, name))} {
					if formatted, err := format.Source([]byte(data)); err != nil || string(formatted) != data {
						t.Errorf("%s is not as gofmt writes it: %v\n%s", name, err, cmp.Diff(string(formatted), data))
					}
				}
			}
			noTemps(t, s.dir)
			s.gitApply(t, diff)
			s.again(t)
		})
	}
}

// inOtherOrder plans with everything shuffled.
func (s *scenario) inOtherOrder(t *testing.T) *Plan {
	groups := slices.Clone(s.groups)
	rnd := rand.New(rand.NewPCG(1, 2))
	rnd.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	for i := range groups {
		groups[i].Changes = slices.Clone(groups[i].Changes)
		slices.Reverse(groups[i].Changes)
	}
	p, err := NewPlan(groups, s.opts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// gitApply applies the diff to the files as they were and compares the result
// with what is on disk now.
func (s *scenario) gitApply(t *testing.T, diff string) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Log("git is missing: diff not tried")
		return
	}
	dir := t.TempDir()
	s.lay(t, dir)
	if diff != "" {
		cmd := exec.Command(git, "apply", "--whitespace=nowarn")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
		cmd.Stdin = strings.NewReader(diff)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git apply: %v\n%s\n%s", err, out, diff)
		}
	}
	for name := range s.inputs() {
		if d := cmp.Diff(readFile(t, filepath.Join(s.dir, name)), readFile(t, filepath.Join(dir, name))); d != "" {
			t.Errorf("%s (-Write +git apply):\n%s", name, d)
		}
	}
}

// again runs everything once more: all that was applied is refused as changed,
// and nothing is written.
func (s *scenario) again(t *testing.T) {
	before := map[string]time.Time{}
	for name := range s.inputs() {
		before[name] = modTime(t, filepath.Join(s.dir, name))
	}
	for _, groups := range [][]Group{nil, s.groups} {
		p, err := NewPlan(groups, s.opts)
		if err != nil {
			t.Fatal(err)
		}
		if diff := p.Diff(s.dir); diff != "" {
			t.Errorf("a second run with %d groups has a diff:\n%s", len(groups), diff)
		}
		if _, err := p.Write(context.Background()); err != nil {
			t.Error(err)
		}
	}
	for name, at := range before {
		if !modTime(t, filepath.Join(s.dir, name)).Equal(at) {
			t.Errorf("a second run writes %s", name)
		}
	}
}

func noTemps(t testing.TB, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if strings.HasPrefix(filepath.Base(path), tempPrefix) {
			t.Errorf("%s is left over", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// update rewrites want/ and outcomes of the scenario.
func (s *scenario) update(t *testing.T, path string, before map[string][]byte, outcomes string) {
	files := slices.DeleteFunc(s.ar.Files, func(f txtar.File) bool {
		return f.Name == "outcomes" || strings.HasPrefix(f.Name, "want/")
	})
	for _, f := range slices.Clone(files) {
		got := readFile(t, filepath.Join(s.dir, f.Name))
		if got == string(before[f.Name]) {
			continue
		}
		plain := strings.ReplaceAll(strings.TrimPrefix(got, byteOrderMark), "\r\n", "\n")
		if !strings.HasSuffix(plain, "\n") {
			plain += "\n"
		}
		files = append(files, txtar.File{Name: "want/" + f.Name, Data: []byte(plain)})
	}
	s.ar.Files = append(files, txtar.File{Name: "outcomes", Data: []byte(outcomes)})
	if err := os.WriteFile(path, txtar.Format(s.ar), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestNewPlanRefusesNonsense(t *testing.T) {
	dir := t.TempDir()
	a := filepath.Join(dir, "a.go")
	for _, test := range []struct {
		name   string
		groups []Group
		root   string
		want   string
	}{
		{"relative root", nil, "x", "not an absolute path"},
		{"no root", nil, filepath.Join(dir, "none"), "no such file"},
		{"relative file", []Group{{Changes: []Change{{File: "a.go"}}}}, dir, `"a.go" is not a clean absolute path`},
		{"unclean file", []Group{{Changes: []Change{{File: dir + "/x/../a.go"}}}}, dir, "not a clean absolute path"},
		{"negative", []Group{{Changes: []Change{{File: a, Start: -1}}}}, dir, "bytes -1 to 0"},
		{"backwards", []Group{{Changes: []Change{{File: a, Start: 2, End: 1}}}}, dir, "bytes 2 to 1"},
		{"length", []Group{{ID: 7, Changes: []Change{{File: a, Start: 2, End: 4, Old: "abc"}}}}, dir, "group 7"},
		{"twice", []Group{{ID: 1}, {ID: 1}}, dir, "two groups have the ID 1"},
	} {
		_, err := NewPlan(test.groups, Options{Root: test.root})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want an error with %q", test.name, err, test.want)
		}
	}
}

func TestEditable(t *testing.T) {
	dir := t.TempDir()
	var groups []Group
	for i, name := range []string{"a.go", "b.go", "c.go"} {
		path := filepath.Join(dir, name)
		writeFile(t, path, []byte("package p\n\nconst x = \"v1\"\n"))
		for j := range 2 { // two groups ask for each file
			groups = append(groups, Group{ID: 2*i + j, Changes: []Change{{path, 22 + j, 23 + j, "v1"[j : j+1], "w"}}})
		}
	}
	asked := map[string]int{}
	p, err := NewPlan(groups, Options{Root: dir, Editable: func(file string) error {
		name := filepath.Base(file)
		asked[name]++
		switch name {
		case "b.go":
			return errors.New("in the vendor directory")
		case "c.go":
			return fmt.Errorf("driver: %w", &Refusal{Code: "cgo", Reason: "made by cgo"})
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := `0 applied [a.go]
1 applied [a.go]
2 skipped policy: b.go: in the vendor directory [b.go]
3 skipped policy: b.go: in the vendor directory [b.go]
4 skipped cgo: c.go: made by cgo [c.go]
5 skipped cgo: c.go: made by cgo [c.go]
`
	if d := cmp.Diff(want, show(dir, p.Outcomes())); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]int{"a.go": 1, "b.go": 1, "c.go": 1}, asked); d != "" {
		t.Error("not asked once for every file:", d)
	}
}

func TestHash(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.go")
	text := "package p\n\nconst x = \"v1\"\n"
	writeFile(t, path, []byte(text))
	groups := []Group{{Changes: []Change{{path, 22, 24, "v1", "v2"}}}}
	for _, test := range []struct {
		text, want string
	}{
		{text, "0 applied [a.go]\n"},
		// The bytes at the offsets are right, but the file is another one.
		{text + "\n", "0 skipped changed: a.go: the file has been changed since it was analysed; run again [a.go]\n"},
	} {
		p, err := NewPlan(groups, Options{Root: dir, Hash: map[string][32]byte{path: sha256.Sum256([]byte(test.text))}})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(test.want, show(dir, p.Outcomes())); d != "" {
			t.Error(d)
		}
	}
}
