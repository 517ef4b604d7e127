// Package libraries compiles the rows of the sink table against the libraries that they
// describe, and runs the analysis over small programs that use these libraries.
package libraries

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
)

// others are packages that examples mention besides that of their row.
var others = []string{"context", "net/url", "regexp", "time", "github.com/go-openapi/runtime"}

// wrapped are the types that an argument may have instead of string: they are made from
// a string, and the analysis sees through them.
var wrapped = []string{"string", "untyped string", "[]byte", "[]string", "*net/url.URL", "*regexp.Regexp"}

type imports map[string]*types.Package

func (m imports) Import(path string) (*types.Package, error) {
	if p := m[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("package %s is not loaded", path)
}

// TestRows compiles every row's example against the real library: its call is that of
// the row's function, and the strings stand where the row says.
func TestRows(t *testing.T) {
	byPackage := map[string][]sink.Row{}
	paths := slices.Clone(others)
	for _, row := range sink.Rows() {
		path := row.Package()
		if new(sink.Table).Library(path) {
			byPackage[path] = append(byPackage[path], row)
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	fset := token.NewFileSet()
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadTypes, Fset: fset}, slices.Compact(paths)...)
	if err != nil {
		t.Fatal(err)
	}
	imp := imports{}
	for _, p := range loaded {
		for _, err := range p.Errors {
			t.Error(err)
		}
		imp[p.PkgPath] = p.Types
	}
	for _, path := range slices.Compact(paths) {
		rows := byPackage[path]
		if len(rows) == 0 {
			continue
		}
		t.Run(path, func(t *testing.T) {
			for _, row := range rows {
				if err := check(fset, imp, row); err != nil {
					t.Errorf("%s: %v", row.Func, err)
				}
			}
		})
	}
}

// check compiles one example.
func check(fset *token.FileSet, imp imports, row sink.Row) error {
	src := "package p\n"
	for _, path := range append([]string{row.Package()}, others...) {
		if p := imp[path]; p != nil && regexp.MustCompile(`\b`+p.Name()+`\.`).MatchString(row.Example) && !strings.Contains(src, "import "+p.Name()+" ") {
			src += "import " + p.Name() + " " + strconv.Quote(path) + "\n"
		}
	}
	src += "const URL, METHOD, HOST = \"/u\", \"M\", \"h\"\nfunc f() { " + row.Example + " }\n"
	file, err := parser.ParseFile(fset, "example.go", src, 0)
	if err != nil {
		return err
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
	if _, err := (&types.Config{Importer: imp}).Check("p", fset, []*ast.File{file}, info); err != nil {
		return err
	}
	call := file.Decls[len(file.Decls)-1].(*ast.FuncDecl).Body.List[0].(*ast.ExprStmt).X.(*ast.CallExpr)
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return fmt.Errorf("the example calls %T", call.Fun)
	}
	callee, ok := info.Uses[sel.Sel].(*types.Func)
	if !ok {
		return fmt.Errorf("the example calls no function")
	}
	if got := callee.FullName(); got != row.Func {
		return fmt.Errorf("the example calls %s", got)
	}
	args := call.Args
	if callee.Signature().Recv() != nil {
		args = append([]ast.Expr{sel.X}, args...)
	}
	for _, i := range []int{row.URL, row.Method, row.Host, row.On, row.Handler} {
		if i != sink.None && i != sink.Held && (i < 0 || i >= len(args)) {
			return fmt.Errorf("there is no argument %d", i)
		}
	}
	if row.Field != "" {
		for _, name := range []string{row.Field, row.MethodField} {
			obj, _, _ := types.LookupFieldOrMethod(info.TypeOf(args[row.URL]), true, callee.Pkg(), name)
			if field, ok := obj.(*types.Var); !ok || !isString(field.Type()) {
				return fmt.Errorf("argument %d has no string %s", row.URL, name)
			}
		}
		return nil
	}
	for want, i := range map[string]int{"URL": row.URL, "METHOD": row.Method, "HOST": row.Host} {
		if i < 0 {
			continue
		}
		if !mentions(args[i], want) {
			return fmt.Errorf("argument %d does not hold %s", i, want)
		}
		if typ := info.TypeOf(args[i]).String(); !slices.Contains(wrapped, typ) {
			return fmt.Errorf("argument %d is a %s", i, typ)
		}
	}
	return nil
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func mentions(e ast.Expr, name string) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return true
	})
	return found
}

