package fixer

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/dave/dst"
	"github.com/google/go-cmp/cmp"

	"github.com/orbitmigrate/orbitmigrate/internal/growth"
)

// A lookup is the method at of a tree.
type lookup func(off int) dst.Node

// owned returns the node of the first occurrence of text in the source.
func owned[N dst.Node](src, text string, at lookup) N {
	n, _ := at(strings.Index(src, text)).(N)
	return n
}

func TestTransplant(t *testing.T) {
	call := func(name string) *dst.ExprStmt {
		return &dst.ExprStmt{X: &dst.CallExpr{Fun: dst.NewIdent(name)}}
	}
	str := func(s string) *dst.BasicLit { return &dst.BasicLit{Kind: token.STRING, Value: strconv.Quote(s)} }
	for _, test := range []struct {
		name, src, want, err string
		edit                 func(src string, f *dst.File, at lookup) error
	}{
		{
			name: "nothing",
			src:  "package p\nvar  x=1",
			want: "package p\nvar  x=1",
			edit: func(string, *dst.File, lookup) error { return nil },
		},
		{
			name: "last argument",
			src:  "package p\n\nvar x = f( a /* a */ )  // c\n",
			want: "package p\n\nvar x = f( a /* a */, \"b\" )  // c\n",
			edit: func(src string, f *dst.File, at lookup) error {
				c := owned[*dst.CallExpr](src, "(", at)
				c.Args = append(c.Args, str("b"))
				return nil
			},
		},
		{
			name: "one segment becomes two, in lines of their own, CRLF",
			src:  "package p\r\n\r\nvar x = f(\r\n    a,\r\n    \"b\",  // c\r\n)\r\n",
			want: "package p\r\n\r\nvar x = f(\r\n    a,\r\n    \"new\",\r\n    \"b\",  // c\r\n)\r\n",
			edit: func(src string, f *dst.File, at lookup) error {
				c := owned[*dst.CallExpr](src, "f(\r", func(off int) dst.Node { return at(strings.Index(strings.ReplaceAll(src, "\r", ""), "f(") + 1) })
				lit := str("new")
				lit.Decs.Before, lit.Decs.After = dst.NewLine, dst.NewLine
				c.Args = []dst.Expr{c.Args[0], lit, c.Args[1]}
				return nil
			},
		},
		{
			name: "statement",
			src:  "package p\n\nfunc f() {\n  a()  // a\n\n  b()\n}\n",
			want: "package p\n\nfunc f() {\n  a()  // a\n  new()\n\n  b()\n}\n",
			edit: func(src string, f *dst.File, at lookup) error {
				body := owned[*dst.BlockStmt](src, "{", at)
				s := call("new")
				s.Decs.Before, s.Decs.After = dst.NewLine, dst.EmptyLine
				body.List[0].Decorations().After = dst.NewLine
				body.List = []dst.Stmt{body.List[0], s, body.List[1]}
				return nil
			},
		},
		{
			name: "statement in a line",
			src:  "package p\n\nfunc f() { a(); b() }\n",
			want: "package p\n\nfunc f() { a(); new(); b() }\n",
			edit: func(src string, f *dst.File, at lookup) error {
				body := owned[*dst.BlockStmt](src, "{", at)
				body.List = []dst.Stmt{body.List[0], call("new"), body.List[1]}
				return nil
			},
		},
		{
			name: "declaration with a comment",
			src:  "package p\n\nvar   a = 1  // a\n",
			want: "package p\n\nvar   a = 1  // a\n\n// note\nvar b = \"b\"\n",
			edit: func(src string, f *dst.File, at lookup) error {
				d := &dst.GenDecl{Tok: token.VAR, Specs: []dst.Spec{&dst.ValueSpec{Names: []*dst.Ident{dst.NewIdent("b")}, Values: []dst.Expr{str("b")}}}}
				d.Decs.Before = dst.EmptyLine
				d.Decs.Start.Append("// note")
				f.Decls = append(f.Decls, d)
				return nil
			},
		},
		{
			name: "first declaration",
			src:  "package p\n\n\nfunc f() ( ) {}\n",
			want: "package p\n\nimport \"os\"\n\n\nfunc f() ( ) {}\n",
			edit: func(src string, f *dst.File, at lookup) error {
				d := &dst.GenDecl{Tok: token.IMPORT, Specs: []dst.Spec{&dst.ImportSpec{Path: str("os")}}}
				f.Decls = append([]dst.Decl{d}, f.Decls...)
				return nil
			},
		},
		{
			name: "operand becomes a call",
			src:  "package p\n\nvar x = a+\n  \"lit\"+b\n",
			want: "package p\n\nvar x = a+\n  g(\"lit\")+b\n",
			edit: func(src string, f *dst.File, at lookup) error {
				sum := owned[*dst.BinaryExpr](src, "+\n", at)
				lit := sum.Y.(*dst.BasicLit)
				c := &dst.CallExpr{Fun: dst.NewIdent("g"), Args: []dst.Expr{lit}}
				c.Decs.NodeDecs, lit.Decs.NodeDecs = lit.Decs.NodeDecs, dst.NodeDecs{}
				sum.Y = c
				return nil
			},
		},
		{
			name: "removal",
			src:  "package p\n\nvar x = f(a, b)\n",
			edit: func(src string, f *dst.File, at lookup) error {
				c := owned[*dst.CallExpr](src, "(", at)
				c.Args = c.Args[:1]
				return nil
			},
			err: "removes source",
		},
		{
			name: "comment in what is replaced",
			src:  "package p\n\nvar x = a /* why */ + b\n",
			edit: func(src string, f *dst.File, at lookup) error {
				owned[*dst.ValueSpec](src, "=", at).Values[0] = str("c")
				return nil
			},
			err: "would drop a comment",
		},
		{
			name: "error of the edit",
			src:  "package p\n",
			edit: func(string, *dst.File, lookup) error { return errors.New("no thanks") },
			err:  "no thanks",
		},
		{
			name: "panic of dst",
			src:  "package p\n\nvar x = f(a)\n",
			edit: func(src string, f *dst.File, at lookup) error {
				c := owned[*dst.CallExpr](src, "(", at)
				c.Args = append(c.Args, c.Args[0]) // one node in two places
				return nil
			},
			err: "dst failed: duplicate node",
		},
		{
			name: "no Go any more",
			src:  "package p\n\nvar x = f(a)\n",
			edit: func(src string, f *dst.File, at lookup) error {
				owned[*dst.CallExpr](src, "(", at).Args[0] = dst.NewIdent("not a name")
				return nil
			},
			err: "does not print",
		},
		{
			name: "lookup in white space",
			src:  "package p\n\nvar x = f( a)\n",
			edit: func(src string, f *dst.File, at lookup) error {
				return fmt.Errorf("%v %v %v", at(strings.Index(src, " a)")), at(-1), at(1000))
			},
			err: "<nil> <nil> <nil>",
		},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			sh, r := newSheet([]byte(test.src))
			if r != nil {
				t.Fatal(r)
			}
			got, err := sh.transplant(func(tr *tree) error { return test.edit(test.src, tr.file, tr.at) })
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Fatalf("got %q, %v, want an error with %q", got, err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(test.want, string(got)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// The same tokens can be another program; only the tree shows it.
func TestConfirm(t *testing.T) {
	sh := newSheetOf(t, "package p\n\nfunc f() {\n\ta := b\n\t*c()\n}\n")
	meant, err := list(sh.text, sh.file, func(ast.Node) dst.Node { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"package p\nfunc f() { a := b\n*c() }\n":  true,
		"package p\nfunc f() { a := b; *c() }\n":  true,
		"package p\nfunc f() { a := b *c() }\n":   false, // structure
		"package p\nfunc f() { a := b\n*c(1) }\n": false, // tokens
		"package p\nfunc f() { a := b\n*c( }\n":   false, // no Go
	} {
		if err := sh.confirm(text, meant.toks, meant); (err == nil) != want {
			t.Errorf("%q: got %v, want success: %v", text, err, want)
		}
	}
}

func newSheetOf(t *testing.T, text string) *sheet {
	t.Helper()
	sh, r := newSheet([]byte(text))
	if r != nil {
		t.Fatal(r)
	}
	return sh
}

// A chain of operators that would keep the printer busy for minutes.
func TestLongChain(t *testing.T) {
	rewrite := func(n int) {
		text := "package p\n\nvar x = \"v1\"" + strings.Repeat(" + a", n)
		sh, r := newSheet([]byte(text))
		if r != nil {
			t.Fatal(r)
		}
		rw, r := sh.rewrite([]Change{{Start: 20, End: 22, Old: "v1", New: "version2"}})
		if r != nil {
			t.Fatal(r)
		}
		sh.align(rw)
		if want := strings.Replace(text, "v1", "version2", 1); string(rw.out) != want {
			t.Error("not the bytes of the text edit")
		}
	}
	if k := growth.Exponent(12_499, rewrite); k > 1.6 {
		t.Errorf("the time grows with exponent %.2f", k)
	}
}

// Carriage returns on their own vanish from raw strings when Go is parsed. The
// bytes around a change must keep them all the same, or the file be refused.
func TestLoneCarriageReturn(t *testing.T) {
	src := "package p\n\nvar x = `a\rv1` /* \r */ + \"v1\"\n"
	sh, r := newSheet([]byte(src))
	if r != nil {
		t.Fatal(r)
	}
	i := strings.LastIndex(src, "v1")
	rw, r := sh.rewrite([]Change{{Start: i, End: i + 2, Old: "v1", New: "v2"}})
	if want := src[:i] + "v2" + src[i+2:]; r != nil || string(rw.out) != want {
		t.Errorf("beside it: got %+v, %v, want %q", rw, r, want)
	}
	i = strings.Index(src, "v1")
	rw, r = sh.rewrite([]Change{{Start: i, End: i + 2, Old: "v1", New: "v2"}})
	if want := src[:i] + "v2" + src[i+2:]; r == nil && string(rw.out) != want {
		t.Errorf("in the same literal: got %q, want %q or a refusal", rw.out, want)
	}
}
