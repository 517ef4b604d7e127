package extract

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
	"strconv"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// yielded is a variable of a loop over a function. Such a loop calls the function with one
// that runs the body: what the iterator hands to that is what the variable holds. An iterator
// of the standard library is not in sight; a table says of some that they stand for the list
// that they are made of.
func (f *function) yielded(s *ast.RangeStmt, sig *types.Signature, iterator *equation.Expr, i int, elem *equation.Expr) *equation.Expr {
	if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok {
		if fn := f.x.callee(call); fn != nil && (fn.Pkg() == nil || f.x.Std(fn.Pkg().Path())) {
			if _, stands := passes[funcSym(fn)]; stands {
				return elem
			}
			return f.opaque(s.X.Pos(), "it comes from an iterator", iterator)
		}
	}
	body := f.x.yields[s]
	if body == nil {
		body = f.loopBody(s, sig)
		f.f.Calls = append(f.f.Calls, equation.Call{Value: iterator, Args: []*equation.Expr{{Op: equation.Closure, Sym: body.Sym}},
			When: f.flow.when, Pos: f.x.pos(s.X.Pos())})
	}
	return f.share(&equation.Expr{Op: equation.Global, Sym: body.Sym + "#" + strconv.Itoa(i)})
}

// loopBody is the function that runs the body of a loop over an iterator: it keeps what it is
// given in cells.
func (f *function) loopBody(s *ast.RangeStmt, sig *types.Signature) *equation.Func {
	body := f.x.newFunc(f, f.f.Sym+"$range@"+strconv.Itoa(f.x.Fset.PositionFor(s.Pos(), false).Offset), "the body of a loop in "+f.f.Name, nil)
	n := 2
	if sig.Params().Len() == 1 {
		if yield, ok := sig.Params().At(0).Type().Underlying().(*types.Signature); ok {
			n = yield.Params().Len()
		}
	}
	body.f.Params = n
	for i := range n {
		body.define(body.f.Sym+"#"+strconv.Itoa(i), &equation.Expr{Op: equation.Param, N: i}, false)
	}
	if f.x.yields == nil {
		f.x.yields = map[*ast.RangeStmt]*equation.Func{}
	}
	f.x.yields[s] = body.f
	return body.f
}

// callee returns the function or method that a call names, or nil.
func (x *extractor) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(x.Info, call).(*types.Func)
	return fn
}
