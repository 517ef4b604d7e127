package fixer

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"slices"
	"sort"
	"strings"

	"github.com/dave/dst"
	"github.com/dave/dst/decorator"
)

// The syntax tree of dst keeps comments with their nodes, which makes it the
// right place for an edit; but its printer formats the whole file and loses
// some of it (byte order marks, CRLF, hand formatting, //line directives). So
// the tree is printed twice, before and after the edit. What the printer does
// to the file is in both prints and cancels out; the difference is the edit,
// and only that is carried over to the original text.
//
// Tokens of the three texts are matched by the dst node that they belong to,
// not by their spelling: many lines of a program look alike.

const (
	// go/printer takes quadratic time for long chains of operators. Beyond
	// these bounds a change rests on the comparison of tokens alone.
	maxTreeDepth = 1000
	maxTreeBytes = 4 << 20
)

// fitsTree says whether the file can go through dst in reasonable time.
func (sh *sheet) fitsTree() bool {
	if len(sh.text) > maxTreeBytes {
		return false
	}
	depth, deepest := 0, 0
	ast.Inspect(sh.file, func(n ast.Node) bool {
		if n == nil {
			depth--
		} else {
			depth++
			deepest = max(deepest, depth)
		}
		return deepest <= maxTreeDepth
	})
	return deepest <= maxTreeDepth
}

// A lookup returns the node that the token at a text offset of the original
// belongs to: a literal, an identifier, or, for a bracket or a keyword, the
// expression or statement around it. It is nil where there is no such token.
type lookup func(off int) dst.Node

// editTokens is the edit that gives literals and identifiers their new text.
func editTokens(want []tok, changes []placed) func(*dst.File, lookup) error {
	return func(_ *dst.File, at lookup) error {
		for _, c := range changes {
			switch n := at(c.start).(type) {
			case *dst.BasicLit:
				n.Value = want[c.tok].text
			case *dst.Ident:
				n.Name = want[c.tok].text
			default:
				return fmt.Errorf("no literal or identifier of its own at byte %d", c.start)
			}
		}
		return nil
	}
}

// A key names a token across the three texts: the n-th token of its kind that
// belongs to a node. A comment belongs to nobody and goes by its text.
type key struct {
	owner dst.Node
	kind  token.Token
	text  string
	n     int
}

// A listing is a text with its tokens and their keys. Semicolons are left out,
// as the printer drops and line ends replace them.
type listing struct {
	text  string
	toks  []tok
	keys  []key
	shape []string // the nodes of the tree, in order
}

// transplant makes the edit in the dst tree of the file and returns the
// original bytes with just that difference. The edit may also insert nodes, but
// not only remove some. A panic of dst is an error.
func (sh *sheet) transplant(edit func(*dst.File, lookup) error) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("dst failed: %v", r)
		}
	}()

	dec := decorator.NewDecorator(sh.fset)
	tree, err := dec.DecorateFile(sh.file)
	if err != nil {
		return nil, err
	}
	orig, err := list(sh.text, sh.file, func(n ast.Node) dst.Node { return dec.Dst.Nodes[n] })
	if err != nil {
		return nil, err
	}
	base, err := printed(tree)
	if err != nil {
		return nil, fmt.Errorf("the unchanged tree does not print: %w", err)
	}
	at := func(off int) dst.Node {
		i := sort.Search(len(orig.toks), func(i int) bool { return orig.toks[i].end > off })
		if i == len(orig.toks) || off < orig.toks[i].start {
			return nil
		}
		return orig.keys[i].owner
	}
	if err := edit(tree, at); err != nil {
		return nil, err
	}
	after, err := printed(tree)
	if err != nil {
		return nil, fmt.Errorf("the changed tree does not print: %w", err)
	}

	hunks, err := carry(orig, base, after)
	if err != nil {
		return nil, err
	}
	text, want := apply(orig, hunks)
	if err := sh.confirm(text, want, after); err != nil {
		return nil, err
	}
	for i := len(hunks) - 1; i >= 0; i-- {
		h := hunks[i]
		hunks[i].new = sh.lineEnds(h.new)
		hunks[i].start, hunks[i].end = sh.toRaw(h.start), sh.toRaw(h.end)
	}
	return []byte(splice(string(sh.raw), hunks)), nil
}

