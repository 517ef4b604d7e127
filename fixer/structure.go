package fixer

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/dst"
	"github.com/dave/dst/decorator"
	"github.com/dave/dst/dstutil"
)

// Some changes give the syntax tree another shape: an expression becomes
// another one, an element of a list becomes several, a declaration gets a
// neighbour. In the text they are splices like any other. In the tree they put
// in nodes that are made from Change.New.

var errNoPlace = errors.New("the change is neither inside one literal, identifier or comment, nor one whole expression, nor at the end of a declaration")

// structure places a change that is not inside one token.
func (sh *sheet) structure(start, end int, new string) (placed, error) {
	p := placed{start: start, end: end, new: new}
	p.from, _ = slices.BinarySearchFunc(sh.toks, start, func(t tok, off int) int { return t.start - off })
	p.to, _ = slices.BinarySearchFunc(sh.toks, end, func(t tok, off int) int { return t.start - off })
	var err error
	switch {
	case start < end:
		p.edit, err = sh.expression(start, end, new)
	case strings.HasPrefix(new, "\n"):
		p.edit, p.imports, err = sh.addition(start, new)
	default:
		err = errNoPlace
	}
	if err != nil {
		return p, err
	}
	p.toks, err = tokens([]byte(new))
	return p, err
}

// expression returns the edit that gives the expression at [start, end) another
// form.
func (sh *sheet) expression(start, end int, new string) (func(*tree) error, error) {
	old, parent := sh.expressionAt(start, end)
	if old == nil {
		return nil, errNoPlace
	}
	elided := false // the new source can be a composite literal without its type
	var siblings []ast.Expr
	switch p := parent.(type) {
	case *ast.CallExpr:
		if old != p.Fun {
			siblings = p.Args
		}
	case *ast.CompositeLit:
		elided = old != p.Type
		if elided {
			siblings = p.Elts
		}
	case *ast.KeyValueExpr:
		elided = true
	}
	s, made, err := parseElements(new, elided)
	if err != nil {
		return nil, err
	}
	_, pair := made[0].(*ast.KeyValueExpr)
	if siblings == nil && (pair || len(made) > 1) {
		return nil, errors.New("only an argument of a call or an element of a composite literal can become several")
	}
	if call, ok := parent.(*ast.CallExpr); ok && call.Ellipsis.IsValid() && len(made) > 1 && old == call.Args[len(call.Args)-1] {
		return nil, errors.New("the argument before ... is one value and cannot become several")
	}
	if !stays(made[0], parent, old) {
		return nil, errors.New("the new source has to stand in parentheses in this place")
	}
	own := !slices.ContainsFunc(siblings, func(e ast.Expr) bool { return !sh.startsLine(e) })
	for i, next := range made[1:] {
		switch broken := bytes.Contains(s.text[s.offset(made[i].End()):s.offset(next.Pos())], []byte("\n")); {
		case own && !broken:
			return nil, errors.New("each element of the list has a line of its own, so line breaks must separate the new ones")
		case !own && broken:
			return nil, errors.New("elements of the list share lines, so no line breaks may separate the new ones")
		}
	}
	return func(t *tree) error {
		nodes, err := decorated[dst.Expr](s, made)
		if err != nil {
			return err
		}
		return t.replace(parent, old, nodes)
	}, nil
}

// stays says whether an expression that takes the place of old remains one
// operand of its parent.
func stays(e ast.Expr, parent ast.Node, old ast.Expr) bool {
	prec := token.HighestPrec
	switch e := e.(type) {
	case *ast.BinaryExpr:
		prec = e.Op.Precedence()
	case *ast.UnaryExpr, *ast.StarExpr:
		prec = token.UnaryPrec
	}
	switch p := parent.(type) {
	case *ast.BinaryExpr:
		return prec > p.Op.Precedence() || prec == p.Op.Precedence() && old == p.X
	case *ast.UnaryExpr, *ast.StarExpr:
		return prec >= token.UnaryPrec
	case *ast.CallExpr:
		return old != p.Fun || prec > token.UnaryPrec
	case *ast.IndexExpr:
		return old != p.X || prec > token.UnaryPrec
	case *ast.SliceExpr:
		return old != p.X || prec > token.UnaryPrec
	case *ast.SelectorExpr, *ast.TypeAssertExpr:
		return prec > token.UnaryPrec
	}
	return true
}

