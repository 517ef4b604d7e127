package extract

import (
	"go/ast"
	"go/types"
	"slices"
	"strconv"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// channel names a channel: what is sent is known by the variable or field that holds it; a
// channel that is a parameter meets everything of its type.
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
	return "chan of " + types.TypeString(elemType(f.x.typeOf(ch)), nil)
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
// parameter of its type.
func (f *function) received(ch ast.Expr) *equation.Expr {
	own := f.channel(ch)
	anywhere := "chan of " + types.TypeString(elemType(f.x.typeOf(ch)), nil)
	x := &equation.Expr{Op: equation.Global, Sym: own}
	if own == anywhere {
		return x
	}
	return &equation.Expr{Op: equation.Either, Args: []*equation.Expr{x, {Op: equation.Global, Sym: anywhere}}}
}
