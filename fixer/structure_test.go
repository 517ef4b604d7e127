package fixer

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// Without the tree nothing proves that a change of structure is what was meant;
// a literal can do without.
func TestStructureNeedsTree(t *testing.T) {
	src := "package p\n\nvar x = f(\"v1\")" + strings.Repeat(" + a", 2*maxTreeDepth) + "\n"
	at := strings.Index(src, `"v1"`)
	for new, want := range map[string]string{
		`"v2"`:       "",
		`"v2", "v1"`: "layout",
		`v2`:         "layout",
	} {
		_, r := newSheetOf(t, src).rewrite([]Change{{Start: at, End: at + 4, Old: `"v1"`, New: new}})
		got := ""
		if r != nil {
			got = r.Code
		}
		if got != want {
			t.Errorf("%s: got %v, want %q", new, r, want)
		}
	}
}

// FuzzStructure puts new source in the place of an expression, or behind a
// line. A rewriting that is not refused is the text edit, parses, and keeps all
// comments of the original that are not inside the change.
func FuzzStructure(f *testing.F) {
	for _, src := range []string{
		"package p\n\nvar x = f(\"a\" /* c */, b) // d\n",
		byteOrderMark + "package p\r\n\r\nvar x =  f(\r\n\t\"v1\", // x\r\n\ta+b,\r\n)\r\n",
		"package p\n\nimport \"C\"\n\nimport (\n\t\"a\" // a\n)\n\nconst (\n\ta = iota\n\tb\n\tc = 1 /* x\n */\n\t// d\n)\n",
		"package p\nvar m = []T{{1}, {a: 2, /*x*/},\n}\nfunc (t *T) f() (e int) { go g(xs...); return m[1].x }\n// end",
	} {
		for _, new := range []string{"\"x\", \"y\"", "a.b", "x + y", "{1}", "1,\n\t2", "k: 1, l: 2", "f(1) // c", "a), g(b", "func() {\n}", "\n\tc = 1", "\n\nvar z = 1", "\nimport \"x\"", "\n\t\"b\"", "\n)\nvar (", "\n\n// c"} {
			f.Add([]byte(src), uint(3), new)
			f.Add([]byte(src), uint(8), new)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, pick uint, new string) {
		sh, r := newSheet(raw)
		if r != nil {
			return
		}
		var places [][2]int
		ast.Inspect(sh.file, func(n ast.Node) bool {
			switch n.(type) {
			case ast.Expr:
				places = append(places, [2]int{sh.offset(n.Pos()), sh.offset(n.End())})
			case ast.Decl, ast.Spec:
				places = append(places, [2]int{sh.offset(n.End()), sh.offset(n.End())})
			}
			return true
		})
		for _, t := range sh.toks {
			if t.kind == token.COMMENT {
				places = append(places, [2]int{t.end, t.end})
			}
		}
		if len(places) == 0 {
			return
		}
		at := places[pick%uint(len(places))]
		start, end := sh.toRaw(at[0]), sh.toRaw(at[1])
		c := Change{Start: start, End: end, Old: string(raw[start:end]), New: new}
		rw, r := sh.rewrite([]Change{c})
		if r != nil {
			if r.Code == "" || r.Reason == "" {
				t.Fatalf("refused without a word: %+v", r)
			}
			return
		}
		out := rw.out
		if want := spliced(raw, []Change{c}); !bytes.Equal(out, want) {
			t.Fatalf("got %q, want %q", out, want)
		}
		back, r := newSheet(out)
		if r != nil && r.Code == "generated" {
			return // a comment that is new
		}
		if r != nil {
			t.Fatalf("the result: %v", r)
		}
		for _, c := range sh.toks {
			same := func(other tok) bool { return other.kind == token.COMMENT && other.text == c.text }
			// What is inserted where a comment begins is a change of that comment.
			if c.kind == token.COMMENT && (c.end <= at[0] && c.start < at[0] || c.start > at[1] || c.start == at[1] && at[0] < at[1]) && !slices.ContainsFunc(back.toks, same) {
				t.Fatalf("the comment %q is lost in %q", c.text, out)
			}
		}
	})
}
