package solve

import (
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// A growth says which texts become elements of a list in front of a literal that is one,
// by the number of the literal.
type growth map[int][]string

// apply puts the new elements into the equations of a package. Nothing that the package
// shares with its original is changed.
func (g growth) apply(pkg *equation.Package) {
	pkg.Consts = mapValues(pkg.Consts, g.expr)
	pkg.Globals, pkg.Stores = g.defs(pkg.Globals), g.defs(pkg.Stores)
	pkg.Funcs = slices.Clone(pkg.Funcs)
	for i, f := range pkg.Funcs {
		grown := *f
		grown.Locals = g.exprs(f.Locals)
		grown.Calls = slices.Clone(f.Calls)
		for k := range grown.Calls {
			c := &grown.Calls[k]
			c.Value, c.Args, c.When = g.expr(c.Value), g.exprs(c.Args), g.exprs(c.When)
		}
		grown.Exits = slices.Clone(f.Exits)
		for k := range grown.Exits {
			x := &grown.Exits[k]
			x.When, x.Results = g.exprs(x.When), g.exprs(x.Results)
			x.Changed = slices.Clone(x.Changed)
			for n := range x.Changed {
				x.Changed[n].Value = g.expr(x.Changed[n].Value)
			}
		}
		grown.Uses = slices.Clone(f.Uses)
		for k := range grown.Uses {
			u := &grown.Uses[k]
			u.When, u.Method, u.URL, u.On, u.Handler = g.exprs(u.When), g.expr(u.Method), g.expr(u.URL), g.expr(u.On), g.expr(u.Handler)
		}
		grown.Leaks = slices.Clone(f.Leaks)
		for k := range grown.Leaks {
			l := &grown.Leaks[k]
			l.When, l.Value = g.exprs(l.When), g.expr(l.Value)
		}
		pkg.Funcs[i] = &grown
	}
}

func mapValues(m map[string]*equation.Expr, f func(*equation.Expr) *equation.Expr) map[string]*equation.Expr {
	out := make(map[string]*equation.Expr, len(m))
	for k, v := range m {
		out[k] = f(v)
	}
	return out
}

func (g growth) defs(defs []equation.Def) []equation.Def {
	defs = slices.Clone(defs)
	for i := range defs {
		defs[i].Value = g.expr(defs[i].Value)
	}
	return defs
}

func (g growth) exprs(exprs []*equation.Expr) []*equation.Expr {
	out := slices.Clone(exprs)
	for i := range out {
		out[i] = g.expr(out[i])
	}
	return out
}

// expr returns the expression with the new elements: itself, if it has none.
func (g growth) expr(e *equation.Expr) *equation.Expr {
	if e == nil {
		return nil
	}
	var args []*equation.Expr // nil as long as nothing is new
	for i, a := range e.Args {
		before := g.before(e, i)
		grown := g.expr(a)
		if args == nil && (len(before) > 0 || grown != a) {
			args = slices.Clone(e.Args[:i])
		}
		if args != nil {
			args = append(append(args, before...), grown)
		}
	}
	if args == nil {
		return e
	}
	out := *e
	out.Args = args
	return &out
}

// before lists the new elements in front of an argument of an expression.
func (g growth) before(e *equation.Expr, i int) []*equation.Expr {
	if e.Args[i].Op != equation.Lit || e.Op != equation.List && !(e.Op == equation.Append && e.I == 0 && i > 0) {
		return nil
	}
	var out []*equation.Expr
	for _, text := range g[e.Args[i].N] {
		out = append(out, &equation.Expr{Op: equation.Text, Text: text})
	}
	return out
}
