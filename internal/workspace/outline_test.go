package workspace

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"runtime"
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
	var b strings.Builder
	err = format.Node(&b, token.NewFileSet(), f)
	return b.String(), err
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
			short := outline(src)
			if short == nil {
				t.Errorf("%s: no outline", path)
				return
			}
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
		{"package p\nfunc f() { a := \"}\"; b := '}'; c := `}\n}`; /* } */ _ = 1 // }\n}\nvar x = 1\n", "package p\nfunc f() {}\nvar x = 1\n"},
		{"package p\nfunc f() struct{ a int } { return g() }\nfunc g() interface{ M() } {}", "package p\nfunc f() struct{ a int } {}\nfunc g() interface{ M() } {}"},
		{"package p\nfunc f(a struct{}, b interface{ M() }) (c map[string]struct{}) {\n}\n", "package p\nfunc f(a struct{}, b interface{ M() }) (c map[string]struct{}) {}\n"},
		{"package p\nfunc asm(x int) int\nfunc (r *T[K]) f() chan struct{} { for {} }\n", "package p\nfunc asm(x int) int\nfunc (r *T[K]) f() chan struct{} {}\n"},
		{"package p\nvar f = func() { g() }\n", "package p\nvar f = func() { g() }\n"},
		{"package p\nfunc f() {", ""},
		{"package p\nvar s = `", ""},
		{"package p\nfunc f(", "package p\nfunc f("},
		{"", ""},
	}
	for _, test := range tests {
		if got := string(outline([]byte(test.src))); got != test.want {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}
