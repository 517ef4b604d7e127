package extract

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

// Text must not vanish between the source and the equations, whatever the operation is that it
// goes into. The test knows no operation: it looks at literals, and at variables that it makes
// literals of, and asks whether each is mentioned anywhere in the equations.

// walked are packages of the standard library, of which a run takes a sample.
var walked = []string{"bufio", "cmp", "container/list", "encoding/base64", "encoding/csv", "encoding/hex", "encoding/pem", "errors",
	"expvar", "flag", "fmt", "go/build/constraint", "go/scanner", "html", "html/template", "io", "io/fs", "iter", "log", "log/slog", "maps", "mime",
	"mime/multipart", "net/http/cgi", "net/http/cookiejar", "net/http/httputil", "net/mail", "net/rpc", "net/textproto", "net/url", "path", "path/filepath",
	"regexp", "regexp/syntax", "slices", "sort", "strconv", "strings", "testing/fstest", "text/scanner", "text/tabwriter", "text/template", "text/template/parse",
	"unicode/utf8", "unique"}

func TestNothingVanishes(t *testing.T) {
	for _, path := range walked {
		if !sample.Takes("vanishes "+path, 12) {
			continue
		}
		t.Run(path, func(t *testing.T) {
			pkg, err := build.Import(path, "", 0)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, name := range pkg.GoFiles {
				data, err := os.ReadFile(filepath.Join(pkg.Dir, name))
				if err != nil {
					t.Fatal(err)
				}
				files[name] = string(data)
			}
			walk(t, path, files)
		})
	}
	archives, err := filepath.Glob("../../analyzer/testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no programs: ", err)
	}
	own, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(own, archives...) {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			for _, f := range ar.Files {
				if strings.HasSuffix(f.Name, ".go") {
					walk(t, "app", map[string]string{f.Name: string(f.Data)})
				}
			}
		})
	}
}

// walk looks for text that vanishes in a package: once as it is, once with literals in the
// place of the variables that are read.
func walk(t *testing.T, path string, files map[string]string) {
	t.Helper()
	for _, reads := range []bool{false, true} {
		in := checked(t, path, files)
		if reads {
			for _, f := range in.Files {
				spellReads(in, f)
			}
		}
		mentioned := mentions(Package(in))
		for _, f := range in.Files {
			var stack []ast.Node
			ast.Inspect(f, func(n ast.Node) bool {
				if n == nil {
					stack = stack[:len(stack)-1]
					return true
				}
				stack = append(stack, n)
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING && lit.Kind != token.CHAR || lit.Value == `""` || lit.Value == "``" {
					return true
				}
				if reads && !strings.HasPrefix(lit.Value, `"read `) {
					return true // its variable may not be read any more
				}
				pos := in.Fset.Position(lit.Pos())
				if !mentioned[place{pos.Filename, pos.Offset}] && harmless(in, stack) == "" {
					t.Errorf("%s: %s is in no equation, call or end", pos, lit.Value)
				}
				return true
			})
		}
	}
}

type place struct {
	file   string
	offset int
}

// mentions lists the places of the literals in the equations.
func mentions(pkg *equation.Package) map[place]bool {
	out := map[place]bool{}
	var visit func(list ...*equation.Expr)
	visit = func(list ...*equation.Expr) {
		for _, e := range list {
			if e == nil {
				continue
			}
			if e.Op == equation.Lit {
				out[place{pkg.Lits[e.N].File, pkg.Lits[e.N].Start}] = true
			}
			visit(e.Args...)
		}
	}
	for _, e := range pkg.Consts {
		visit(e)
	}
	for _, d := range append(pkg.Globals, pkg.Stores...) {
		visit(d.Value)
	}
	for _, w := range pkg.Writes {
		visit(w.Pointer, w.Value)
	}
	for _, f := range pkg.Funcs {
		visit(f.Locals...)
		for _, c := range f.Calls {
			visit(c.Value)
			visit(c.Args...)
			visit(c.When...)
		}
		for _, x := range f.Exits {
			visit(x.Results...)
			visit(x.When...)
			for _, c := range x.Changed {
				visit(c.Value)
			}
		}
		for _, u := range f.Uses {
			visit(u.Method, u.URL, u.On, u.Handler)
			visit(u.When...)
		}
		for _, l := range f.Leaks {
			visit(l.Value)
			visit(l.When...)
		}
	}
	return out
}