// expressionAt finds the expression that is exactly [start, end), and its
// parent, provided that any other expression could stand in its place.
func (sh *sheet) expressionAt(start, end int) (old ast.Expr, parent ast.Node) {
	var above []ast.Node
	ast.Inspect(sh.file, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return false
		}
		from, to := sh.offset(n.Pos()), sh.offset(n.End())
		if old != nil || start < from || to < end {
			return false
		}
		if e, ok := n.(ast.Expr); ok && from == start && to == end && takesAny(above[len(above)-1], e) {
			old, parent = e, above[len(above)-1]
			return false
		}
		above = append(above, n)
		return true
	})
	return old, parent
}

// takesAny says whether another expression could take the place of the child.
func takesAny(parent ast.Node, child ast.Expr) bool {
	switch p := parent.(type) {
	case *ast.File, *ast.FuncDecl, *ast.FuncLit, *ast.ImportSpec, *ast.LabeledStmt, *ast.BranchStmt:
		return false
	case *ast.SelectorExpr:
		return child == p.X
	case *ast.Field:
		return child == p.Type
	case *ast.TypeSpec:
		return child == p.Type
	case *ast.ValueSpec:
		return child == p.Type || slices.Contains(p.Values, child)
	}
	return true
}

// startsLine says whether there are only blanks before the node in its line.
func (sh *sheet) startsLine(n ast.Node) bool {
	before := sh.text[:sh.offset(n.Pos())]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return len(bytes.Trim(line, " \t")) == 0
}

