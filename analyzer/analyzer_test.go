package analyzer

import (
	"bytes"
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

var update = flag.Bool("update", false, "rewrite golden files")

// load type-checks the module in dir. Imported packages come before their importers,
// and a package's test variant stands for the package.
func load(t testing.TB, dir string) []Package {
	t.Helper()
	cfg := &packages.Config{Dir: dir, Tests: true, Mode: packages.LoadSyntax | packages.NeedModule,
		Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")}
	roots, err := packages.Load(cfg, "./...")
	if err != nil {
		t.Fatal(err)
	}
	variant := map[string]bool{}
	for _, p := range roots {
		if strings.HasSuffix(p.ID, ".test]") {
			variant[p.PkgPath] = true
		}
	}
	var out []Package
	seen := map[*packages.Package]bool{}
	var visit func(p *packages.Package)
	visit = func(p *packages.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		for _, path := range slices.Sorted(mapKeys(p.Imports)) {
			visit(p.Imports[path])
		}
		if p.Module == nil || len(p.Syntax) == 0 || strings.HasSuffix(p.PkgPath, ".test") || p.ID == p.PkgPath && variant[p.PkgPath] {
			return
		}
		for _, err := range p.Errors {
			t.Errorf("%s: %v", p.ID, err)
		}
		out = append(out, Package{Path: p.PkgPath, Fset: p.Fset, Files: p.Syntax, Types: p.Types, Info: p.TypesInfo, Module: p.Module.Path})
	}
	for _, p := range roots {
		visit(p)
	}
	return out
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// TestPrograms solves the program in every archive and compares what is found and what
// would be changed. Section "facts" lists what a driver that sees one package at a time
// reports differently. The file sinks.yaml is Options.SinkFile.
func TestPrograms(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			golden := map[string]string{}
			ar.Files = slices.DeleteFunc(ar.Files, func(f txtar.File) bool {
				if f.Name == "findings" || f.Name == "changes" || f.Name == "facts" {
					golden[f.Name] = string(f.Data)
					return true
				}
				path := filepath.Join(dir, f.Name)
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, f.Data, 0o666); err != nil {
					t.Fatal(err)
				}
				return false
			})
			if !slices.ContainsFunc(ar.Files, func(f txtar.File) bool { return f.Name == "go.mod" }) {
				if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/app\n\ngo 1.24\n"), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			pkgs := load(t, dir)
			var opts Options
			if slices.ContainsFunc(ar.Files, func(f txtar.File) bool { return f.Name == "sinks.yaml" }) {
				opts.SinkFile = filepath.Join(dir, "sinks.yaml")
			}
			prog, err := NewProgram(opts)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pkgs {
				prog.Add(p)
			}
			single, err := New(opts)
			if err != nil {
				t.Fatal(err)
			}
			res := prog.Result()
			got := map[string]string{"findings": findings(res, dir), "changes": changes(res, dir)}
			got["facts"] = difference(res, factsMode(t, single, pkgs, dir), dir)
			for _, section := range []string{"findings", "changes", "facts"} {
				if got[section] != "" {
					ar.Files = append(ar.Files, txtar.File{Name: section, Data: []byte(got[section])})
				}
				if !*update {
					if d := cmp.Diff(golden[section], got[section]); d != "" {
						t.Errorf("%s (-want +got); go test -update rewrites the archive:\n%s", section, d)
					}
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func findings(res *Result, dir string) string {
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "%s: %s [%s] %s\n", at(f.Pos, dir), f.Applicability, f.Rule, f.Message)
	}
	for _, u := range res.Unsolved {
		fmt.Fprintf(&b, "unsolved %s: %s\n", at(u.Pos, dir), u.Reason)
	}
	return b.String()
}

func changes(res *Result, dir string) string {
	var b strings.Builder
	for _, g := range res.Groups {
		fmt.Fprintf(&b, "group %d %s\n", g.ID, g.Applicability)
		for _, c := range g.Changes {
			src, err := os.ReadFile(c.File)
			if err != nil {
				return err.Error()
			}
			line, _, _ := bytes.Cut(append(append(bytes.Clone(src[bytes.LastIndexByte(src[:c.Start], '\n')+1:c.Start]), c.New...), src[c.End:]...), []byte("\n"))
			if strings.HasPrefix(c.New, "\n") {
				line = fmt.Appendf(nil, "behind line %d: %q", 1+bytes.Count(src[:c.Start], []byte("\n")), c.New)
			}
			fmt.Fprintf(&b, "\t%s: %s\n", filepath.ToSlash(strings.TrimPrefix(c.File, dir+string(filepath.Separator))), bytes.TrimSpace(line))
		}
	}
	return b.String()
}

func at(pos token.Position, dir string) string {
	return fmt.Sprintf("%s:%d:%d", filepath.ToSlash(strings.TrimPrefix(pos.Filename, dir+string(filepath.Separator))), pos.Line, pos.Column)
}

// factsMode runs the analyzer over the packages one by one. Facts go from a package to
// those that import it directly, and through an encoding, as in go vet.
func factsMode(t *testing.T, a *analysis.Analyzer, pkgs []Package, dir string) []string {
	t.Helper()
	facts := map[*types.Package]map[types.Object][]byte{}
	var out []string
	for _, p := range pkgs {
		mine := map[types.Object][]byte{}
		facts[p.Types] = mine
		pass := &analysis.Pass{
			Analyzer: a, Fset: p.Fset, Files: p.Files, Pkg: p.Types, TypesInfo: p.Info,
			Report: func(d analysis.Diagnostic) {
				line := at(p.Fset.Position(d.Pos), dir) + ": " + strings.ReplaceAll(d.Message, dir+string(filepath.Separator), "")
				if len(d.SuggestedFixes) > 0 {
					line += " (fix)"
				}
				out = append(out, line)
			},
			ExportObjectFact: func(obj types.Object, fact analysis.Fact) {
				var b bytes.Buffer
				if err := gob.NewEncoder(&b).Encode(fact); err != nil {
					t.Fatal(err)
				}
				mine[obj] = b.Bytes()
			},
			AllObjectFacts: func() []analysis.ObjectFact {
				var all []analysis.ObjectFact
				for _, imp := range p.Types.Imports() {
					for obj, data := range facts[imp] {
						fact := new(equations)
						if err := gob.NewDecoder(bytes.NewReader(data)).Decode(fact); err != nil {
							t.Fatal(err)
						}
						all = append(all, analysis.ObjectFact{Object: obj, Fact: fact})
					}
				}
				return all
			},
		}
		if _, err := a.Run(pass); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// difference compares the places of a whole run with those of the facts mode.
func difference(res *Result, lines []string, dir string) string {
	whole := map[string]bool{}
	for _, f := range res.Findings {
		whole[at(f.Pos, dir)] = true
	}
	single := map[string]bool{}
	var out []string
	for _, l := range lines {
		place, _, _ := strings.Cut(l, ": ")
		single[place] = true
		if !whole[place] || strings.Contains(l, "the text to change is at") {
			out = append(out, "only package by package: "+l)
		}
	}
	for place := range whole {
		if !single[place] {
			out = append(out, "only in a whole run: "+place)
		}
	}
	slices.Sort(out)
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, "\n") + "\n"
}

func TestOptions(t *testing.T) {
	if _, err := New(Options{Rules: []string{"orbit-locatons"}}); err == nil || !strings.Contains(err.Error(), `"orbit-locatons"`) {
		t.Errorf("an unknown rule gives %v", err)
	}
	a, err := New(Options{Rules: []string{"orbit-locations"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []*analysis.Analyzer{a, Analyzer} {
		if err := analysis.Validate([]*analysis.Analyzer{a}); err != nil {
			t.Error(err)
		}
	}
	a.Flags.SetOutput(io.Discard)
	if err := a.Flags.Parse([]string{"-rules=nonsense"}); err == nil {
		t.Error("the flag takes an unknown rule")
	}
	if reflect.DeepEqual(a, Analyzer) {
		t.Error("New changes the shared analyzer")
	}
}

// TestRuleBook holds the documentation against the endpoint table.
func TestRuleBook(t *testing.T) {
	want := ruleBook(endpoint.Default())
	src, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(src), "# Rules\n\n")
	_, tail, ok2 := strings.Cut(rest, "# What a fix is worth\n")
	if !ok || !ok2 {
		t.Fatal("doc.go has lost its sections")
	}
	fresh := head + "# Rules\n\n" + want + "\n# What a fix is worth\n" + tail
	if *update {
		if err := os.WriteFile("doc.go", []byte(fresh), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if d := cmp.Diff(string(src), fresh); d != "" {
		t.Errorf("doc.go is stale; go test -update rewrites it (-have +want):\n%s", d)
	}
}

// ruleBook writes the rules as a documentation comment does.
func ruleBook(t *endpoint.Table) string {
	var b strings.Builder
	for _, base := range t.Bases() {
		if base.Undocumented {
			fmt.Fprintf(&b, "  - %s: https://%s%s. %s\n", base.ID, base.Host, base.Old, base.Note)
			continue
		}
		fmt.Fprintf(&b, "  - %s: https://%s%s becomes %s. %s\n", base.ID, base.Host, base.Old, base.New, base.Note)
	}
	for _, r := range t.Rules() {
		if r.Old == "" {
			continue
		}
		fmt.Fprintf(&b, "  - %s: %s %s becomes %s. %s", r.ID, r.Method, r.Old, r.New, r.Note)
		if r.Check != "" {
			fmt.Fprintf(&b, " Check the decoding: %s.", r.Check)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "\nOnly in v2, and so reported if they are called under v1:\n\n")
	for _, r := range t.Rules() {
		if r.Old == "" {
			fmt.Fprintf(&b, "  - %s: %s %s\n", r.ID, r.Method, r.New)
		}
	}
	return b.String()
}

// TestUntraversed wants the syntax of a package to be left alone if nothing of it can matter.
// Without the types to its syntax, going through it is a crash.
func TestUntraversed(t *testing.T) {
	for _, test := range []struct {
		name, src string
		facts     bool
		want      bool // it is traversed
	}{
		{"nothing", "package p\n\nimport \"strings\"\n\nvar V = strings.ToUpper(\"text\")\n", false, false},
		{"an HTTP library", "package p\n\nimport \"net/http\"\n\nvar V = http.DefaultClient\n", false, true},
		{"a name", "package p\n\nvar V = \"/Customer/\"\n", false, true},
		{"a name with escapes", "package p\n\nvar V = \"/\\x63ustomer/\"\n", false, true},
		{"a path segment", "package p\n\nvar V = \"locations\"\n", false, true},
		{"facts of an import", "package p\n\nvar V = \"text\"\n", true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, "p.go", test.src, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
			pkg, err := conf.Check("example.com/p", fset, []*ast.File{f}, nil)
			if err != nil {
				t.Fatal(err)
			}
			pass := &analysis.Pass{
				Analyzer: Analyzer, Fset: fset, Files: []*ast.File{f}, Pkg: pkg,
				ReadFile:         func(string) ([]byte, error) { return []byte(test.src), nil },
				ExportObjectFact: func(types.Object, analysis.Fact) { t.Error("a fact without types") },
				AllObjectFacts: func() (all []analysis.ObjectFact) {
					if test.facts {
						all = append(all, analysis.ObjectFact{Object: pkg.Scope().Lookup("V"), Fact: &equations{}})
					}
					return all
				},
			}
			// Without types it cannot be traversed.
			_, err = Analyzer.Run(pass)
			var panicked *fault.Panic
			if traversed := errors.As(err, &panicked); traversed != test.want || err != nil && !traversed {
				t.Errorf("it is traversed: %v, want %v; error %v", traversed, test.want, err)
			}
		})
	}
}
