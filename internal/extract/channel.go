package extract

import (
	"go/ast"
	"go/types"
	"slices"
	"strconv"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// channel names a channel: what is sent is known by the variable or field that holds it, or,
// if that is a parameter, by its type.
func (f *function) channel(ch ast.Expr) string {
	switch e := ast.Unparen(ch).(type) {
	case *ast.Ident:
		if v, _ := f.x.Info.ObjectOf(e).(*types.Var); v != nil {
			if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
				return "chan " + f.x.varSym(v)
			}
			if !f.isParam(v) {
				return "chan " + f.x.Path + "@" + strconv.Itoa(f.x.Fset.PositionFor(v.Pos(), false).Offset) + v.Name()
			}
		}
	case *ast.SelectorExpr:
		if sel := f.x.Info.Selections[e]; sel != nil {
			return "chan " + typeSym(sel.Recv()) + "." + sel.Obj().Name()
		}
	}
	return f.anyChannel(ch)
}

func (f *function) isParam(v *types.Var) bool {
	for g := f; g != nil; g = g.outer {
		if slices.Contains(g.params, v) {
			return true
		}
	}
	return false
}

func elemType(t types.Type) types.Type {
	if c, ok := t.Underlying().(*types.Chan); ok {
		return c.Elem()
	}
	return t
}

// received is what comes out of a channel: what is sent to whatever holds it, or to a
// parameter of its type; or, if it has no name or nothing is sent by that name, what is sent
// to any channel of its type, as it may have other names elsewhere.
func (f *function) received(ch ast.Expr) *equation.Expr {
	sent := func(sym string) *equation.Expr { return &equation.Expr{Op: equation.Global, Sym: sym} }
	own, anywhere := f.channel(ch), f.anyChannel(ch)
	every := sent("every " + anywhere)
	if own == anywhere {
		return every
	}
	return &equation.Expr{Op: equation.Either, Args: []*equation.Expr{sent(own), sent(anywhere), every}}
}

// send records that a value goes to a channel.
func (f *function) send(ch ast.Expr, value *equation.Expr) {
	f.define(f.channel(ch), value, false)
	f.define("every "+f.anyChannel(ch), value, false)
}

// anyChannel names what a channel without a name of its own is to whoever uses it.
func (f *function) anyChannel(ch ast.Expr) string {
	return "chan of " + types.TypeString(elemType(f.x.typeOf(ch)), nil)
}