// parseElements parses the elements of an argument list, or of a composite
// literal, in which a literal may leave out its type.
func parseElements(new string, elided bool) (*sheet, []ast.Expr, error) {
	left, right := "f(", ")"
	if elided {
		left, right = "[]T{", "}"
	}
	s, decls, err := parsePart("package p\n\nvar _ = " + left + new + right)
	if err != nil {
		return nil, nil, err
	}
	// A bracket in new must not be able to end the list.
	if len(decls) == 1 && len(decls[0].(*ast.GenDecl).Specs) == 1 {
		if values := decls[0].(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values; len(values) == 1 {
			var made []ast.Expr
			switch list := values[0].(type) {
			case *ast.CallExpr:
				if _, ok := list.Fun.(*ast.Ident); ok && !list.Ellipsis.IsValid() {
					made = list.Args
				}
			case *ast.CompositeLit:
				made = list.Elts
			}
			if len(made) > 0 {
				return s, made, nil
			}
		}
	}
	return nil, nil, errors.New("the new source is not an expression, or several with commas between them")
}

// parsePart parses source that is to become part of a file.
func parsePart(text string) (*sheet, []ast.Decl, error) {
	file, fset, err := parse([]byte(text))
	if err != nil {
		// The position is one in the frame around the new source.
		_, msg, _ := strings.Cut(firstError(err).Error(), ": ")
		return nil, nil, refuse("unparsable", "the new source does not parse: %s", msg)
	}
	return &sheet{source: newSource([]byte(text)), file: file, fset: fset}, file.Decls, nil
}

// decorated returns the dst nodes of the given ones.
func decorated[D dst.Node, A ast.Node](s *sheet, of []A) ([]D, error) {
	dec := decorator.NewDecorator(s.fset)
	if _, err := dec.DecorateFile(s.file); err != nil {
		return nil, err
	}
	var nodes []D
	for _, n := range of {
		nodes = append(nodes, dec.Dst.Nodes[n].(D))
	}
	return nodes, nil
}

// replace puts nodes in the place of old. Comments before it go to the first
// and comments behind it to the last of them.
func (t *tree) replace(parent, old ast.Node, nodes []dst.Expr) error {
	p, o := t.of(parent), t.of(old)
	first, last := nodes[0], nodes[len(nodes)-1]
	decs := o.Decorations()
	first.Decorations().Before, first.Decorations().Start = decs.Before, decs.Start
	last.Decorations().End, last.Decorations().After = decs.End, decs.After
	done := false
	dstutil.Apply(p, func(c *dstutil.Cursor) bool {
		if c.Node() != o {
			return c.Node() == p
		}
		for _, n := range slices.Backward(nodes[1:]) {
			c.InsertAfter(n)
		}
		c.Replace(first)
		done = true
		return false
	}, nil)
	if !done {
		return errors.New("the expression has no place in the tree")
	}
	t.heir[last] = o
	return nil
}

// addition returns the edit that puts a declaration or spec into the lines
// behind the one that ends at off, and the paths of the imports among them.
func (sh *sheet) addition(off int, new string) (edit func(*tree) error, imports []string, err error) {
	if there := string(sh.text[off:]); there == new || strings.HasPrefix(there, new+"\n") {
		return nil, nil, refuse("changed", "what is to be added is there already")
	}
	decl, spec, err := sh.endingAt(off)
	if err != nil {
		return nil, nil, err
	}
	prefix, suffix := "package p", "\n"
	if spec != nil {
		prefix, suffix = "package p\n\n"+decl.(*ast.GenDecl).Tok.String()+" (", "\n)\n"
	}
	s, decls, err := parsePart(prefix + new + suffix)
	if err != nil {
		return nil, nil, err
	}
	if len(decls) != 1 {
		return nil, nil, errors.New("the new source is not one declaration")
	}
	if gen, ok := decls[0].(*ast.GenDecl); ok {
		if spec != nil && len(gen.Specs) != 1 {
			return nil, nil, errors.New("the new source is not one line of the declaration")
		}
		if imports, err = sh.newImports(gen, decl, spec); err != nil {
			return nil, nil, err
		}
	}
	if spec == nil {
		return func(t *tree) error {
			nodes, err := decorated[dst.Decl](s, decls)
			if err == nil {
				err = t.addDecl(decl, nodes[0])
			}
			return err
		}, imports, nil
	}
	if err := movable(decl.(*ast.GenDecl), spec); err != nil {
		return nil, nil, err
	}
	return func(t *tree) error {
		nodes, err := decorated[dst.Spec](s, decls[0].(*ast.GenDecl).Specs)
		if err == nil {
			err = t.addSpec(decl, spec, nodes[0])
		}
		return err
	}, imports, nil
}

// endingAt finds what ends, with its comments, the line at off: a spec of a
// declaration in parentheses, a declaration, or the package clause (nil, nil).
func (sh *sheet) endingAt(off int) (ast.Decl, ast.Spec, error) {
	i, _ := slices.BinarySearchFunc(sh.toks, off, func(t tok, off int) int { return t.start - off })
	if i == 0 || sh.toks[i-1].end != off {
		return nil, nil, errNoPlace
	}
	sameLine := func(i int) bool { // as the token before it
		return !bytes.Contains(sh.text[sh.toks[i-1].end:sh.toks[i].start], []byte("\n"))
	}
	follows := i < len(sh.toks) && sameLine(i)
	comment := follows && sh.toks[i].kind == token.COMMENT
	for i--; i > 0 && sh.toks[i].kind == token.COMMENT && sameLine(i); i-- {
	}
	end := sh.toks[i].end
	found := func(decl ast.Decl, spec ast.Spec) (ast.Decl, ast.Spec, error) {
		switch {
		case comment:
			return nil, nil, errors.New("a comment follows in the line; insert behind it")
		case follows:
			return nil, nil, errors.New("more source follows in the line")
		}
		return decl, spec, nil
	}
	if end == sh.offset(sh.file.Name.End()) {
		return found(nil, nil)
	}
	for _, d := range sh.file.Decls {
		if sh.offset(d.End()) == end {
			return found(d, nil)
		}
		if gen, ok := d.(*ast.GenDecl); ok && gen.Lparen.IsValid() {
			for _, s := range gen.Specs {
				if sh.offset(s.End()) == end {
					return found(d, s)
				}
			}
		}
	}
	return nil, nil, errNoPlace
}

// movable says why nothing can be put behind the spec without a new meaning
// for constants below.
func movable(decl *ast.GenDecl, spec ast.Spec) error {
	if decl.Tok != token.CONST {
		return nil
	}
	below := decl.Specs[slices.Index(decl.Specs, spec)+1:]
	for i, s := range below {
		s := s.(*ast.ValueSpec)
		if i == 0 && len(s.Values) == 0 {
			return errors.New("the next constant repeats the value of the one before it")
		}
		counts := false
		ast.Inspect(s, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			counts = counts || ok && id.Name == "iota"
			return true
		})
		if counts {
			return errors.New("constants below in the same declaration are counted with iota")
		}
	}
	return nil
}

