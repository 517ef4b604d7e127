package extract

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

func (f *function) genDecl(d *ast.GenDecl) {
	var repeated []ast.Expr // by constants without a value of their own
	for _, spec := range d.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		if d.Tok == token.CONST {
			if len(spec.Values) > 0 {
				repeated = spec.Values
			}
			f.constSpec(spec, repeated)
			continue
		}
		if f.outer == nil && f.index == 0 {
			f.findCells(spec)
		}
		if len(spec.Values) == 1 && len(spec.Names) > 1 {
			for i, e := range f.multi(spec.Values[0], len(spec.Names)) {
				f.assignTo(spec.Names[i], e, true)
			}
			continue
		}
		for i, name := range spec.Names {
			if i < len(spec.Values) {
				f.alias(name, spec.Values[i])
				f.assignTo(name, f.expr(spec.Values[i]), true)
			} else if v, _ := f.x.Info.Defs[name].(*types.Var); v != nil && v.Parent() != f.x.Types.Scope() {
				f.declare(v, f.zero(v.Type()))
			}
		}
	}
}

// constSpec writes down how constants are spelled, or computed, from their values: those of
// the spec or, if it has none, those that it repeats.
func (f *function) constSpec(spec *ast.ValueSpec, values []ast.Expr) {
	if f.outer == nil && f.index == 0 {
		before := len(f.x.out.Lits)
		defer func() {
			for n := before; n < len(f.x.out.Lits); n++ {
				f.x.spot(n).Func = 0 // no function spells it
			}
		}()
	}
	for i, name := range spec.Names {
		c, _ := f.x.Info.Defs[name].(*types.Const)
		if c == nil || i >= len(values) {
			continue
		}
		f.x.out.Consts[f.x.constSym(c)] = f.constant(c, values[i])
	}
}

// constant returns what a constant is made of. If that is more than literals and other
// constants in a row, as in 5 * 20, its value stands beside it, and what it is computed from.
func (f *function) constant(c *types.Const, value ast.Expr) *equation.Expr {
	e := f.expr(value)
	if c.Val().Kind() == constant.String && f.spells(e, "", constant.String) {
		return e // whose text may be far too long to be put together
	}
	return f.computed(c.Val(), value, e)
}

// computed is the value of a constant expression beside what the expression is made of, unless
// that spells it.
func (f *function) computed(v constant.Value, value ast.Expr, e *equation.Expr) *equation.Expr {
	text, short := constText(v)
	if !short || f.spells(e, text, v.Kind()) {
		return e
	}
	computed := &equation.Expr{Op: equation.Computed, Text: text, Args: []*equation.Expr{e}}
	ast.Inspect(value, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			computed.Args = append(computed.Args, f.expr(n))
		case *ast.Ident:
			if _, ok := f.x.Info.Uses[n].(*types.Const); ok {
				computed.Args = append(computed.Args, f.ident(n))
			}
		}
		return true
	})
	return computed
}

// spells reports whether an expression gives a constant its value by spelling it.
func (f *function) spells(e *equation.Expr, text string, kind constant.Kind) bool {
	switch e.Op {
	case equation.Const:
		return true // which has its own value
	case equation.Lit:
		source := f.x.out.Lits[e.N].Source
		if kind == constant.String {
			return source[0] < '0' || source[0] > '9' // string(rune(49)) is no "49"
		}
		spelled, _, err := strval.Decode(source)
		return err == nil && spelled == text
	case equation.Concat:
		return kind == constant.String && !slices.ContainsFunc(e.Args, func(a *equation.Expr) bool { return !f.spells(a, "", kind) })
	}
	return false
}

func (f *function) assign(s *ast.AssignStmt) {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		var e *equation.Expr
		if s.Tok == token.ADD_ASSIGN && isText(f.x.typeOf(s.Lhs[0])) {
			e = &equation.Expr{Op: equation.Concat, Args: []*equation.Expr{f.expr(s.Lhs[0]), f.expr(s.Rhs[0])}}
		} else {
			e = f.opaque(s.Pos(), "it is computed", f.expr(s.Lhs[0]), f.expr(s.Rhs[0]))
		}
		f.assignTo(s.Lhs[0], e, false)
		return
	}
	var values []*equation.Expr
	if len(s.Rhs) == 1 && len(s.Lhs) > 1 {
		values = f.multi(s.Rhs[0], len(s.Lhs))
	} else {
		for _, r := range s.Rhs {
			values = append(values, f.share(f.expr(r)))
		}
	}
	for i, l := range s.Lhs {
		if i < len(s.Rhs) {
			f.size(l, s.Rhs[i])
			f.alias(l, s.Rhs[i])
		}
		if i < len(values) {
			f.assignTo(l, values[i], s.Tok == token.DEFINE)
		}
	}
}

// alias notes a writer that becomes another name of a builder.
func (f *function) alias(lhs, rhs ast.Expr) {
	v := f.variable(lhs)
	if v == nil || !isWriter(v.Type()) || !isBuilder(f.x.typeOf(rhs)) {
		return
	}
	if f.aliases == nil {
		f.aliases = map[*types.Var]bool{}
	}
	f.aliases[v] = true
}

// assignTo gives the value to whatever the left side names.
func (f *function) assignTo(lhs ast.Expr, e *equation.Expr, define bool) {
	switch l := ast.Unparen(lhs).(type) {
	case *ast.Ident:
		v, _ := f.x.Info.ObjectOf(l).(*types.Var)
		switch {
		case v == nil || l.Name == "_":
		case define && f.x.Info.Defs[l] != nil && v.Parent() != f.x.Types.Scope():
			f.declare(v, e)
		default:
			f.set(v, e)
		}
	case *ast.SelectorExpr:
		sel := f.x.Info.Selections[l]
		if sel == nil {
			if v, _ := f.x.Info.Uses[l.Sel].(*types.Var); v != nil {
				f.set(v, e) // a variable of another package
			} else {
				f.escapes(l.X, "it does not compile", e)
			}
			return
		}
		f.assignField(l, sel, e)
	case *ast.IndexExpr:
		// An element: the container holds it from now on, among others.
		container := f.expr(l.X)
		key := f.expr(l.Index)
		if !f.ranges(l) {
			f.counted("an index", l.X, container)
		}
		if m, ok := f.x.typeOf(l.X).Underlying().(*types.Map); ok && comparesText(m.Key()) {
			f.leak(equation.Keyed, "a map", key, l.Index.Pos())
		}
		var grown *equation.Expr
		if _, ok := f.x.typeOf(l.X).Underlying().(*types.Map); ok {
			grown = &equation.Expr{Op: equation.Map, Args: []*equation.Expr{key, e}}
			if f.rootVar(l.X) != nil {
				grown = &equation.Expr{Op: equation.Append, I: 2, Args: []*equation.Expr{container, grown}}
			}
		} else if f.rootVar(l.X) == nil {
			grown = &equation.Expr{Op: equation.List, Args: []*equation.Expr{e}}
		} else {
			grown = &equation.Expr{Op: equation.Append, I: 3, Args: []*equation.Expr{container, key, e}}
		}
		f.assignTo(l.X, grown, false)
	case *ast.StarExpr:
		f.write(l, e)
	}
}
