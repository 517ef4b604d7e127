package fixer

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"github.com/dave/dst"
	"github.com/dave/dst/dstutil"

	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

// wholeLibrary asks for all files of GOROOT in all variants, not for a sample.
func wholeLibrary() bool { return sample.All() }

// corpus lists Go files of GOROOT: a few packages, or the whole library.
func corpus(t testing.TB) []string {
	t.Helper()
	root := filepath.Join(runtime.GOROOT(), "src")
	dirs := []string{"fmt", "strconv", "encoding/json", "net/http/cookiejar", "net/url", "go/ast", "go/doc", "os/user", "text/template"}
	if wholeLibrary() {
		dirs = []string{"."}
	}
	var files []string
	for _, dir := range dirs {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && strings.HasSuffix(path, ".go") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// mangle changes the white space of a source, but not its tokens and comments:
// blanks are widened, tabs become spaces, lines end in blanks, empty lines hold
// some, and lines are broken where a line end does not stand for a semicolon.
func mangle(text []byte, rnd *rand.Rand) []byte {
	toks, err := tokens(text)
	if err != nil {
		return text
	}
	var out bytes.Buffer
	last := 0
	for i, tok := range toks {
		gap := text[last:tok.start]
		switch {
		case bytes.Contains(gap, []byte("\n")):
			out.Write(mangleLines(gap, i > 0 && !strings.HasPrefix(toks[i-1].text, "//"), rnd))
		case i == 0, tok.kind == token.COMMENT, toks[i-1].kind == token.COMMENT:
			out.Write(gap)
		case rnd.IntN(4) == 0:
			out.Write(gap)
			out.WriteString([]string{" ", "\t", "   "}[rnd.IntN(3)])
		case rnd.IntN(8) == 0 && (toks[i-1].kind == token.COMMA || toks[i-1].kind == token.ADD || toks[i-1].kind == token.LAND):
			out.WriteString("\n\t  \n")
		default:
			out.Write(gap)
		}
		out.WriteString(tok.text)
		last = tok.end
	}
	out.Write(text[last:])
	return out.Bytes()
}

// mangleLines does so in white space with line ends. What stands in column one
// stays there: it may be a directive. trailing allows blanks at the end of the
// first line, where they would become part of a line comment.
func mangleLines(gap []byte, trailing bool, rnd *rand.Rand) []byte {
	lines := bytes.Split(gap, []byte("\n"))
	for i, line := range lines {
		switch {
		case i == 0 && !trailing:
		case i < len(lines)-1 && rnd.IntN(3) == 0:
			lines[i] = append(bytes.Clone(line), []string{" ", "\t", " \t "}[rnd.IntN(3)]...)
		case i == len(lines)-1 && rnd.IntN(2) == 0:
			lines[i] = bytes.ReplaceAll(line, []byte("\t"), []byte("   "))
		}
	}
	return bytes.Join(lines, []byte("\n"))
}

var variants = []struct {
	name string
	make func(raw []byte, rnd *rand.Rand) []byte
}{
	{"as is", func(raw []byte, _ *rand.Rand) []byte { return raw }},
	{"CRLF", func(raw []byte, _ *rand.Rand) []byte { return bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n")) }},
	{"BOM", func(raw []byte, _ *rand.Rand) []byte { return append([]byte(byteOrderMark), raw...) }},
	{"mangled", mangle},
	{"mangled CRLF BOM", func(raw []byte, rnd *rand.Rand) []byte {
		return append([]byte(byteOrderMark), bytes.ReplaceAll(mangle(raw, rnd), []byte("\n"), []byte("\r\n"))...)
	}},
}

// A tally counts what happens to the files of one variant.
type tally struct {
	files, edits, textOnly int
	refused                map[string]int // by code
}

// eachSheet calls do for each file of the corpus: in all variants if that is
// asked for, and otherwise in the variants by turns. do returns the number of
// edits that it made. The counts are logged.
func eachSheet(t *testing.T, allVariants bool, do func(name string, sh *sheet) (edits int)) {
	if testing.Short() {
		t.Skip("reads a part of GOROOT")
	}
	tallies := make([]tally, len(variants))
	for i := range tallies {
		tallies[i].refused = map[string]int{}
	}
	for i, path := range corpus(t) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		plain, refused := newSheet(raw)
		if refused == nil && (bytes.Contains(raw, []byte("\r")) || plain.bom > 0) {
			refused = refuse("CR or BOM", "would not survive the variants")
		}
		for j, v := range variants {
			if !allVariants && i%len(variants) != j {
				continue
			}
			sum := &tallies[j]
			if refused != nil {
				sum.refused[refused.Code]++ // generated, or no Go on purpose
				continue
			}
			sh, r := newSheet(v.make(raw, rand.New(rand.NewPCG(uint64(i), uint64(j)))))
			name := fmt.Sprintf("%s (%s)", path, v.name)
			if r != nil {
				t.Errorf("%s: %s: %s", name, r.Code, r.Reason)
				continue
			}
			if !slices.EqualFunc(plain.toks, sh.toks, func(a, b tok) bool { return a.kind == b.kind && a.text == b.text }) {
				t.Errorf("%s: the variant has other tokens than the file", name)
				continue
			}
			sum.files++
			if !sh.fitsTree() {
				sum.textOnly++
			}
			sum.edits += do(name, sh)
		}
	}
	total := 0
	for j, v := range variants {
		sum := tallies[j]
		total += sum.files
		t.Logf("%-16s %5d files, %6d edits, %d by text alone, left out: %v", v.name, sum.files, sum.edits, sum.textOnly, sum.refused)
	}
	if total < 100 {
		t.Fatalf("only %d files in the corpus", total)
	}
}

// tenth returns changes to the inner bytes of every tenth string literal that
// is an expression; import paths have to stay valid. tags adds struct tags.
func tenth(sh *sheet, tags bool) []Change {
	skip := map[int]bool{}
	ast.Inspect(sh.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			skip[sh.offset(n.Path.Pos())] = true
		case *ast.Field:
			if n.Tag != nil && !tags {
				skip[sh.offset(n.Tag.Pos())] = true
			}
		}
		return true
	})
	var changes []Change
	n := 0
	for i, tok := range sh.toks {
		if tok.kind != token.STRING || skip[tok.start] {
			continue
		}
		if n++; n%10 != 1 || tok.end-tok.start < 3 {
			continue
		}
		start, end := sh.toRaw(tok.start+1), sh.toRaw(tok.end-1)
		changes = append(changes, Change{Start: start, End: end, Old: string(sh.raw[start:end]), New: fmt.Sprintf("https://x.example/v2/%d", i)})
	}
	return changes
}

// A tree that nobody edits gives the bytes of the file back.
func TestTreeUnchanged(t *testing.T) {
	eachSheet(t, wholeLibrary(), func(name string, sh *sheet) int {
		if !sh.fitsTree() {
			return 0
		}
		out, err := sh.transplant(func(*tree) error { return nil })
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !bytes.Equal(out, sh.raw) {
			t.Errorf("%s: not the bytes of the file\n%s", name, udiff.Unified("want", "got", string(sh.raw), string(out)))
		}
		return 0
	})
}

func TestTreeAgreesWithText(t *testing.T) {
	eachSheet(t, wholeLibrary(), func(name string, sh *sheet) int {
		changes := tenth(sh, true)
		if len(changes) == 0 {
			return 0
		}
		rw, r := sh.rewrite(changes)
		if r != nil {
			t.Errorf("%s: %s: %s", name, r.Code, r.Reason)
			return 0
		}
		if want := spliced(sh.raw, changes); !bytes.Equal(rw.out, want) {
			t.Errorf("%s: not the bytes of the text edit\n%s", name, udiff.Unified("want", "got", string(want), string(rw.out)))
		}
		return len(changes)
	})
}

// A plan whose changes put the same bytes back changes no file.
func TestPlanUnchanged(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a part of GOROOT")
	}
	byDir := map[string][]string{}
	for i, path := range corpus(t) {
		if wholeLibrary() || i%4 == 0 {
			byDir[filepath.Dir(path)] = append(byDir[filepath.Dir(path)], path)
		}
	}
	planned, left := 0, map[string]int{}
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		var groups []Group
		for _, path := range byDir[dir] {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			sh, r := newSheet(raw)
			if r != nil {
				left[r.Code]++
				continue
			}
			changes := tenth(sh, true)
			for i := range changes {
				changes[i].File, changes[i].New = path, changes[i].Old
			}
			if len(changes) > 0 {
				groups = append(groups, Group{ID: len(groups), Changes: changes})
			}
		}
		p, err := NewPlan(groups, Options{Root: dir})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range p.Outcomes() {
			if o.Status != Applied {
				t.Errorf("%v: %s: %s", o.Files, o.Code, o.Reason)
			}
		}
		if diff := p.Diff(dir); diff != "" {
			t.Errorf("%s has a diff:\n%s", dir, diff)
		}
		planned += len(groups)
	}
	if planned < 10 {
		t.Fatalf("only %d files have changes", planned)
	}
	t.Logf("%d files planned, left out: %v", planned, left)
}

