package solve

import (
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// A rewriter returns what takes the place of an expression, which may be nil: itself, if
// nothing does.
type rewriter func(*equation.Expr) *equation.Expr

// apply rewrites the equations of a package. Nothing that the package shares with its
// original is changed.
func (r rewriter) apply(pkg *equation.Package) {
	consts := make(map[string]*equation.Expr, len(pkg.Consts))
	for sym, e := range pkg.Consts {
		consts[sym] = r(e)
	}
	pkg.Consts = consts
	pkg.Globals, pkg.Stores = r.defs(pkg.Globals), r.defs(pkg.Stores)
	pkg.Writes = slices.Clone(pkg.Writes)
	for i := range pkg.Writes {
		w := &pkg.Writes[i]
		w.Pointer, w.Value = r(w.Pointer), r(w.Value)
	}
	pkg.Funcs = slices.Clone(pkg.Funcs)
	for i, f := range pkg.Funcs {
		out := *f
		out.Locals = r.exprs(f.Locals)
		out.Calls = slices.Clone(f.Calls)
		for k := range out.Calls {
			c := &out.Calls[k]
			c.Value, c.Args, c.When = r(c.Value), r.exprs(c.Args), r.exprs(c.When)
		}
		out.Exits = slices.Clone(f.Exits)
		for k := range out.Exits {
			x := &out.Exits[k]
			x.When, x.Results = r.exprs(x.When), r.exprs(x.Results)
			x.Changed = slices.Clone(x.Changed)
			for n := range x.Changed {
				x.Changed[n].Value = r(x.Changed[n].Value)
			}
		}
		out.Uses = slices.Clone(f.Uses)
		for k := range out.Uses {
			u := &out.Uses[k]
			u.When, u.Method, u.URL, u.On, u.Handler = r.exprs(u.When), r(u.Method), r(u.URL), r(u.On), r(u.Handler)
		}
		out.Leaks = slices.Clone(f.Leaks)
		for k := range out.Leaks {
			l := &out.Leaks[k]
			l.When, l.Value = r.exprs(l.When), r(l.Value)
		}
		pkg.Funcs[i] = &out
	}
}

func (r rewriter) defs(defs []equation.Def) []equation.Def {
	defs = slices.Clone(defs)
	for i := range defs {
		defs[i].Value = r(defs[i].Value)
	}
	return defs
}

func (r rewriter) exprs(exprs []*equation.Expr) []*equation.Expr {
	out := slices.Clone(exprs)
	for i := range out {
		out[i] = r(out[i])
	}
	return out
}
