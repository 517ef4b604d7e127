package fixer

import (
	"bytes"
	"go/format"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

func sameButSpace(a, b []byte) bool {
	_, ok := respaced(a, b)
	return ok
}

// differs says what is wrong with a file that held raw, has become got, and would be want if
// nothing but the planned bytes had changed.
func differs(raw, want, got []byte) string {
	switch {
	case bytes.Equal(got, want):
		return ""
	case !formatted(raw):
		return "more than the planned bytes differ, in a file that was not as gofmt writes it:\n" + udiff.Unified("want", "got", string(want), string(got))
	case !formatted(got):
		return "white space differs, and still it is not as gofmt writes it:\n" + udiff.Unified("want", "got", string(want), string(got))
	case !sameButSpace(got, want):
		return "more than the planned bytes and white space differ:\n" + udiff.Unified("want", "got", string(want), string(got))
	}
	return ""
}

// lengths returns changes that make every tenth literal or trailing comment of the file longer
// or shorter by turns. Paths of imports keep their order.
func lengths(sh *sheet) []Change {
	var changes []Change
	n := 0
	imports := map[int]bool{}
	for _, s := range sh.file.Imports {
		imports[sh.offset(s.Path.Pos())] = true
	}
	for i, t := range sh.toks {
		if !t.kind.IsLiteral() && t.kind != token.COMMENT || t.kind == token.IDENT || imports[t.start] {
			continue
		}
		trailing := i > 0 && !bytes.Contains(sh.text[sh.toks[i-1].end:t.start], []byte("\n"))
		if t.kind == token.COMMENT && (!trailing || directive.MatchString(t.text)) {
			continue // gofmt also has rules for what a comment of its own says
		}
		if n++; n%10 != 1 {
			continue
		}
		new := t.text
		switch inner := len(t.text) - 2; {
		case t.kind == token.COMMENT && t.text[1] == '*':
			new = t.text[:2] + " longer" + t.text[2:]
		case t.kind == token.COMMENT:
			new += strings.Repeat(" more", n%3)
		case t.kind == token.STRING && t.text[0] == '"' && n%20 == 1 && inner > 1:
			new = `"é"`
		case t.kind == token.STRING:
			new = t.text[:1] + strings.Repeat("longer/", 1+n%30) + t.text[1:]
		case t.kind == token.INT && t.text[0] != '0':
			new += "000"
		}
		if new != t.text {
			start, end := sh.toRaw(t.start), sh.toRaw(t.end)
			changes = append(changes, Change{Start: start, End: end, Old: string(sh.raw[start:end]), New: new})
		}
	}
	return changes
}

// What gofmt has nothing to say about is so after changes of any length; other files keep
// every other byte.
func TestStaysFormatted(t *testing.T) {
	realigned, stay, odd := 0, 0, 0
	try := func(name string, sh *sheet) int {
		changes := lengths(sh)
		rw, r := sh.inText(changes)
		if r != nil {
			t.Errorf("%s: %s: %s", name, r.Code, r.Reason)
			return 0
		}
		plain := rw.out
		sh.align(rw)
		out := rw.out
		if why := differs(sh.raw, plain, out); why != "" {
			t.Errorf("%s: %s", name, why)
		}
		inOrder := true
		for i, c := range rw.changes {
			inOrder = inOrder && string(sh.raw[c.Start:c.End]) == c.Old && (i == 0 || rw.changes[i-1].End <= c.Start)
		}
		if !inOrder || !bytes.Equal(spliced(sh.raw, rw.changes), out) {
			t.Errorf("%s: the changes make something else of the file", name)
		}
		switch {
		case !formatted(sh.raw):
			odd++
		case !formatted(out):
			stay++
			want, _ := format.Source(out)
			t.Logf("%s: gofmt would change\n%s", name, udiff.Unified("got", "gofmt", string(out), string(want)))
		case !bytes.Equal(out, plain):
			realigned++
		}
		return len(changes)
	}
	eachSheet(t, false, try)
	for i, path := range corpus(t) {
		if i%len(variants) == 0 {
			continue // done, as it is
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if sh, r := newSheet(raw); r == nil {
			try(path, sh)
		}
	}
	t.Logf("aligned again %d, not as gofmt writes them before %d, only after %d", realigned, odd, stay)
	if realigned < 20 || odd < 20 {
		t.Error("these are too few to say anything")
	}
	if stay > 0 {
		t.Error("files are no longer as gofmt writes them")
	}
}

// FuzzAligned gives a string of a file another length. If the file was as gofmt writes it, it
// still is, unless that takes more than white space; and if not, no other byte differs.
func FuzzAligned(f *testing.F) {
	for i, s := range []string{
		"package p\n\nvar (\n\ta   = \"x\" // one\n\tbcd = \"yz\"\n\t// two\n)\n",
		"package p\n\nvar m = map[string]func(){\n\t\"a\":   func() {},\n\t\"bcd\": nil, // x\n}\n",
		"package p\n\ntype t struct {\n\ta int    `x` // one\n\tb string `yz`\n}\n",
		"package p\n\nimport (\n\ta \"b\" // c\n\t_ \"dd\"\n)\n",
		"package p\n\nvar a = []string{\n\t\"x\", // one\n\t// two\n\t\"y\" + \"z\", /* three */\n}\n",
		"package p\r\n\r\nvar (\r\n\ta = \"x\" // one\r\n)\r\n",
	} {
		f.Add([]byte(s), uint(i), "a longer one")
		f.Add([]byte(s), uint(i+1), "")
	}
	for i, file := range seedFiles(f) {
		if formattedFile, err := format.Source(file); err == nil {
			file = formattedFile
		}
		f.Add(file, uint(i), "v2/é/longer")
	}
	f.Fuzz(func(t *testing.T, raw []byte, pick uint, value string) {
		sh, r := newSheet(raw)
		if r != nil {
			return
		}
		strs := slices.DeleteFunc(slices.Clone(sh.toks), func(t tok) bool { return t.kind != token.STRING })
		if len(strs) == 0 {
			return
		}
		tok := strs[pick%uint(len(strs))]
		start, end := sh.toRaw(tok.start), sh.toRaw(tok.end)
		changes := []Change{{Start: start, End: end, Old: string(raw[start:end]), New: strconv.Quote(value)}}
		rw, r := sh.inText(changes)
		if r != nil {
			return
		}
		plain := rw.out
		sh.align(rw)
		out := rw.out
		if why := differs(raw, plain, out); why != "" {
			t.Fatal(why)
		}
		if !formatted(raw) || formatted(out) {
			return
		}
		// It takes more than white space, or two runs of gofmt.
		want, err := format.Source(plain)
		if err == nil && formatted(want) && sameButSpace(want, plain) {
			t.Fatalf("not aligned:\n%s", udiff.Unified("got", "gofmt", string(out), string(want)))
		}
	})
}

func TestMoves(t *testing.T) {
	for _, test := range []struct {
		old, new string
		want     bool
	}{
		{"v1", "v2", false},
		{"v1", "v10", true},
		{"", "", false},
		{"é", "ee", true}, // as many bytes
		{"é", "e", true},  // as many characters
		{"\n", "n", true}, // what follows begins a line
		{"\t", " ", true}, // cells are parted by tabs
	} {
		if got := (Change{Old: test.old, New: test.new}).moves(); got != test.want {
			t.Errorf("%q to %q: %v", test.old, test.new, got)
		}
	}
}