// The transplant must carry edits that change the number of tokens as well.
// Here the text edit is an insertion on either side of the literal.
func TestTransplantWrapsLiterals(t *testing.T) {
	eachSheet(t, false, func(name string, sh *sheet) int {
		var want []Change
		for i, c := range tenth(sh, false) {
			if i%2 == 0 {
				want = append(want,
					Change{Start: c.Start - 1, End: c.Start - 1, New: "wrapped("},
					Change{Start: c.End + 1, End: c.End + 1, New: ")"})
			}
		}
		got, err := sh.transplant(func(tr *tree) error {
			lits := map[dst.Node]bool{}
			for i := 0; i < len(want); i += 2 {
				off, _ := sh.toText(want[i].Start)
				lits[tr.at(off)] = true
			}
			dstutil.Apply(tr.file, nil, func(c *dstutil.Cursor) bool {
				lit, ok := c.Node().(*dst.BasicLit)
				if !ok || !lits[lit] {
					return true
				}
				call := &dst.CallExpr{Fun: dst.NewIdent("wrapped"), Args: []dst.Expr{lit}}
				call.Decs.NodeDecs = lit.Decs.NodeDecs
				lit.Decs.NodeDecs = dst.NodeDecs{}
				tr.heir[call] = lit
				c.Replace(call)
				return true
			})
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return 0
		}
		if text := spliced(sh.raw, want); !bytes.Equal(got, text) {
			t.Errorf("%s: not the bytes of the text edit\n%s", name, udiff.Unified("want", "got", string(text), string(got)))
		}
		return len(want) / 2
	})
}

// splits returns changes that put another element before every tenth string
// literal that is an argument of a call or an element of a composite literal.
func splits(sh *sheet) []Change {
	var changes []Change
	n := 0
	split := func(elements []ast.Expr, ellipsis token.Pos) {
		own := true
		for _, e := range elements {
			own = own && sh.startsLine(e)
		}
		for i, e := range elements {
			if lit, ok := e.(*ast.BasicLit); !ok || lit.Kind != token.STRING || ellipsis.IsValid() && i == len(elements)-1 {
				continue
			}
			if n++; n%10 != 1 {
				continue
			}
			start, end := sh.toRaw(sh.offset(e.Pos())), sh.toRaw(sh.offset(e.End()))
			separator := ", "
			if own {
				lead := sh.raw[:start]
				separator = "," + sh.lineEnds("\n") + string(lead[bytes.LastIndexByte(lead, '\n')+1:])
			}
			old := string(sh.raw[start:end])
			changes = append(changes, Change{Start: start, End: end, Old: old, New: fmt.Sprintf("%q%s%s", fmt.Sprint("new", n), separator, old)})
		}
	}
	ast.Inspect(sh.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			split(n.Args, n.Ellipsis)
		case *ast.CompositeLit:
			split(n.Elts, token.NoPos)
		}
		return true
	})
	return changes
}

