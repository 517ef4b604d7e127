package extract

import (
	"go/ast"
	"go/types"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// address is a pointer to a variable or field that holds text, by which others may assign to
// it. A pointer to anything else stands for what it leads to.
func (f *function) address(e ast.Expr, x *equation.Expr) *equation.Expr {
	if !isText(f.x.typeOf(e)) {
		return x
	}
	var v *types.Var
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, _ = f.x.Info.ObjectOf(e).(*types.Var)
	case *ast.SelectorExpr:
		if sel := f.x.Info.Selections[e]; sel == nil {
			v, _ = f.x.Info.Uses[e.Sel].(*types.Var)
		} else if x.Op == equation.Field && !f.x.stdSym(x.Sym) {
			return &equation.Expr{Op: equation.Address, Sym: x.Sym, I: 1, Args: []*equation.Expr{x}}
		}
	}
	if v == nil {
		return x
	}
	if held := f.lookup(v); held.Op == equation.Global {
		return &equation.Expr{Op: equation.Address, Sym: held.Sym, Args: []*equation.Expr{x}}
	}
	return x
}

// receiver is what a method is given that is called on a value: its address, if the method
// may change it.
func (f *function) receiver(e ast.Expr, x *equation.Expr, method *types.Func) *equation.Expr {
	_, changes := method.Signature().Recv().Type().(*types.Pointer)
	if _, is := f.x.typeOf(e).Underlying().(*types.Pointer); !changes || is {
		return x
	}
	return f.address(e, x)
}

// read is what a pointer leads to: a copy of a text is no way to its variable.
func (f *function) read(e *ast.StarExpr) *equation.Expr {
	x := f.expr(e.X)
	if isText(f.x.typeOf(e)) {
		return &equation.Expr{Op: equation.Concat, Args: []*equation.Expr{x}}
	}
	return x
}

// write assigns to what a pointer leads to. Whoever reads through the same pointer behind
// it sees the new value.
func (f *function) write(e *ast.StarExpr, value *equation.Expr) {
	if isText(f.x.typeOf(e)) {
		w := equation.Write{Func: f.index, Pointer: f.share(f.expr(e.X)), Value: f.share(value)}
		f.x.out.Writes = append(f.x.out.Writes, w)
		value = &equation.Expr{Op: equation.Through, Args: []*equation.Expr{w.Pointer, w.Value}}
	}
	f.assignTo(e.X, value, false)
}
