package extract

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// cutters are the functions that take a path apart, into pieces of which the number or the place
// tells what they are.
var cutters = map[string]bool{
	"strings.Split":                 true,
	"strings.SplitN":                true,
	"strings.SplitAfter":            true,
	"strings.SplitAfterN":           true,
	"strings.SplitSeq":              true,
	"strings.SplitAfterSeq":         true,
	"strings.FieldsFunc":            true,
	"strings.FieldsFuncSeq":         true,
	"strings.Cut":                   true,
	"strings.Index":                 true,
	"strings.IndexByte":             true,
	"strings.LastIndex":             true,
	"strings.LastIndexByte":         true,
	"strings.Count":                 true,
	"path.Base":                     true,
	"path.Split":                    true,
	"fmt.Sscanf":                    true,
	"(*net/http.Request).PathValue": true,
}

// sources are the fields and methods that hold the path of a request.
var sources = map[string]bool{
	"net/url.URL.Path":              true,
	"net/url.URL.RawPath":           true,
	"net/http.Request.RequestURI":   true,
	"(*net/url.URL).EscapedPath":    true,
	"(*net/url.URL).RequestURI":     true,
	"(*net/url.URL).String":         true,
	"(*net/http.Request).PathValue": true,
}

// cuts lists the places of a function that take the path of a request apart which it is given.
func (x *extractor) cuts(decl *ast.FuncDecl) {
	if decl.Body == nil || !x.givenRequest(decl) {
		return
	}
	held := map[types.Object]bool{} // variables with the path of a request
	var holds func(e ast.Expr) bool
	holds = func(e ast.Expr) bool {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			return held[x.Info.ObjectOf(e)]
		case *ast.SelectorExpr:
			v, ok := x.Info.ObjectOf(e.Sel).(*types.Var)
			return ok && v.IsField() && sources[fieldName(x.Info.TypeOf(e.X), v)]
		case *ast.CallExpr:
			if fn := x.calledFunc(e); fn != nil && sources[fn.FullName()] {
				return true
			}
			for _, arg := range e.Args { // trimmed, lowered, replaced
				if holds(arg) {
					return true
				}
			}
		}
		return false
	}
	var found []equation.Cut
	texts := map[string]bool{}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if id, ok := left.(*ast.Ident); ok && len(n.Rhs) == len(n.Lhs) && x.isText(n.Rhs[i]) && holds(n.Rhs[i]) {
					held[x.Info.ObjectOf(id)] = true
				}
			}
		case *ast.CallExpr:
			fn := x.calledFunc(n)
			if fn == nil || !cutters[fn.FullName()] {
				break
			}
			if fn.Type().(*types.Signature).Recv() != nil || len(n.Args) > 0 && holds(n.Args[0]) {
				found = append(found, equation.Cut{Op: short(fn.FullName()), Pos: x.pos(n.Pos())})
			}
		case *ast.SliceExpr:
			if x.isText(n.X) && holds(n.X) {
				found = append(found, equation.Cut{Op: "a slice expression", Pos: x.pos(n.Pos())})
			}
		case ast.Expr:
			if tv := x.Info.Types[n]; tv.Value != nil && tv.Value.Kind() == constant.String {
				texts[constant.StringVal(tv.Value)] = true
			}
		}
		return true
	})
	for i := range found {
		found[i].Texts = texts
	}
	x.out.Cuts = append(x.out.Cuts, found...)
}

// givenRequest reports whether a function, or a function literal in it, is given a request.
func (x *extractor) givenRequest(decl *ast.FuncDecl) bool {
	given := false
	ast.Inspect(decl, func(n ast.Node) bool {
		if f, ok := n.(*ast.FuncType); ok && f.Params != nil {
			for _, p := range f.Params.List {
				given = given || types.TypeString(x.Info.TypeOf(p.Type), nil) == "*net/http.Request"
			}
		}
		return !given
	})
	return given
}

func (x *extractor) isText(e ast.Expr) bool {
	t := x.Info.TypeOf(e)
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// calledFunc is the function or method that a call calls, nil if that is a value.
func (x *extractor) calledFunc(call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, _ := x.Info.ObjectOf(id).(*types.Func)
	return fn
}

// fieldName is a field with the type that has it.
func fieldName(t types.Type, field *types.Var) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	return types.TypeString(t, nil) + "." + field.Name()
}