func TestTreeAgreesWithStructure(t *testing.T) {
	made, files, refused := map[string]int{}, 0, 0
	eachSheet(t, false, func(name string, sh *sheet) int {
		var changes []Change
		for kind, some := range map[string]func(*sheet) []Change{"splits": splits, "additions": additions, "others": others} {
			of := some(sh)
			made[kind] += len(of)
			changes = append(changes, of...)
		}
		if len(changes) == 0 {
			return 0
		}
		slices.SortFunc(changes, compareChanges)
		files++
		rw, r := sh.rewrite(changes)
		if r != nil {
			// Where lines are broken at random, the lines around a new one may
			// not say how far to indent it.
			report := t.Errorf
			if strings.Contains(name, "mangled") {
				refused++
				report = t.Logf
			}
			report("%s: %d changes: %s: %s", name, len(changes), r.Code, r.Reason)
			return 0
		}
		if want := spliced(sh.raw, changes); !bytes.Equal(rw.out, want) {
			t.Errorf("%s: not the bytes of the text edit\n%s", name, udiff.Unified("want", "got", string(want), string(rw.out)))
		}
		return len(changes)
	})
	t.Logf("%v in %d files, %d mangled files refused", made, files, refused)
	if refused > files/100 {
		t.Error("these are too many")
	}
}

