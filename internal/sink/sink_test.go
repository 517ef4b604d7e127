package sink

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// TestRows compiles every example of the standard library. Those of other libraries are
// compiled in the module in folder libraries.
func TestRows(t *testing.T) {
	fset := token.NewFileSet()
	imp := importer.ForCompiler(fset, "source", nil)
	seen := map[string]bool{}
	for _, row := range Rows() {
		if seen[row.Func] {
			t.Errorf("two rows for %s", row.Func)
		}
		seen[row.Func] = true
		if new(Table).Library(row.Package()) {
			continue
		}
		t.Run(row.Func, func(t *testing.T) {
			src := `package p
import ("context"; "net/http"; "net/http/httptest"; "net/http/httputil"; "net/url")
var _ context.Context; var _ http.Handler; var _ *httptest.Server; var _ *httputil.ReverseProxy; var _ *url.URL
const URL, METHOD = "/u", "M"
func f() { ` + row.Example + ` }`
			file, err := parser.ParseFile(fset, "p.go", src, 0)
			if err != nil {
				t.Fatal(err)
			}
			info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
			conf := types.Config{Importer: imp}
			if _, err := conf.Check("p", fset, []*ast.File{file}, info); err != nil {
				t.Fatal(err)
			}
			fn := file.Decls[len(file.Decls)-1].(*ast.FuncDecl)
			call := fn.Body.List[0].(*ast.ExprStmt).X.(*ast.CallExpr)
			args := call.Args
			var callee types.Object
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				callee = info.Uses[f.Sel]
				if callee.(*types.Func).Signature().Recv() != nil {
					args = append([]ast.Expr{f.X}, args...)
				}
			default:
				t.Fatalf("the example calls %T", f)
			}
			if got := callee.(*types.Func).FullName(); got != row.Func {
				t.Errorf("the example calls %s", got)
			}
			for want, i := range map[string]int{"URL": row.URL, "METHOD": row.Method} {
				if i == None {
					continue
				}
				if i >= len(args) {
					t.Fatalf("there is no argument %d", i)
				}
				found := false
				ast.Inspect(args[i], func(n ast.Node) bool {
					id, ok := n.(*ast.Ident)
					found = found || ok && id.Name == want
					return true
				})
				if !found {
					t.Errorf("argument %d does not hold %s", i, want)
				}
				if typ := info.TypeOf(args[i]).String(); typ != "string" && typ != "untyped string" && typ != "*net/url.URL" {
					t.Errorf("argument %d is a %s", i, typ)
				}
			}
		})
	}
}
