package driver

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/sample"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// TestDemand compares what is found by looking at packages on demand with what is found by
// looking at all of them, in programs of testdata/demand: as a whole, and, in some, for each
// package that is named alone. Section "findings" lists what there is to find, and "unseen" the
// packages and functions that are not to be looked at.
func TestDemand(t *testing.T) {
	isolated(t)
	for _, name := range archives(t, "testdata/demand/*.txtar") {
		if !*update && !sample.Takes("demand/"+filepath.Base(name), 3) {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "app") // messages name it
			golden := unpack(t, ar, dir)
			patterns := []string{"./..."}
			if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
				patterns = []string{"./app/...", "./lib/..."}
			}
			all, seen := compareDemand(t, dir, patterns, !testing.Short() && sample.Takes("each/"+filepath.Base(name), 6))
			found, _, _ := strings.Cut(all, "group ")
			if found == "" {
				t.Error("there is nothing to find")
			}
			for path := range strings.FieldsSeq(golden["unseen"]) {
				if seen[path] {
					t.Errorf("%s is looked at, and nobody needs it", path)
				}
			}
			if *update {
				ar.Files = slices.DeleteFunc(ar.Files, func(f txtar.File) bool { return f.Name == "findings" })
				ar.Files = append(ar.Files, txtar.File{Name: "findings", Data: []byte(found)})
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			same(t, "findings; go test -update rewrites the archive", golden["findings"], found)
		})
	}
}

// TestDemandPrograms makes the same comparison for the programs that are there for other
// tests.
func TestDemandPrograms(t *testing.T) {
	isolated(t)
	t.Run("acme", func(t *testing.T) {
		t.Parallel()
		compareDemand(t, copySample(t), []string{"./..."}, !testing.Short())
	})
	for _, name := range archives(t, "../../analyzer/testdata/*.txtar") {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !sample.Takes("demand/"+filepath.Base(name), 12) {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			unpack(t, ar, dir)
			compareDemand(t, dir, []string{"./..."}, true)
		})
	}
	for _, dir := range archives(t, "../../testdata/corpus/[ehmn]*") {
		n := 12
		if goDirs(t, dir) < 2 {
			n = 40 // there are many of them, and they want little of other packages
		}
		if !sample.Takes("demand/"+filepath.Base(dir), n) {
			continue
		}
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			alone := t.TempDir()
			corpus := filepath.Dir(dir)
			for _, name := range []string{"internal", "stubs", filepath.Base(dir)} {
				if err := os.CopyFS(filepath.Join(alone, name), os.DirFS(filepath.Join(corpus, name))); err != nil {
					t.Fatal(err)
				}
			}
			for _, name := range []string{"go.mod", "go.sum"} {
				write(t, filepath.Join(alone, name), string(read(t, filepath.Join(corpus, name))))
			}
			compareDemand(t, filepath.Join(alone, filepath.Base(dir)), []string{"./..."}, true)
		})
	}
}

func archives(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.FromSlash(pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("nothing matches %s: %v", pattern, err)
	}
	return names
}

// goDirs counts the directories with Go files.
func goDirs(t *testing.T, dir string) int {
	dirs := map[string]bool{}
	each(t, dir, func(path string, _ os.FileInfo) error {
		if filepath.Ext(path) == ".go" {
			dirs[filepath.Dir(path)] = true
		}
		return nil
	})
	return len(dirs)
}

// unpack writes an archive into a directory, with a go.mod if it has none, and returns
// those of its files that are expectations.
func unpack(t *testing.T, ar *txtar.Archive, dir string) map[string]string {
	t.Helper()
	golden := map[string]string{}
	module := false
	for _, f := range ar.Files {
		if filepath.Ext(f.Name) == "" {
			golden[f.Name] = string(f.Data)
			continue
		}
		module = module || f.Name == "go.mod" || f.Name == "go.work"
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		write(t, path, string(f.Data))
	}
	if !module {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "go.mod"), "module example.com/app\n\ngo 1.24\n")
	}
	return golden
}