var expectation = regexp.MustCompile(`(want|becomes) ("(?:[^"\\]|\\.)*"|` + "`[^`]*`)")

// TestPrograms analyses the programs, each alone. A comment on a line says which rules are
// found there and what the literals of the line become; how far a change is trusted is not
// the libraries' affair. A line that "stays" may be reported, but is not changed.
func TestPrograms(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule}, "./programs/...")
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) == 0 {
		t.Fatal("there are no programs")
	}
	for _, p := range pkgs {
		t.Run(p.Name, func(t *testing.T) {
			for _, err := range p.Errors {
				t.Fatal(err)
			}
			prog, err := analyzer.NewProgram(analyzer.Options{})
			if err != nil {
				t.Fatal(err)
			}
			prog.Add(analyzer.Package{Path: p.PkgPath, Fset: p.Fset, Files: p.Syntax, Types: p.Types, Info: p.TypesInfo, Module: p.Module.Path})
			res := prog.Result()
			source := map[string]string{}
			for _, name := range p.GoFiles {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				source[name] = string(data)
			}
			var got []string
			for _, f := range res.Findings {
				if line := strings.Split(source[f.Pos.Filename], "\n")[f.Pos.Line-1]; !strings.HasSuffix(line, " // stays") {
					got = append(got, fmt.Sprintf("%s:%d want %q", filepath.Base(f.Pos.Filename), f.Pos.Line, f.Rule))
				}
			}
			for _, u := range res.Unsolved {
				t.Errorf("unsolved: %s", u.Reason)
			}
			for name, src := range source {
				got = append(got, changed(filepath.Base(name), src, changesOf(res, name))...)
			}
			var want []string
			for name, src := range source {
				for i, line := range strings.Split(src, "\n") {
					_, comment, _ := strings.Cut(line, " // ")
					for _, m := range expectation.FindAllStringSubmatch(comment, -1) {
						text, err := strconv.Unquote(m[2])
						if err != nil {
							t.Fatalf("%s:%d: %v", name, i+1, err)
						}
						want = append(want, fmt.Sprintf("%s:%d %s %q", filepath.Base(name), i+1, m[1], text))
					}
				}
			}
			count := map[string]int{}
			for _, g := range got {
				count[g]++
			}
			for _, w := range want {
				count[w]--
			}
			for _, line := range slices.Sorted(maps.Keys(count)) {
				switch n := count[line]; {
				case n > 0:
					t.Errorf("not expected: %s", line)
				case n < 0:
					t.Errorf("missing: %s", line)
				}
			}
			if t.Failed() {
				for _, f := range res.Findings {
					t.Logf("%s:%d: %s", filepath.Base(f.Pos.Filename), f.Pos.Line, f.Message)
				}
			}
		})
	}
}

// changesOf returns the changes of a file that a fix would make, from the last to the first.
func changesOf(res *analyzer.Result, file string) []fixer.Change {
	var out []fixer.Change
	for _, g := range res.Groups {
		for _, c := range g.Changes {
			if c.File == file && g.Applicability != fixer.Manual {
				out = append(out, c)
			}
		}
	}
	slices.SortFunc(out, func(a, b fixer.Change) int { return b.Start - a.Start })
	return out
}

// changed makes the changes and says what becomes of the literals.
func changed(name, src string, changes []fixer.Change) []string {
	literals := func(src string) (texts []string, lines []int) {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, 0)
		if err != nil {
			return []string{err.Error()}, []int{0}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				texts = append(texts, lit.Value)
				lines = append(lines, fset.Position(lit.Pos()).Line)
			}
			return true
		})
		return texts, lines
	}
	before, lines := literals(src)
	for _, c := range changes {
		src = src[:c.Start] + c.New + src[c.End:]
	}
	after, _ := literals(src)
	if len(after) != len(before) {
		return []string{name + " does not have the same literals any more"}
	}
	var out []string
	for i, text := range after {
		if value, err := strconv.Unquote(text); text != before[i] && err == nil {
			out = append(out, fmt.Sprintf("%s:%d becomes %q", name, lines[i], value))
		}
	}
	return out
}
