package extract

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// A list may get another element only where nobody asks how many it has. What can be
// solved does not ask: a join, a loop over the elements, an index that such a loop
// counts. Everything else is written down as Counted.

// element is an element of a list that may have any number of them.
func (f *function) element(e ast.Expr) *equation.Expr {
	x := f.handed(e)
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
		f.x.spot(x.N).Element = true
	}
	return x
}

func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

// isList reports whether a value of the type is a slice of texts, or of anything.
func isList(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && !isText(t) && (isText(s.Elem()) || types.IsInterface(s.Elem()))
}

// counted records that a place depends on the number of a list's elements.
func (f *function) counted(by string, e ast.Expr, list *equation.Expr) {
	if isList(f.x.typeOf(e)) {
		f.leak(equation.Counted, by, list, e.Pos())
	}
}

// variable returns the variable that an expression names, or nil.
func (f *function) variable(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := f.x.Info.ObjectOf(id).(*types.Var)
	return v
}

// lenOf returns the operand of a call of len, or nil.
func (f *function) lenOf(e ast.Expr) ast.Expr {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "len" && f.x.Info.Types[call.Fun].IsBuiltin() {
		return call.Args[0]
	}
	return nil
}

// emptiness returns the list of a comparison that asks whether it has elements at all,
// which every element answers, however many they become.
func (f *function) emptiness(e *ast.BinaryExpr) ast.Expr {
	list := f.lenOf(e.X)
	v := f.x.Info.Types[e.Y].Value
	if list == nil || v == nil || v.Kind() != constant.Int || !isList(f.x.typeOf(list)) {
		return nil
	}
	n, _ := constant.Int64Val(v)
	switch e.Op {
	case token.EQL, token.NEQ, token.GTR, token.LEQ:
		if n == 0 {
			return list
		}
	case token.LSS, token.GEQ:
		if n == 1 {
			return list
		}
	}
	return nil
}

// made is the value of a make for a list as long as another one, or nil.
func (f *function) made(e *ast.CallExpr, t types.Type) *equation.Expr {
	if !isList(t) || len(e.Args) < 2 {
		return nil
	}
	if len(e.Args) == 3 {
		// A capacity says nothing, but the length may.
		f.expr(e.Args[1])
		f.quiet(e.Args[2])
		return f.zero(t)
	}
	if list := f.lenOf(e.Args[1]); list != nil && isList(f.x.typeOf(list)) {
		return &equation.Expr{Op: equation.Blank, Args: []*equation.Expr{f.share(f.expr(list))}}
	}
	return nil
}

// size notes that a variable is made with the length of a list.
func (f *function) size(lhs, rhs ast.Expr) {
	v := f.variable(lhs)
	if v == nil {
		return
	}
	delete(f.sized, v)
	call, ok := ast.Unparen(rhs).(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); !ok || id.Name != "make" || !f.x.Info.Types[call.Fun].IsBuiltin() {
		return
	}
	if list := f.lenOf(call.Args[1]); list != nil && f.variable(list) != nil {
		if f.sized == nil {
			f.sized = map[*types.Var]*types.Var{}
		}
		f.sized[v] = f.variable(list)
	}
}

// ranges reports whether an index is that of a loop over the very list, or over the one
// that it has its length from.
func (f *function) ranges(e *ast.IndexExpr) bool {
	list, key := f.variable(e.X), f.variable(e.Index)
	if list == nil || key == nil || f.keys[key] == nil {
		return false
	}
	over := f.keys[key]
	return list == over || f.sized[list] == over || f.sized[over] == list
}

func blank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return e == nil || ok && id.Name == "_"
}

// numbered notes the variable that numbers the elements in a loop over a list. The list is
// counted if the number is of use for more than an index or the question whether the
// element is the first, or if the loop wants nothing but the number of rounds.
func (f *function) numbered(s *ast.RangeStmt, list *equation.Expr) {
	key, over := s.Key, f.variable(s.X)
	if !isList(f.x.typeOf(s.X)) {
		return
	}
	if blank(key) {
		if blank(s.Value) {
			f.counted("a loop", s.X, list) // a round for each, whatever it is
		}
		return
	}
	v := f.variable(key)
	if s.Tok != token.DEFINE || v == nil {
		f.counted("a loop", s.X, list)
		return
	}
	if over != nil {
		if f.keys == nil {
			f.keys = map[*types.Var]*types.Var{}
		}
		f.keys[v] = over
	}
	harmless := map[ast.Node]bool{}
	ast.Inspect(s.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			harmless[ast.Unparen(n.Index)] = f.ranges(n)
		case *ast.BinaryExpr:
			// "Not the first" is said of every further element.
			if y := f.x.Info.Types[n.Y].Value; y != nil && y.ExactString() == "0" {
				harmless[ast.Unparen(n.X)] = n.Op == token.EQL || n.Op == token.NEQ || n.Op == token.GTR
			}
		case *ast.Ident:
			if f.x.Info.Uses[n] == v && !harmless[n] {
				f.counted("a loop", s.X, list)
				return false
			}
		}
		return true
	})
}
