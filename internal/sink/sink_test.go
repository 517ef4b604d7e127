package sink

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// TestRows compiles every row's example against the real library.
func TestRows(t *testing.T) {
	fset := token.NewFileSet()
	imp := importer.ForCompiler(fset, "source", nil)
	seen := map[string]bool{}
	for _, row := range Rows() {
		t.Run(row.Func, func(t *testing.T) {
			if seen[row.Func] {
				t.Fatal("two rows for one function")
			}
			seen[row.Func] = true
			src := `package p
import ("context"; "net/http"; "net/http/httptest")
var _ context.Context; var _ http.Handler; var _ *httptest.Server
const URL, METHOD = "/u", "M"
func f() { ` + row.Example + ` }`
			file, err := parser.ParseFile(fset, "p.go", src, 0)
			if err != nil {
				t.Fatal(err)
			}
			info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
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
				if id, ok := args[i].(*ast.Ident); !ok || id.Name != want {
					t.Errorf("argument %d is not %s", i, want)
				}
			}
		})
	}
}
