package extract

import (
	"go/ast"
	"go/constant"
	"go/format"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// A constant that some of its users need with another value can get a sibling: the same
// declaration with another name. What follows finds the places that would have to name the
// sibling instead, and how it would be declared.

// A reference is an identifier that names a package constant or variable.
type reference struct {
	obj       types.Object
	qualified bool // the name of the package stands in front of it
}

// references lists the places that name package constants or variables of which a sibling
// may be wanted.
func (x *extractor) references() map[*ast.Ident]reference {
	refs := map[*ast.Ident]reference{}
	if x.Keep == nil {
		return refs
	}
	x.refs = map[token.Pos]int{}
	kept := map[types.Object]bool{}
	for _, file := range x.Files {
		qualified, fixed := map[*ast.Ident]bool{}, map[*ast.Ident]bool{}
		fix := func(exprs ...ast.Expr) {
			for _, e := range exprs {
				switch e := ast.Unparen(e).(type) {
				case *ast.Ident:
					fixed[e] = true
				case *ast.SelectorExpr:
					fixed[e.Sel] = true
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				fix(n.Lhs...)
			case *ast.RangeStmt:
				fix(n.Key, n.Value)
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					fix(n.X)
				}
			case *ast.SelectorExpr:
				if x.Info.Selections[n] == nil {
					qualified[n.Sel] = true
				}
			case *ast.Ident:
				obj := x.Info.Uses[n]
				if obj == nil || obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() {
					break
				}
				keep, known := kept[obj]
				if !known {
					keep = x.dividable(obj)
					kept[obj] = keep
				}
				if !keep {
					break
				}
				refs[n] = reference{obj, qualified[n]}
				x.out.Refs = append(x.out.Refs, equation.Ref{Sym: obj.Pkg().Path() + "." + obj.Name(), Pos: x.pos(n.Pos()),
					Fixed: fixed[n] || obj.Pkg() != x.Types && !qualified[n]})
				x.refs[n.Pos()] = len(x.out.Refs)
			}
			return true
		})
	}
	return refs
}

// dividable reports whether some users of an object may want another text than others.
// What a variable of another package holds is not known.
func (x *extractor) dividable(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Const:
		if obj.Val().Kind() != constant.String {
			return false
		}
		text, ok := constText(obj.Val())
		return ok && x.Keep(text)
	case *types.Var:
		return obj.Type() == types.Typ[types.String] // one of a named type may be changed by a method
	}
	return false
}

// declarations lists the declarations in the package that may get a sibling.
func (x *extractor) declarations(refs map[*ast.Ident]reference) {
	if x.Keep == nil {
		return
	}
	for _, file := range x.Files {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST && d.Tok != token.VAR {
				continue
			}
			for _, spec := range d.Specs {
				s := spec.(*ast.ValueSpec)
				if len(s.Names) != 1 || len(s.Values) != 1 || !x.spells(s.Values[0]) {
					continue
				}
				if obj := x.Info.Defs[s.Names[0]]; obj != nil && obj.Parent() == x.Types.Scope() && x.dividable(obj) {
					if sibling := x.sibling(obj, refs); sibling != "" {
						x.declaration(file, d, s, sibling)
					}
				}
			}
		}
	}
}

// spells reports whether an expression holds a literal that the caller wants to see.
func (x *extractor) spells(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		l, ok := n.(*ast.BasicLit)
		found = found || ok && l.Kind == token.STRING && x.Keep(l.Value)
		return !found
	})
	return found
}

// sibling returns a name for the sibling of an object that means nothing yet, neither in
// the package nor anywhere the package names the object, or "".
func (x *extractor) sibling(obj types.Object, refs map[*ast.Ident]reference) string {
	name := obj.Name()
	names := []string{name + "V2", name + "APIV2", name + "OrbitFlareV2"}
	if short, ok := strings.CutSuffix(name, "V1"); ok {
		names = slices.Insert(names, 0, short+"V2")
	}
	for _, name := range names {
		if x.free(name, obj, refs) {
			return name
		}
	}
	return ""
}

