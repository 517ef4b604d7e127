package extract

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// mark notes where an expression stands and what a reader would call it, if marks are asked
// for. The first mark of an equation side stays: it is the innermost.
func (f *function) mark(x *equation.Expr, e ast.Expr) {
	if !f.x.Marks || e == nil {
		return
	}
	if x.Op == equation.Local {
		x = f.f.Locals[x.N]
	}
	switch x.Op {
	case equation.Lit, equation.Text, equation.Param, equation.Outer, equation.Local, equation.Concat:
		return // text, or something that has a name of its own
	}
	name := f.nameOf(e)
	if x.Mark == 0 && name != "" {
		f.x.out.Marks = append(f.x.out.Marks, equation.Mark{Name: name, Pos: f.x.pos(e.Pos())})
		x.Mark = len(f.x.out.Marks)
	}
}

// name notes the name of the next parameter; nil if it has none.
func (f *function) name(id *ast.Ident) {
	if !f.x.Marks {
		return
	}
	var m equation.Mark
	if id != nil {
		m = equation.Mark{Name: id.Name, Pos: f.x.pos(id.Pos())}
	}
	f.f.Named = append(f.f.Named, m)
}

// nameOf is the identifier that says best what an expression is: a variable, a field, a
// function; for a conversion, or a function that only formats, what is converted.
func (f *function) nameOf(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if f.x.Info.Types[e].IsNil() {
			return "" // whoever reads it has a name for it
		}
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return f.nameOf(e.X)
	case *ast.UnaryExpr:
		return f.nameOf(e.X)
	case *ast.IndexExpr:
		return f.nameOf(e.X)
	case *ast.SliceExpr:
		return f.nameOf(e.X)
	case *ast.TypeAssertExpr:
		return f.nameOf(e.X)
	case *ast.BinaryExpr:
		if name := f.nameOf(e.X); name != "" {
			return name
		}
		return f.nameOf(e.Y)
	case *ast.CallExpr:
		return f.nameOfCall(e)
	}
	return ""
}

// nameOfCall is the name of what a call returns: of what it converts or formats, of the key
// that it looks up, as in r.PathValue("id"), of the receiver that it only writes down, as in
// query.Encode(), or else of the function.
func (f *function) nameOfCall(e *ast.CallExpr) string {
	if f.x.Info.Types[e.Fun].IsType() && len(e.Args) == 1 {
		return f.nameOf(e.Args[0])
	}
	if len(e.Args) == 1 {
		if key := f.key(e.Args[0]); key != "" {
			return key
		}
	}
	sel, _ := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	if sel == nil {
		return f.nameOf(e.Fun)
	}
	fn, _ := f.x.Info.Uses[sel.Sel].(*types.Func)
	if fn == nil || fn.Pkg() == nil {
		return sel.Sel.Name
	}
	name := ""
	switch path := fn.Pkg().Path(); {
	case len(e.Args) > 0 && (path == "strconv" || path == "strings"):
		name = f.nameOf(e.Args[0])
	case len(e.Args) == 0 && f.x.Std(path):
		name = f.nameOf(sel.X)
	}
	if name == "" {
		name = sel.Sel.Name
	}
	return name
}

// key is the text of a constant argument if it looks like the name of something.
func (f *function) key(e ast.Expr) string {
	v := f.x.Info.Types[e].Value
	if v == nil || v.Kind() != constant.String {
		return ""
	}
	text := constant.StringVal(v)
	if !token.IsIdentifier(strings.NewReplacer("-", "_", ".", "_").Replace(text)) {
		return ""
	}
	return text
}
