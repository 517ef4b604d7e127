package extract

import (
	"flag"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

var update = flag.Bool("update", false, "rewrite golden files")

// std imports the standard library from source, each package once.
var std = importer.ForCompiler(token.NewFileSet(), "source", nil)

// checked type-checks the files of one package. Errors are those of the package.
func checked(t *testing.T, path string, files map[string]string) Input {
	t.Helper()
	in := Input{Path: path, Fset: token.NewFileSet(), Info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{},
	}}
	for name, src := range files {
		f, err := parser.ParseFile(in.Fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		in.Files = append(in.Files, f)
	}
	conf := types.Config{Importer: std, Error: func(error) {}}
	in.Types, _ = conf.Check(path, in.Fset, in.Files, in.Info)
	in.Source = func(file string) ([]byte, error) { return []byte(files[file]), nil }
	in.Std = func(path string) bool { return !strings.Contains(path, ".") && path != in.Path }
	return in
}

// TestEquations compares the equations of the Go files in every archive with those in its
// section "equations". Each is a package of its own.
func TestEquations(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out := &txtar.Archive{Comment: ar.Comment}
			for _, f := range ar.Files {
				file, isWant := strings.CutSuffix(f.Name, " equations")
				if isWant {
					continue
				}
				out.Files = append(out.Files, f)
				pkg := Package(checked(t, "app", map[string]string{file: string(f.Data)}))
				got := equation.Format(pkg)
				out.Files = append(out.Files, txtar.File{Name: file + " equations", Data: []byte(got)})
				again, err := equation.Parse(got)
				if err != nil {
					t.Fatalf("%s: the equations cannot be read again: %v", file, err)
				}
				unread := cmpopts.IgnoreFields(equation.Package{}, "Imports", "Spots", "Ignores", "Comments", "Decls", "Refs", "Cuts")
				if d := cmp.Diff(pkg, again, unread, cmpopts.EquateEmpty()); d != "" {
					t.Errorf("%s: the equations are others when they are read again (-want +got):\n%s", file, d)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(out), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if d := cmp.Diff(string(txtar.Format(ar)), string(txtar.Format(out))); d != "" {
				t.Errorf("%s (-want +got); go test -update rewrites it:\n%s", name, d)
			}
		})
	}
}