// additions returns changes that put a variable behind every third declaration
// and spec that ends its line, and an import behind the last one.
func additions(sh *sheet) []Change {
	var changes []Change
	n := 0
	add := func(end int, new string) {
		for _, t := range sh.toks { // the comments of the line
			if t.kind == token.COMMENT && t.start >= end && !bytes.Contains(sh.text[end:t.start], []byte("\n")) {
				end = t.end
			}
		}
		if line, _, _ := bytes.Cut(sh.text[end:], []byte("\n")); len(bytes.TrimSpace(line)) > 0 {
			return
		}
		if n++; n%3 == 1 {
			off := sh.toRaw(end)
			changes = append(changes, Change{Start: off, End: off, New: sh.lineEnds(new)})
		}
	}
	for _, d := range sh.file.Decls {
		gen, ok := d.(*ast.GenDecl)
		if ok && gen.Lparen.IsValid() && gen.Tok == token.VAR {
			for _, s := range gen.Specs {
				before := sh.text[:sh.offset(s.Pos())]
				if sh.startsLine(s) {
					lead := string(before[bytes.LastIndexByte(before, '\n')+1:])
					add(sh.offset(s.End()), fmt.Sprintf("\n%sadded%d = \"v2\"", lead, n))
				}
			}
		}
		if ok && gen.Tok == token.IMPORT {
			if !slices.ContainsFunc(sh.file.Imports, func(s *ast.ImportSpec) bool { return importPath(s) == "C" }) {
				add(sh.offset(d.End()), fmt.Sprintf("\n\nimport \"example.com/v%d\"", n))
			}
			continue
		}
		add(sh.offset(d.End()), fmt.Sprintf("\n\nvar added%d = \"v2\"", n))
	}
	return changes
}

// others returns changes that give every tenth identifier among arguments,
// elements and operands a package.
func others(sh *sheet) []Change {
	var changes []Change
	n := 0
	qualify := func(elements ...ast.Expr) {
		for _, e := range elements {
			if id, ok := e.(*ast.Ident); ok && id.Name != "_" {
				if n++; n%10 == 1 {
					start, end := sh.toRaw(sh.offset(e.Pos())), sh.toRaw(sh.offset(e.End()))
					changes = append(changes, Change{Start: start, End: end, Old: id.Name, New: "other." + id.Name})
				}
			}
		}
	}
	ast.Inspect(sh.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			qualify(n.Args...)
		case *ast.CompositeLit:
			qualify(n.Elts...)
		case *ast.BinaryExpr:
			qualify(n.X, n.Y)
		case *ast.ReturnStmt:
			qualify(n.Results...)
		}
		return true
	})
	return changes
}
