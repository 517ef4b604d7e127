package workspace

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// withoutBodies parses a source and empties the bodies of its function declarations.
func withoutBodies(src []byte) (string, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			fn.Body = &ast.BlockStmt{}
		}
	}
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
		fn, ok := d.(*ast.FuncDecl)
		return ok && fn.Recv == nil && !fn.Name.IsExported() && !named(f, fn.Name.Name)
	})
	var b strings.Builder
	err = format.Node(&b, token.NewFileSet(), f)
	return b.String(), err
}

// named reports whether a file names something outside of its functions.
func named(f *ast.File, name string) bool {
	found := false
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok {
			ast.Inspect(g, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				found = found || ok && id.Name == name
				return !found
			})
		}
	}
	return found || f.Name.Name == name
}

// TestOutline wants the declarations of the standard library to come out as the parser reads
// them.
func TestOutline(t *testing.T) {
	root := filepath.Join(runtime.GOROOT(), "src")
	n, shorter := 0, 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		if n++; n%10 != 0 && !strings.Contains(path, "syntax") {
			return nil
		}
		return Read(path, func(src []byte) {
			want, err := withoutBodies(src)
			if err != nil {
				return // not for this test
			}
			short := outline([]*text{newText(src)})[0]
			got, err := withoutBodies(short)
			if err != nil {
				t.Errorf("%s: %v", path, err)
			} else if got != want {
				t.Errorf("%s: the outline declares something else", path)
			}
			if len(short) < len(src) {
				shorter++
			}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if shorter < 100 {
		t.Errorf("only %d outlines are shorter than their source", shorter)
	}
}

func TestOutlineOf(t *testing.T) {
	tests := []struct{ src, want string }{
		{"package p\nfunc F() { a := \"}\"; b := '}'; c := `}\n}`; /* } */ _ = 1 // }\n}\nvar x = 1\n", "package p\nfunc F() {}\nvar x = 1\n"},
		{"package p\nfunc F() struct{ a int } { return g() }\nfunc G() interface{ M() } {}", "package p\nfunc F() struct{ a int } {}\nfunc G() interface{ M() } {}"},
		{"package p\nfunc F(a struct{}, b interface{ M() }) (c map[string]struct{}) {\n}\n", "package p\nfunc F(a struct{}, b interface{ M() }) (c map[string]struct{}) {}\n"},
		{"package p\nfunc asm(x int) int\nfunc (r *T[K]) f() chan struct{} { for {} }\n", "package p\nfunc asm(x int) int\nfunc (r *T[K]) f() chan struct{} {}\n"},
		{"package p\nvar f = func() { g() }\n", "package p\nvar f = func() { g() }\n"},
		{"package p\nfunc F() {", "package p\nfunc F() {"},
		{"package p\nvar s = `", "package p\nvar s = `"},
		{"package p\n// f is f.\nfunc f() { g() }\nfunc g() {}\nvar x = g() + \"f\"\n", "package p\n// f is f.\n\nfunc g() {}\nvar x = g() + \"f\"\n"},
		{"package p\nfunc (t T) f() { g() }\nfunc g() {}", "package p\nfunc (t T) f() {}\n"},
		{"package p\nfunc init() { f() } // init\nfunc f(int)\n", "package p\n // init\nfunc f(int)\n"},
		{"package p\nfunc f(", "package p\nfunc f("},
		{"", ""},
	}
	for _, test := range tests {
		if got := string(outline([]*text{newText([]byte(test.src))})[0]); got != test.want {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}

func TestBlank(t *testing.T) {
	files := []string{
		"package p\n\nfunc (T) f() {\n\tg()\n}\n\nfunc g() { h() }\n\nfunc H() { g() }\n",
		"package p\n\nfunc h() {}\n\nvar x = g\n",
		"package p\n\nfunc broken() {\n",
	}
	for _, test := range []struct {
		kept string
		want []string
	}{
		{"", []string{"package p\n\nfunc (T) f()  \n    \n \n\nfunc g()        \n\n                \n", "package p\n\n           \n\nvar x = g\n", files[2]}},
		{"0.1", []string{"package p\n\nfunc (T) f()  \n    \n \n\nfunc g() { h() }\n\n                \n", "package p\n\nfunc h()   \n\nvar x = g\n", files[2]}},
		{"0.0 0.1 0.2 1.0", files},
	} {
		var texts []*text
		for _, src := range files {
			texts = append(texts, newText([]byte(src)))
		}
		var got []string
		for i, text := range blank(texts, func(file, n int) bool { return strings.Contains(test.kept, fmt.Sprintf("%d.%d", file, n)) }) {
			got = append(got, string(text))
			if len(text) != len(files[i]) {
				t.Errorf("%q kept: file %d has another length", test.kept, i)
			}
		}
		same(t, fmt.Sprintf("%q kept", test.kept), test.want, got)
	}
}

func TestDeclarations(t *testing.T) {
	src := "package p\nfunc a() {}\nfunc (c *Client) b(x int) {}\nfunc (Client) c() {}\nfunc (s Set[K, V]) d[T any]() {}\nfunc asm()\nfunc e() {}\n  func f() {}\n"
	var names []string
	for _, f := range declarations([]byte(src)) {
		names = append(names, f.name)
	}
	same(t, "functions", []string{"a", "Client.b", "Client.c", "Set.d", "e"}, names)
	if funcs := declarations([]byte("package p\nfunc a() {}\nfunc b() {")); funcs != nil {
		t.Errorf("braces that do not match: %v", funcs)
	}
}