// compareDemand compares what is found on demand with what is found in all packages of the
// listing, and, if alone is set, with what is found if just one of the packages is named. It
// returns what is found, and the packages and functions that are looked at on demand.
func compareDemand(t *testing.T, dir string, patterns []string, alone bool) (found string, seen map[string]bool) {
	t.Helper()
	s, list := surveyed(t, dir, patterns)
	every := seed{whole: evidence(list), focus: func(string) bool { return true }}
	for _, p := range list.All() {
		if path := workspace.ListPath(p); workspace.IsLocal(p) && !slices.Contains(every.whole, path) {
			every.whole = append(every.whole, path)
		}
	}
	everything, err := s.demand(t.Context(), list, every)
	if err != nil {
		t.Fatal(err)
	}
	whole := everything.checker.Result()
	want := outcome(whole, dir, func(file string) bool { return everything.byFile[file].named })

	start, err := s.seeds(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	prog, err := s.demand(t.Context(), list, start)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "on demand", want, outcome(prog.checker.Result(), dir, func(file string) bool { return prog.byFile[file].named }))
	seen = map[string]bool{}
	for path := range prog.units {
		seen[path] = true
	}
	for path, part := range prog.parts {
		for body := range part.bodies {
			seen[path+"."+functionOf(t, body)] = true
		}
	}
	if !alone {
		return want, seen
	}
	for path := range everything.named {
		p := list.Largest(path)
		in := func(file string) bool { return p != nil && filepath.Dir(file) == p.Dir }
		want := outcome(whole, dir, in)
		s, list := surveyed(t, dir, []string{path})
		start, err := s.seeds(t.Context(), list)
		if err != nil {
			t.Fatal(err)
		}
		prog, err := s.demand(t.Context(), list, start)
		if err != nil {
			t.Fatal(err)
		}
		same(t, path+" alone", want, outcome(prog.checker.Result(), dir, in))
	}
	return want, seen
}

// functionOf names the function of a body: "Client.do" for a method.
func functionOf(t *testing.T, b workspace.Body) string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), b.File, nil, parser.SkipObjectResolution)
	if err != nil {
		return fmt.Sprint("function ", b.Number) // the parser may not see all functions
	}
	n := 0
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		if n++; n <= b.Number {
			continue
		}
		name := fn.Name.Name
		if fn.Recv != nil {
			recv := fn.Recv.List[0].Type
			if star, ok := recv.(*ast.StarExpr); ok {
				recv = star.X
			}
			name = types.ExprString(recv) + "." + name
		}
		return name
	}
	t.Fatalf("%s has no function %d", b.File, b.Number)
	return ""
}

func surveyed(t *testing.T, dir string, patterns []string) (*session, *workspace.Listing) {
	t.Helper()
	s := &session{config: &config{dir: dir, patterns: patterns, tests: true}}
	if sinks := filepath.Join(dir, "sinks.yaml"); exists(sinks) {
		s.sinks = sinks
	}
	var err error
	if s.env, err = readGoEnv(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	list, err := s.survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, list
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// outcome writes down what a result says about some files, and the groups that change any.
func outcome(r *analyzer.Result, dir string, in func(file string) bool) string {
	var b bytes.Buffer
	name := func(file string) string {
		return filepath.ToSlash(strings.TrimPrefix(file, dir+string(filepath.Separator)))
	}
	shown := map[int]bool{}
	for _, f := range r.Findings {
		if in(f.Pos.Filename) {
			fmt.Fprintf(&b, "%s:%d:%d: %s [%s] %s\n", name(f.Pos.Filename), f.Pos.Line, f.Pos.Column, f.Applicability, f.Rule, strings.ReplaceAll(f.Message, dir+string(filepath.Separator), ""))
			shown[f.Group] = true
		}
	}
	for _, u := range r.Unsolved {
		if in(u.Pos.Filename) {
			fmt.Fprintf(&b, "unsolved %s:%d: %s\n", name(u.Pos.Filename), u.Pos.Line, u.Reason)
		}
	}
	for _, g := range r.Groups {
		if !shown[g.ID] {
			continue
		}
		fmt.Fprintf(&b, "group %s %s\n", g.Applicability, g.Reason)
		for _, c := range g.Changes {
			fmt.Fprintf(&b, "\t%s:%d-%d %q\n", name(c.File), c.Start, c.End, c.New)
		}
	}
	return b.String()
}