// newImports returns the paths of the imports that gen adds behind decl, or
// behind spec in it.
func (sh *sheet) newImports(gen *ast.GenDecl, decl ast.Decl, spec ast.Spec) ([]string, error) {
	if gen.Tok != token.IMPORT {
		return nil, nil
	}
	isC := func(s ast.Spec) bool { return importPath(s) == "C" }
	if prev, ok := decl.(*ast.GenDecl); ok && prev.Tok == token.IMPORT {
		if spec != nil && isC(spec) || spec == nil && slices.ContainsFunc(prev.Specs, isC) {
			return nil, errors.New(`nothing is put beside the import of "C"`)
		}
	}
	var paths []string
	for _, s := range gen.Specs {
		s, path := s.(*ast.ImportSpec), importPath(s)
		if path == "C" {
			return nil, errors.New(`an import of "C" has to be added by hand`)
		}
		for _, have := range sh.file.Imports {
			if importPath(have) == path && (named(have) || !named(s)) {
				return nil, fmt.Errorf("%q is imported already", path)
			}
		}
		paths = append(paths, path)
	}
	return paths, nil
}

func importPath(s ast.Spec) string {
	path, _ := strconv.Unquote(s.(*ast.ImportSpec).Path.Value)
	return path
}

// named says whether the import gives the file a name for the package.
func named(s *ast.ImportSpec) bool {
	return s.Name == nil || s.Name.Name != "_" && s.Name.Name != "."
}

// addDecl puts the node behind prev, or first if that is nil.
func (t *tree) addDecl(prev ast.Decl, node dst.Decl) error {
	if prev == nil {
		t.file.Decls = append([]dst.Decl{node}, t.file.Decls...)
		return nil
	}
	p := t.of(prev).(dst.Decl)
	i := slices.Index(t.file.Decls, p)
	t.file.Decls = slices.Insert(t.file.Decls, i+1, node)
	if gen, ok := p.(*dst.GenDecl); ok && !gen.Lparen && len(gen.Specs) == 1 {
		// dst gives what is behind an import to its spec.
		decs, spec := p.Decorations(), gen.Specs[0].Decorations()
		decs.End, spec.End = append(spec.End, decs.End...), nil
		decs.After, spec.After = max(decs.After, spec.After), dst.None
	}
	follow(p.Decorations(), node.Decorations())
	return nil
}

// addSpec puts the node behind prev.
func (t *tree) addSpec(decl ast.Decl, prev ast.Spec, node dst.Spec) error {
	d, p := t.of(decl).(*dst.GenDecl), t.of(prev).(dst.Spec)
	i := slices.Index(d.Specs, p)
	d.Specs = slices.Insert(d.Specs, i+1, node)
	follow(p.Decorations(), node.Decorations())
	return nil
}

// follow moves the white space and the comments below prev to the node that now
// is between; comments in the line of prev stay there.
func follow(prev, node *dst.NodeDecs) {
	own := 0
	for own < len(prev.End) && prev.End[own] != "\n" {
		own++
		if strings.HasPrefix(prev.End[own-1], "//") {
			break
		}
	}
	below := slices.Clone(prev.End[own:])
	if len(below) > 0 && below[0] != "\n" && len(node.End) == 0 {
		below = append(dst.Decorations{"\n"}, below...)
	}
	prev.End = prev.End[:own]
	node.End = append(node.End, below...)
	node.After, prev.After = prev.After, node.Before
}
