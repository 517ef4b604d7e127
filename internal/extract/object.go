package extract

import (
	"go/ast"
	"go/types"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
)

// assignField changes a field. The object is followed where the walk knows it, and
// the value counts for every reader of the field that does not.
func (f *function) assignField(l *ast.SelectorExpr, sel *types.Selection, e *equation.Expr) {
	e = f.share(e)
	object, owner := f.embedded(f.expr(l.X), sel)
	sym := owner + "." + sel.Obj().Name()
	root := f.rootVar(l.X)
	_, followed := f.flow.vars[root]
	param := -1
	if root != nil {
		param = f.paramOf(root)
	}
	owned := root != nil && followed && param < 0
	if !f.x.stdSym(sym) {
		f.x.out.Stores = append(f.x.out.Stores, equation.Def{Sym: sym, Func: f.index, Value: e, Owned: owned, Param: param})
	}
	updated := &equation.Expr{Op: equation.With, Sym: sym, Text: sel.Obj().Name(), Args: []*equation.Expr{object, e}}
	if root != nil {
		f.rebuild(l.X, sel, updated)
	}
	f.fieldUse(l, sym, updated)
}

// rebuild assigns the updated object to the variable that holds it, through any
// number of fields.
func (f *function) rebuild(holder ast.Expr, sel *types.Selection, updated *equation.Expr) {
	switch h := ast.Unparen(holder).(type) {
	case *ast.Ident:
		if v, _ := f.x.Info.ObjectOf(h).(*types.Var); v != nil {
			if _, cell := f.x.cells[v]; !cell {
				f.flow.vars[v] = f.share(updated)
			}
		}
	case *ast.StarExpr:
		f.rebuild(h.X, nil, updated)
	case *ast.UnaryExpr:
		f.rebuild(h.X, nil, updated)
	case *ast.SelectorExpr:
		s := f.x.Info.Selections[h]
		if s == nil {
			return
		}
		object, owner := f.embedded(f.expr(h.X), s)
		name := s.Obj().Name()
		f.rebuild(h.X, s, &equation.Expr{Op: equation.With, Sym: owner + "." + name, Text: name, Args: []*equation.Expr{object, updated}})
	}
}

// paramOf returns the parameter that a variable still holds, changed fields aside, or -1.
func (f *function) paramOf(v *types.Var) int { return f.root(f.flow.vars[v]) }

func (f *function) root(e *equation.Expr) int {
	switch {
	case e == nil:
	case e.Op == equation.Param:
		return e.N
	case e.Op == equation.Local:
		return f.roots[e.N]
	case e.Op == equation.With || e.Op == equation.Loop || e.Op == equation.Phi || e.Op == equation.Effect:
		return f.root(e.Args[0])
	}
	return -1
}

// track lets every variable that a call is given, and that holds an object which is
// followed here, be what the call makes of it.
func (f *function) track(call int, exprs []ast.Expr, sig *types.Signature, recv bool) {
	n := len(exprs)
	if sig != nil && sig.Variadic() {
		n = min(n, sig.Params().Len()-1)
		if recv {
			n = min(len(exprs), sig.Params().Len())
		}
	}
	for i, e := range exprs[:max(n, 0)] {
		c := &f.f.Calls[call]
		switch ast.Unparen(deref(e)).(type) {
		case *ast.CallExpr, *ast.CompositeLit:
			c.Temporary = append(c.Temporary, i)
		}
		v := f.followed(e)
		if v == nil {
			continue
		}
		if t := f.x.typeOf(e); written(v.Type()) && !isPointer(t) && !isWriter(t) {
			continue // it is given a copy
		}
		c.Tracked = append(c.Tracked, i)
		after := &equation.Expr{Op: equation.Effect, N: call, I: i, Args: []*equation.Expr{f.flow.vars[v]}}
		if isBuilder(v.Type()) {
			after.Text = "builder"
		}
		f.flow.vars[v] = f.share(after)
	}
}

// written reports whether a variable of a type holds what functions change that are given
// it: a builder, a URL or a request.
func written(t types.Type) bool {
	switch typeSym(t) {
	case sink.URLType, sink.RequestType:
		return true
	}
	return isBuilder(t) || isWriter(t)
}

// followed returns the variable that an argument names if it is a local one that holds a
// struct of the program's own, or a pointer to one, and is not a parameter, or if it holds
// what functions change that are given it.
func (f *function) followed(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(deref(e)).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := f.x.Info.ObjectOf(id).(*types.Var)
	if v == nil {
		return nil
	}
	_, known := f.flow.vars[v]
	switch {
	case !known:
		return nil
	case written(v.Type()):
		return v
	case structOf(v.Type()) == nil || f.x.stdSym(typeSym(v.Type())+".x") || f.paramOf(v) >= 0:
		return nil
	}
	return v
}