// printed prints the tree and lists the print. The syntax tree that dst
// restores has made-up positions, so the print is parsed again, and the two
// trees are walked in step to find the dst node of each new node.
func printed(tree *dst.File) (*listing, error) {
	restorer := decorator.NewRestorer()
	restored, err := restorer.RestoreFile(tree)
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	// Not go/format: it sorts imports, which are tokens out of place here.
	config := printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}
	if err := config.Fprint(&buf, restorer.Fset, restored); err != nil {
		return nil, err
	}
	file, _, err := parse(buf.Bytes())
	if err != nil {
		return nil, err
	}
	olds, news := nodes(restored), nodes(file)
	owner := make(map[ast.Node]dst.Node, len(news))
	i := 0
	for _, n := range news {
		for i < len(olds) && !sameNode(olds[i], n) && dropped(olds[i]) {
			i++
		}
		if i == len(olds) || !sameNode(olds[i], n) {
			return nil, errors.New("the print has another structure than the tree")
		}
		owner[n] = restorer.Dst.Nodes[olds[i]]
		i++
	}
	for ; i < len(olds); i++ {
		if !dropped(olds[i]) {
			return nil, errors.New("the print has another structure than the tree")
		}
	}
	return list(buf.Bytes(), file, func(n ast.Node) dst.Node { return owner[n] })
}

// nodes lists the nodes of the file without comments, parents first.
func nodes(file *ast.File) []ast.Node {
	var all []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.Comment, *ast.CommentGroup:
			return false
		}
		all = append(all, n)
		return true
	})
	return all
}

// dropped says whether the printer may leave the node out: parentheses around
// a condition, an empty statement, an empty list of results.
func dropped(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ParenExpr, *ast.EmptyStmt:
		return true
	case *ast.FieldList:
		return len(n.List) == 0
	}
	return false
}

func sameNode(a, b ast.Node) bool { return describe(a) == describe(b) }

// describe is the type of a node with what it says besides its children.
func describe(n ast.Node) string {
	s := fmt.Sprintf("%T", n)
	switch n := n.(type) {
	case *ast.Ident:
		return s + n.Name
	case *ast.BasicLit:
		return s + n.Value
	case *ast.UnaryExpr:
		return s + n.Op.String()
	case *ast.BinaryExpr:
		return s + n.Op.String()
	case *ast.AssignStmt:
		return s + n.Tok.String()
	case *ast.IncDecStmt:
		return s + n.Tok.String()
	case *ast.BranchStmt:
		return s + n.Tok.String()
	case *ast.GenDecl:
		return s + n.Tok.String()
	case *ast.RangeStmt:
		return s + n.Tok.String()
	case *ast.ChanType:
		return s + fmt.Sprint(n.Dir)
	case *ast.CallExpr:
		return s + fmt.Sprint(n.Ellipsis.IsValid())
	case *ast.TypeSpec:
		return s + fmt.Sprint(n.Assign.IsValid())
	case *ast.SliceExpr:
		return s + fmt.Sprint(n.Low != nil, n.High != nil, n.Max != nil)
	}
	return s
}

// list scans the text and finds the owner of every token: the innermost node
// around it that has a dst node.
func list(text []byte, file *ast.File, dstOf func(ast.Node) dst.Node) (*listing, error) {
	all, err := tokens(text)
	if err != nil {
		return nil, err
	}
	l := &listing{text: string(text)}
	for _, t := range all {
		if t.kind != token.SEMICOLON {
			l.toks = append(l.toks, t)
		}
	}
	l.keys = make([]key, len(l.toks))
	size := make([]int, len(l.toks)) // of the range of the owner so far
	for i := range size {
		size[i] = len(text) + 1
	}
	for _, n := range nodes(file) {
		if !dropped(n) {
			l.shape = append(l.shape, describe(n))
		}
		owner := dstOf(n)
		if owner == nil {
			continue
		}
		start, end := int(n.Pos()-file.FileStart), int(n.End()-file.FileStart)
		if _, ok := n.(*ast.File); ok {
			start, end = 0, len(text)
		}
		i := sort.Search(len(l.toks), func(i int) bool { return l.toks[i].start >= start })
		for ; i < len(l.toks) && l.toks[i].end <= end; i++ {
			// The type of a function declaration also spans its name and
			// receiver, which are no children of it: the smaller range wins.
			if end-start <= size[i] {
				l.keys[i].owner, size[i] = owner, end-start
			}
		}
	}
	seen := make(map[key]int, len(l.toks))
	for i, t := range l.toks {
		k := key{owner: l.keys[i].owner, kind: t.kind}
		if t.kind == token.COMMENT {
			k.owner, k.text = nil, t.text
		}
		l.keys[i] = k
		l.keys[i].n = seen[k]
		seen[k]++
	}
	return l, nil
}

