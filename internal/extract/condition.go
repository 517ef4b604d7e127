package extract

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// test returns what a condition says about text, or nil if it says nothing.
func (f *function) test(cond ast.Expr) *equation.Expr {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return negate(f.test(e.X))
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.EQL:
			return f.equality(e.X, e.Y)
		case token.NEQ:
			return negate(f.equality(e.X, e.Y))
		case token.LAND, token.LOR:
			x, y := f.test(e.X), f.test(e.Y)
			if e.Op == token.LOR {
				return either(x, y)
			}
			return negate(either(negate(x), negate(y)))
		}
	case *ast.CallExpr:
		sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
		if !ok || len(e.Args) != 2 {
			return nil
		}
		fn, _ := f.x.Info.Uses[sel.Sel].(*types.Func)
		if fn == nil {
			return nil
		}
		op := map[string]string{"strings.HasPrefix": "prefix", "strings.HasSuffix": "suffix", "strings.Contains": "contains"}[fn.FullName()]
		if op != "" {
			return &equation.Expr{Op: equation.Test, Sym: op, Args: []*equation.Expr{f.quiet(e.Args[0]), f.quiet(e.Args[1])}}
		}
	}
	return nil
}

// equality is the Test that two texts are equal, if one of them is a constant.
func (f *function) equality(a, b ast.Expr) *equation.Expr {
	if len, ok := ast.Unparen(a).(*ast.CallExpr); ok {
		if tv := f.x.Info.Types[len.Fun]; tv.IsBuiltin() && f.x.Info.Types[b].Value != nil && f.x.Info.Types[b].Value.ExactString() == "0" {
			if isText(f.x.typeOf(len.Args[0])) {
				return &equation.Expr{Op: equation.Test, Sym: "==", Args: []*equation.Expr{f.quiet(len.Args[0]), {Op: equation.Text}}}
			}
		}
		return nil
	}
	va, vb := f.x.Info.Types[a].Value, f.x.Info.Types[b].Value
	if va == nil && vb == nil || va != nil && va.Kind() == constant.Bool || vb != nil && vb.Kind() == constant.Bool {
		return nil
	}
	return &equation.Expr{Op: equation.Test, Sym: "==", Args: []*equation.Expr{f.quiet(a), f.quiet(b)}}
}

// quiet evaluates an expression that has been walked already: what it records a second
// time is dropped.
func (f *function) quiet(e ast.Expr) *equation.Expr {
	uses, leaks := len(f.f.Uses), len(f.f.Leaks)
	x := f.share(f.expr(e))
	f.f.Uses, f.f.Leaks = f.f.Uses[:uses], f.f.Leaks[:leaks]
	return x
}

func negate(test *equation.Expr) *equation.Expr {
	switch {
	case test == nil:
		return nil
	case test.Sym == "not":
		return test.Args[0]
	}
	return &equation.Expr{Op: equation.Test, Sym: "not", Args: []*equation.Expr{test}}
}

func either(a, b *equation.Expr) *equation.Expr {
	if a == nil || b == nil {
		return nil // one side says nothing: neither does the whole
	}
	return &equation.Expr{Op: equation.Test, Sym: "or", Args: []*equation.Expr{a, b}}
}
