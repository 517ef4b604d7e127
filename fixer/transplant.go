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

// A tree is a file as dst has it, and the way to it from the original.
type tree struct {
	file *dst.File
	dec  *decorator.Decorator
	orig *listing

	// heir tells which node an edit has put in the place of which, so that the
	// comma behind the one is known as the comma behind the other.
	heir map[dst.Node]dst.Node
}

// of returns the dst node of a node of the original.
func (t *tree) of(n ast.Node) dst.Node { return t.dec.Dst.Nodes[n] }

// at returns the node that the token at a text offset of the original belongs
// to: a literal, an identifier, or, for a bracket or a keyword, the expression
// or statement around it. It is nil where there is no such token.
func (t *tree) at(off int) dst.Node {
	toks := t.orig.toks
	i := sort.Search(len(toks), func(i int) bool { return toks[i].end > off })
	if i == len(toks) || off < toks[i].start {
		return nil
	}
	return t.orig.keys[i].owner
}

// edits is the edit that makes the changes, which are in order. All nodes that
// they name are looked up in the tree as it was.
func edits(want []tok, changes []placed) func(*tree) error {
	return func(t *tree) error {
		shift := 0 // from an index into the tokens of the file to one into want
		for i, c := range changes {
			if c.edit != nil {
				if err := c.edit(t); err != nil {
					return err
				}
				shift += len(c.toks) - (c.to - c.from)
				continue
			}
			if i > 0 && changes[i-1].edit == nil && changes[i-1].from == c.from {
				continue
			}
			switch n := t.at(c.start).(type) {
			case *dst.BasicLit:
				n.Value = want[c.from+shift].text
			case *dst.Ident:
				n.Name = want[c.from+shift].text
			default:
				return fmt.Errorf("no literal or identifier of its own at byte %d", c.start)
			}
		}
		return nil
	}
}

// A key names a token across the three texts: the n-th token of its kind that
// belongs to a node. A comment belongs to nobody and goes by its text. A comma
// in a list of expressions belongs to the one before it.
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
func (sh *sheet) transplant(edit func(*tree) error) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("dst failed: %v", r)
		}
	}()

	dec := decorator.NewDecorator(sh.fset)
	file, err := dec.DecorateFile(sh.file)
	if err != nil {
		return nil, err
	}
	orig, err := list(sh.text, sh.file, func(n ast.Node) dst.Node { return dec.Dst.Nodes[n] })
	if err != nil {
		return nil, err
	}
	t := &tree{file: file, dec: dec, orig: orig, heir: map[dst.Node]dst.Node{}}
	base, err := t.printed()
	if err != nil {
		return nil, fmt.Errorf("the unchanged tree does not print: %w", err)
	}
	if err := edit(t); err != nil {
		return nil, err
	}
	after, err := t.printed()
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
func (t *tree) printed() (*listing, error) {
	restorer := decorator.NewRestorer()
	restored, err := restorer.RestoreFile(t.file)
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
	l, err := list(buf.Bytes(), file, func(n ast.Node) dst.Node { return owner[n] })
	if err != nil {
		return nil, err
	}
	for i, k := range l.keys {
		if old, ok := t.heir[k.owner]; ok && k.text == separator {
			l.keys[i].owner = old
		}
	}
	return l, nil
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
	l.separate(file, dstOf)
	seen := make(map[key]int, len(l.toks))
	for i, t := range l.toks {
		k := key{owner: l.keys[i].owner, kind: t.kind, text: l.keys[i].text}
		if t.kind == token.COMMENT {
			k.owner, k.text = nil, t.text
		}
		l.keys[i] = k
		l.keys[i].n = seen[k]
		seen[k]++
	}
	return l, nil
}

// separator is the text in the key of a comma that belongs to the expression
// before it.
const separator = "separator"

// separate gives the commas of lists of expressions to the elements before
// them: counted, they would change their names with the length of the list.
func (l *listing) separate(file *ast.File, dstOf func(ast.Node) dst.Node) {
	for _, n := range nodes(file) {
		var elements []ast.Expr
		switch n := n.(type) {
		case *ast.CallExpr:
			elements = n.Args
		case *ast.CompositeLit:
			elements = n.Elts
		}
		for _, e := range elements {
			end := int(e.End() - file.FileStart)
			i := sort.Search(len(l.toks), func(i int) bool { return l.toks[i].start >= end })
			for i < len(l.toks) && l.toks[i].kind == token.COMMENT {
				i++
			}
			if owner := dstOf(e); owner != nil && i < len(l.toks) && l.toks[i].kind == token.COMMA {
				l.keys[i] = key{owner: owner, text: separator}
			}
		}
	}
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