// spellReads puts a literal in the place of every variable of a text type that is read.
func spellReads(in Input, f *ast.File) {
	astutil.Apply(f, func(c *astutil.Cursor) bool {
		id, ok := c.Node().(*ast.Ident)
		if !ok {
			return true
		}
		v, _ := in.Info.Uses[id].(*types.Var)
		if v == nil || v.IsField() {
			return true
		}
		if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsString == 0 {
			return true
		}
		switch p := c.Parent().(type) {
		case *ast.AssignStmt:
			if c.Name() == "Lhs" {
				return true
			}
		case *ast.RangeStmt:
			if c.Name() != "X" {
				return true
			}
		case *ast.UnaryExpr:
			if p.Op == token.AND {
				return true
			}
		case *ast.SelectorExpr, *ast.IncDecStmt:
			return true
		case *ast.KeyValueExpr:
			if c.Name() == "Key" {
				return true // a key of a map; the spelling of a key of a struct is no use
			}
		}
		lit := &ast.BasicLit{ValuePos: id.Pos(), Kind: token.STRING, Value: strconv.Quote(fmt.Sprintf("read %d", id.Pos()))}
		in.Info.Types[lit] = in.Info.Types[id]
		c.Replace(lit)
		return true
	}, nil)
}

// harmless returns why it does not matter that a literal is in no equation, or "". The literal
// is the last of the nodes, from the file downwards.
func harmless(in Input, stack []ast.Node) string {
	for i := len(stack) - 2; i >= 0; i-- {
		child := stack[i+1]
		switch n := stack[i].(type) {
		case *ast.ImportSpec:
			return "the path of a package is no text"
		case *ast.Field:
			return "a tag that holds no default is read by reflection only"
		case *ast.BinaryExpr:
			compares := n.Op == token.EQL || n.Op == token.NEQ
			orders := n.Op == token.LSS || n.Op == token.LEQ || n.Op == token.GTR || n.Op == token.GEQ
			if orders || compares && !in.text(n.X) {
				return "how numbers and texts are ordered is a branch"
			}
			if compares {
				if other := n.X; other == child && in.empty(n.Y) || other != child && in.empty(n.X) {
					return "whether a text is empty says nothing about it"
				}
			}
		case *ast.KeyValueExpr:
			if t := in.Info.TypeOf(n.Key); child == n.Key && t != nil && !isText(t) {
				return "it numbers an element"
			}
		case *ast.CaseClause:
			if e, ok := child.(ast.Expr); ok && !in.text(e) {
				return "how numbers are compared is a branch"
			}
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && in.Info.Types[n.Fun].IsBuiltin() && (id.Name == "panic" || id.Name == "print" || id.Name == "println") {
				return "it is for people"
			} else if ok && in.Info.Types[n.Fun].IsBuiltin() && (id.Name == "len" || id.Name == "make") {
				return "how long a text is, or a list, decides about no byte of it"
			}
			if fn := in.calls(n); fn != nil && fn.Pkg() != nil {
				switch lit := stack[len(stack)-1].(*ast.BasicLit); {
				case fn.Pkg().Path() == "flag" || fn.Pkg().Path() == "strconv":
					return "it is a name, a usage text or a number"
				case lit.Kind == token.CHAR && in.Std(fn.Pkg().Path()):
					return "a character by itself is never rewritten"
				}
			}
			if tv := in.Info.Types[n.Fun]; tv.IsType() && !carries(tv.Type) || tv.IsType() && types.Implements(tv.Type, types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
				return "the text of an error is for people"
			}
		case *ast.RangeStmt:
			if child == n.X && n.Key == nil {
				return "how long a text is decides about no byte of it"
			}
		case *ast.AssignStmt:
			if lit, ok := child.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, `"read `) {
				return "all reads of the variable on the left are other literals in this test"
			}
			if blankOnly(n) {
				return "nobody reads it"
			}
		case *ast.FuncDecl:
			return ""
		}
	}
	return ""
}

func (in Input) calls(e *ast.CallExpr) *types.Func { return (&extractor{Input: in}).callee(e) }

func (in Input) text(e ast.Expr) bool {
	t := in.Info.TypeOf(e)
	return t != nil && isText(t)
}

func (in Input) empty(e ast.Expr) bool {
	v := in.Info.Types[e].Value
	return v != nil && v.ExactString() == `""`
}

func blankOnly(s *ast.AssignStmt) bool {
	for _, l := range s.Lhs {
		if !blank(l) {
			return false
		}
	}
	return true
}