// A hunk replaces a range of the original text. It stands for the tokens
// [from, to) of the original and puts others in their place.
type hunk struct {
	start, end int
	new        string
	from, to   int
	toks       []tok
}

// carry finds the difference between the two prints and says where it belongs
// in the original. It refuses what it cannot place without moving or dropping
// a comment.
func carry(orig, base, after *listing) ([]hunk, error) {
	inOrig := make(map[key]int, len(orig.keys))
	for i, k := range orig.keys {
		inOrig[k] = i
	}
	// home is the place of base token i in the original, -1 if it has none.
	home := func(i int) int {
		switch {
		case i < 0:
			return -1
		case i == len(base.keys):
			return len(orig.keys)
		}
		if j, ok := inOrig[base.keys[i]]; ok && orig.toks[j].text == base.toks[i].text {
			return j
		}
		return -2
	}

	var hunks []hunk
	prev := pair{-1, -1}
	for _, p := range append(pairs(base, after), pair{len(base.toks), len(after.toks)}) {
		removed, added := p.base-prev.base-1, p.after-prev.after-1
		switch {
		case removed == 0 && added == 0:
		case removed == 0:
			h, err := insertion(orig, after, home(prev.base), home(p.base), prev.after+1, p.after)
			if err != nil {
				return nil, err
			}
			hunks = append(hunks, h)
		case added == 0:
			return nil, errors.New("the edit removes source without putting other source in its place")
		default:
			h, err := replacement(orig, after, home, prev.base+1, p.base, prev.after+1, p.after)
			if err != nil {
				return nil, err
			}
			hunks = append(hunks, h)
		}
		if p.base < len(base.toks) && base.toks[p.base].text != after.toks[p.after].text {
			h, err := replacement(orig, after, home, p.base, p.base+1, p.after, p.after+1)
			if err != nil {
				return nil, err
			}
			hunks = append(hunks, h)
		}
		prev = p
	}
	for i := 1; i < len(hunks); i++ {
		if hunks[i].start < hunks[i-1].end || hunks[i].from < hunks[i-1].to {
			return nil, errors.New("parts of the edit overlap in the source")
		}
	}
	return hunks, nil
}

type pair struct{ base, after int }

// pairs matches the tokens of the two prints by key and keeps the longest
// sequence that is in order in both.
func pairs(base, after *listing) []pair {
	inBase := make(map[key]int, len(base.keys))
	for i, k := range base.keys {
		inBase[k] = i
	}
	var all []pair
	for j, k := range after.keys {
		if i, ok := inBase[k]; ok {
			all = append(all, pair{i, j})
		}
	}
	// Longest increasing subsequence: ends[n] is the pair with the smallest
	// base index that ends a sequence of length n+1.
	var ends []int
	before := make([]int, len(all))
	for x, p := range all {
		n := sort.Search(len(ends), func(n int) bool { return all[ends[n]].base >= p.base })
		before[x] = -1
		if n > 0 {
			before[x] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, x)
		} else {
			ends[n] = x
		}
	}
	if len(ends) == 0 {
		return nil
	}
	var kept []pair
	for x := ends[len(ends)-1]; x >= 0; x = before[x] {
		kept = append(kept, all[x])
	}
	slices.Reverse(kept)
	return kept
}

// replacement puts the tokens [a0, a1) of after in the place of the tokens
// [b0, b1) of base.
func replacement(orig, after *listing, home func(int) int, b0, b1, a0, a1 int) (hunk, error) {
	from := home(b0)
	for b := b0; b < b1; b++ {
		if from < 0 || home(b) != from+b-b0 {
			return hunk{}, errors.New("the source to replace is not in one piece, or has a comment in it")
		}
	}
	to := from + b1 - b0
	toks := after.toks[a0:a1]
	for _, old := range orig.toks[from:to] {
		kept := func(t tok) bool { return t.kind == token.COMMENT && t.text == old.text }
		if old.kind == token.COMMENT && !slices.ContainsFunc(toks, kept) {
			return hunk{}, errors.New("the edit would drop a comment")
		}
	}
	h := hunk{
		start: orig.toks[from].start, end: orig.toks[to-1].end,
		new:  after.text[toks[0].start:toks[len(toks)-1].end],
		from: from, to: to, toks: toks,
	}
	// Only bytes that differ: the rest of a literal keeps its line ends.
	old := orig.text[h.start:h.end]
	for len(old) > 0 && len(h.new) > 0 && old[0] == h.new[0] {
		old, h.new, h.start = old[1:], h.new[1:], h.start+1
	}
	for len(old) > 0 && len(h.new) > 0 && old[len(old)-1] == h.new[len(h.new)-1] {
		old, h.new, h.end = old[:len(old)-1], h.new[:len(h.new)-1], h.end-1
	}
	return h, nil
}