func (x *extractor) free(name string, obj types.Object, refs map[*ast.Ident]reference) bool {
	scope := x.Types.Scope()
	if scope.Lookup(name) != nil {
		return false
	}
	for file := range scope.Children() {
		if file.Lookup(name) != nil {
			return false // an import
		}
	}
	for id, ref := range refs {
		if ref.obj != obj {
			continue
		}
		at := scope.Innermost(id.Pos())
		if at == nil {
			return false
		}
		if _, other := at.LookupParent(name, id.Pos()); other != nil {
			return false
		}
	}
	return true
}

// declaration lists a declaration, if its source can be read.
func (x *extractor) declaration(file *ast.File, d *ast.GenDecl, s *ast.ValueSpec, sibling string) {
	if x.Source == nil {
		return
	}
	name := x.Fset.PositionFor(file.FileStart, false).Filename
	src, err := x.Source(name)
	if err != nil {
		return
	}
	offset := func(p token.Pos) int { return x.Fset.PositionFor(p, false).Offset }
	slice := func(from, to token.Pos) string {
		if a, b := offset(from), offset(to); a <= b && b <= len(src) {
			return string(src[a:b])
		}
		return ""
	}
	value := s.Values[0]
	head := sibling + " = "
	if s.Type != nil {
		head = sibling + " " + slice(s.Type.Pos(), s.Type.End()) + " = "
	}
	out := equation.Decl{Sym: x.Types.Path() + "." + s.Names[0].Name, Name: s.Names[0].Name, Sibling: sibling,
		Value: slice(value.Pos(), value.End()), From: offset(value.Pos())}
	newline := func(at token.Pos) string {
		if rest := slice(at, file.FileEnd); strings.HasPrefix(rest, "\r\n") {
			return "\r\n"
		}
		return "\n"
	}
	// In the same parentheses, unless other lines would have to be aligned anew, or would mean
	// something else.
	if d.Lparen.IsValid() && !positional(d) {
		at := lineEnd(x.Fset, file, s.End())
		line := slice(file.FileStart, s.Pos())
		indent := line[strings.LastIndexByte(line, '\n')+1:]
		heads := []string{head}
		if gap := slice(s.Names[0].End(), value.Pos()); s.Type == nil {
			if n := len(s.Names[0].Name) + len(gap) - len(sibling) - len("= "); n > 0 {
				heads = append(heads, sibling+strings.Repeat(" ", n)+"= ")
			}
		}
		before, behind := slice(d.Pos(), at), slice(at, d.End())
		for _, h := range heads {
			h = newline(at) + indent + h
			if strings.Trim(indent, " \t") == "" && staysFormatted(before+behind, before+h+out.Value+behind) {
				out.At, out.Head = x.pos(at), h
				x.out.Decls = append(x.out.Decls, out)
				return
			}
		}
	}
	at := lineEnd(x.Fset, file, d.End())
	begin := newline(at) + newline(at) + d.Tok.String() + " "
	if next := newline(at) + d.Tok.String() + " "; !d.Lparen.IsValid() && strings.HasPrefix(slice(at, file.FileEnd), next) {
		begin = next // the lines stand close together
	}
	out.At, out.Head = x.pos(at), begin+head
	x.out.Decls = append(x.out.Decls, out)
}

// staysFormatted reports whether a declaration that is formatted is so afterwards.
func staysFormatted(before, after string) bool {
	is := func(text string) bool {
		formatted, err := format.Source([]byte(text))
		return err == nil && string(formatted) == text
	}
	return !is(before) || is(after)
}

// positional reports whether what a line of a declaration means depends on the lines above.
func positional(d *ast.GenDecl) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			found = found || d.Tok == token.CONST && len(n.Values) == 0
		case *ast.Ident:
			found = found || n.Name == "iota"
		}
		return !found
	})
	return found
}

// lineEnd is where a line ends in which a node does, comments counted in.
func lineEnd(fset *token.FileSet, file *ast.File, end token.Pos) token.Pos {
	line := func(p token.Pos) int { return fset.PositionFor(p, false).Line }
	at := end
	for _, group := range file.Comments {
		for _, c := range group.List {
			if c.Pos() >= at && line(c.Pos()) == line(end) && line(c.End()) == line(end) {
				at = c.End()
			}
		}
	}
	return at
}
