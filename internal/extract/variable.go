package extract

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// zero is the value of a variable that nobody assigned to.
func (f *function) zero(t types.Type) *equation.Expr {
	if isBuilder(t) {
		return &equation.Expr{Op: equation.Text}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return &equation.Expr{Op: equation.Composite, Sym: typeSym(t), N: -1}
	case *types.Slice:
		if !isText(u) {
			return &equation.Expr{Op: equation.List}
		}
	}
	if isText(t) {
		return &equation.Expr{Op: equation.Text}
	}
	return unknown("it has no value yet")
}

// grows reports whether a method of that name changes what a builder holds.
func grows(method string) bool {
	return strings.HasPrefix(method, "Write") || strings.HasPrefix(method, "Read") || method == "Reset" || method == "Truncate"
}

// zeroOf says what a field of a type holds in an object whose literal leaves it out.
func zeroOf(t types.Type) int {
	if isText(t) || isBuilder(t) {
		return equation.ZeroText
	}
	switch t.Underlying().(type) {
	case *types.Slice:
		return equation.ZeroList
	case *types.Map:
		return equation.ZeroMap
	}
	return equation.ZeroOther
}

// lookup returns the value of a variable where the walk stands.
func (f *function) lookup(v *types.Var) *equation.Expr {
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return &equation.Expr{Op: equation.Global, Sym: f.x.varSym(v)}
	}
	if cell, ok := f.x.cells[v]; ok {
		return &equation.Expr{Op: equation.Global, Sym: cell}
	}
	if e, ok := f.flow.vars[v]; ok {
		return e
	}
	if f.outer != nil {
		if e := f.outer.lookup(v); e.Op != equation.Global && e.Op != equation.Const {
			return &equation.Expr{Op: equation.Outer, Args: []*equation.Expr{e}}
		} else {
			return e
		}
	}
	return unknown("the variable " + v.Name() + " is not followed")
}

// declare gives a new variable its first value.
func (f *function) declare(v *types.Var, e *equation.Expr) {
	if cell, ok := f.x.cells[v]; ok {
		f.define(cell, e, e.Op == equation.Text && e.Text == "")
		return
	}
	f.flow.vars[v] = f.share(e)
}

// set assigns to a variable.
func (f *function) set(v *types.Var, e *equation.Expr) {
	switch cell, ok := f.x.cells[v]; {
	case v.Pkg() != nil && v.Parent() == v.Pkg().Scope():
		f.define(f.x.varSym(v), e, false)
	case ok:
		f.define(cell, e, false)
	default:
		f.flow.vars[v] = f.share(e)
	}
}

func (f *function) define(sym string, e *equation.Expr, init bool) {
	f.x.out.Globals = append(f.x.out.Globals, equation.Def{Sym: sym, Func: f.index, Value: e, Init: init})
}

// share makes an expression a numbered local, so that two uses of it are one value
// and no expression grows by copying.
func (f *function) share(e *equation.Expr) *equation.Expr {
	switch e.Op {
	case equation.Opaque:
		if silent(e) {
			return e
		}
	case equation.Lit, equation.Text, equation.Const, equation.Global, equation.Local, equation.Param, equation.FuncRef:
		return e
	}
	f.roots = append(f.roots, f.root(e))
	f.f.Locals = append(f.f.Locals, e)
	return &equation.Expr{Op: equation.Local, N: len(f.f.Locals) - 1}
}

// rootVar returns the local variable that an expression reads or changes a part of.
func (f *function) rootVar(e ast.Expr) *types.Var {
	for {
		switch t := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.SliceExpr:
			e = t.X
		case *ast.StarExpr:
			e = t.X
		case *ast.UnaryExpr:
			e = t.X
		case *ast.Ident:
			v, _ := f.x.Info.ObjectOf(t).(*types.Var)
			if v != nil && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
				return nil
			}
			return v
		default:
			return nil
		}
	}
}

// findCells decides which local variables of a body are cells: those that a
// function literal shares with its surroundings while somebody assigns to them
// again, strings whose address is taken, and in a body with a goto, whose order is not that
// of its statements, whatever is assigned to again.
func (f *function) findCells(body ast.Node) {
	jumps := false
	type usage struct {
		home     *ast.FuncLit // literal that declares the variable
		shared   bool
		assigned int
	}
	uses := map[*types.Var]*usage{}
	var stack []*ast.FuncLit
	var order []*types.Var
	info := f.x.Info
	get := func(id *ast.Ident) *usage {
		v, _ := info.ObjectOf(id).(*types.Var)
		if v == nil || v.IsField() || v.Parent() == nil || v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return nil
		}
		u := uses[v]
		if u == nil {
			u = &usage{}
			if _, defined := info.Defs[id]; defined && len(stack) > 0 {
				u.home = stack[len(stack)-1]
			}
			uses[v] = u
			order = append(order, v)
		}
		return u
	}
	assign := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			if u := get(id); u != nil && info.Defs[id] == nil {
				u.assigned++
			}
		}
	}
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			stack = append(stack, n)
			ast.Inspect(n.Type, visit)
			ast.Inspect(n.Body, visit)
			stack = stack[:len(stack)-1]
			return false
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				assign(l)
			}
		case *ast.IncDecStmt:
			assign(n.X)
		case *ast.BranchStmt:
			jumps = jumps || n.Tok == token.GOTO
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				assign(n.Key)
				if n.Value != nil {
					assign(n.Value)
				}
			}
		case *ast.CallExpr:
			// A method of a builder writes to it.
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && isBuilder(f.x.typeOf(sel.X)) && grows(sel.Sel.Name) {
				assign(sel.X)
			}
		case *ast.UnaryExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && n.Op == token.AND {
				if u := get(id); u != nil && isText(f.x.typeOf(id)) {
					u.shared = true
					u.assigned++
				} else if u != nil && isBuilder(f.x.typeOf(id)) {
					u.assigned++
				}
			}
		case *ast.Ident:
			if u := get(n); u != nil {
				var here *ast.FuncLit
				if len(stack) > 0 {
					here = stack[len(stack)-1]
				}
				if here != u.home {
					u.shared = true
				}
			}
		}
		return true
	}
	ast.Inspect(body, visit)
	slices.SortFunc(order, func(a, b *types.Var) int { return int(a.Pos() - b.Pos()) })
	for _, v := range order {
		if u := uses[v]; (u.shared || jumps) && u.assigned > 0 {
			f.x.cells[v] = f.f.Sym + "#" + v.Name() + "@" + strconv.Itoa(f.x.Fset.PositionFor(v.Pos(), false).Offset)
		}
	}
}