// insertion puts the tokens [a0, a1) of after between the tokens prev and next
// of the original. Of the white space around them it brings along what the
// original does not have there already.
func insertion(orig, after *listing, prev, next, a0, a1 int) (hunk, error) {
	toks := after.toks[a0:a1]
	first, last := toks[0], toks[len(toks)-1]
	before, behind := after.text[:first.start], after.text[last.end:]
	if a0 > 0 {
		before = after.text[after.toks[a0-1].end:first.start]
	}
	if a1 < len(after.toks) {
		behind = after.text[last.end:after.toks[a1].start]
	}
	text := after.text[first.start:last.end]
	known := next >= 0 && next < len(orig.toks) // next is a token of the original

	h := hunk{toks: toks}
	put := func(off, index int, new string) (hunk, error) {
		h.start, h.end, h.from, h.to, h.new = off, off, index, index, new
		return h, nil
	}
	switch {
	case prev >= 0 && next >= 0 && next <= prev, prev < 0 && !known:
		return hunk{}, errors.New("the source around the insertion has no place in the file")
	case prev < 0:
		return put(orig.toks[next].start, next, text+behind)
	case known && strings.Contains(behind, ";") && !strings.Contains(orig.text[orig.toks[prev].end:orig.toks[next].start], ";"):
		// A statement before another in the same line.
		return put(orig.toks[next].start, next, text+behind)
	case known && strings.Contains(before, "\n") && !strings.Contains(behind, "\n"):
		// At the start of the line of next.
		return put(orig.toks[next].start, next, text+behind)
	case strings.Contains(before, "\n"):
		// A line of its own: below the line of prev and its trailing comments.
		i := prev
		for i+1 < len(orig.toks) && i+1 != next && orig.toks[i+1].kind == token.COMMENT &&
			!strings.Contains(orig.text[orig.toks[i].end:orig.toks[i+1].start], "\n") {
			i++
		}
		return put(orig.toks[i].end, i+1, before+text)
	case behind == "" && !clings(first.kind) && known:
		if orig.toks[next].start == 0 || orig.toks[next-1].end == orig.toks[next].start {
			text = before + text
		}
		return put(orig.toks[next].start, next, text)
	}
	return put(orig.toks[prev].end, prev+1, before+text)
}

// clings says whether a token is written right behind the one before it.
func clings(kind token.Token) bool {
	switch kind {
	case token.COMMA, token.PERIOD, token.COLON, token.LPAREN, token.LBRACK,
		token.RPAREN, token.RBRACK, token.RBRACE, token.INC, token.DEC, token.ELLIPSIS:
		return true
	}
	return false
}

// apply makes the hunks in the original text and in its list of tokens.
func apply(orig *listing, hunks []hunk) (text string, want []tok) {
	last := 0
	for _, h := range hunks {
		want = append(want, orig.toks[last:h.from]...)
		want = append(want, h.toks...)
		last = h.to
	}
	return splice(orig.text, hunks), append(want, orig.toks[last:]...)
}

func splice(text string, hunks []hunk) string {
	var b strings.Builder
	last := 0
	for _, h := range hunks {
		b.WriteString(text[last:h.start])
		b.WriteString(h.new)
		last = h.end
	}
	b.WriteString(text[last:])
	return b.String()
}

// confirm checks the result against what was meant: the tokens and comments of
// the original with the edit, and the tree that dst printed.
func (sh *sheet) confirm(text string, want []tok, after *listing) error {
	file, _, err := parse([]byte(text))
	if err != nil {
		return fmt.Errorf("the result does not parse: %w", firstError(err))
	}
	got, err := list([]byte(text), file, func(ast.Node) dst.Node { return nil })
	if err != nil {
		return err
	}
	if !slices.EqualFunc(got.toks, want, func(a, b tok) bool { return a.kind == b.kind && a.text == b.text }) {
		return errors.New("the result has other tokens than the edit asks for")
	}
	if !slices.Equal(got.shape, after.shape) {
		return errors.New("the result has another structure than the edited tree")
	}
	return nil
}
