package extract

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// What the walk does not model is unknown, never absent: an operation without a meaning here
// is Opaque of all its operands, so that whoever asks learns which text may be in it.

// unknown is a value that no text of the program has a say in.
func unknown(reason string) *equation.Expr { return &equation.Expr{Op: equation.Opaque, Text: reason} }

// opaque is the result of an operation that is not modelled, of everything that has a say in it.
func (f *function) opaque(pos token.Pos, reason string, operands ...*equation.Expr) *equation.Expr {
	x := unknown(reason)
	for _, e := range operands {
		if e != nil && !silent(e) {
			x.Args = append(x.Args, f.share(e))
		}
	}
	if len(x.Args) > 0 {
		at := f.x.pos(pos)
		x.N, x.I = at.Line, at.File+1
	}
	return x
}

// opaqueAs is the same for a result of some type.
func (f *function) opaqueAs(t types.Type, pos token.Pos, reason string, operands ...*equation.Expr) *equation.Expr {
	if !carries(t) {
		return unknown(reason)
	}
	return f.opaque(pos, reason, operands...)
}

// silent reports whether an expression is made of no text at all.
func silent(e *equation.Expr) bool { return e.Op == equation.Opaque && len(e.Args) == 0 }

// bearers are the types of which no value carries the text that it was made from, and why.
var bearers = map[string]string{
	"net/http.Response":                  "what a server answers is not made of the text of the request",
	"net/http/httptest.ResponseRecorder": "the same, for a server of the program",
	"os.File":                            "what a file holds is not made of its name",
	"io/fs.File":                         "the same",
}

// severed are the functions whose results are not made of the text that they are given, and why.
var severed = map[string]string{
	"(*net/url.URL).Query":          "a query is not part of a path",
	"encoding/json.Marshal":         "an object that is written down is read again by a decoder, which fills fields",
	"encoding/json.MarshalIndent":   "the same",
	"encoding/xml.Marshal":          "the same",
	"encoding/xml.MarshalIndent":    "the same",
	"(*net/http.Client).Do":         "what a server answers is not made of the text of the request",
	"(*net/http.Request).Cookie":    "a cookie is no part of a path",
	"(*net/http.Request).UserAgent": "a header is no part of a path",
}

// cutting are the functions that return pieces of their text as they are: a whole URL in it
// is whole in the piece.
var cutting = map[string]bool{
	"strings.Cut":                  true,
	"bytes.Cut":                    true,
	"strings.Fields":               true,
	"(*bufio.Scanner).Text":        true,
	"(*bufio.Scanner).Bytes":       true,
	"(*bufio.Reader).ReadString":   true,
	"(*bufio.Reader).ReadBytes":    true,
	"io.ReadAll":                   true,
	"(*strings.Reader).ReadString": true,
}

// returned is what a function of the standard library returns that no table knows.
func (f *function) returned(name string, sig *types.Signature, pos token.Pos, args []*equation.Expr) []*equation.Expr {
	reason := "it is returned by " + short(name)
	if severed[name] != "" {
		return f.opaqueResults(sig, pos, reason)
	}
	out := f.opaqueResults(sig, pos, reason, args...)
	for _, x := range out {
		if x.Op == equation.Local && cutting[name] && f.unchanged(args) {
			f.f.Locals[x.N].Sym = equation.Piece
		}
	}
	return out
}

// unchanged reports whether text that has gone through something that is not modelled is a
// piece of what went in.
func (f *function) unchanged(args []*equation.Expr) bool {
	return !slices.ContainsFunc(args, func(e *equation.Expr) bool {
		for e.Op == equation.Local {
			e = f.f.Locals[e.N]
		}
		return e.Op == equation.Opaque && len(e.Args) > 0 && e.Sym != equation.Piece
	})
}

// carries reports whether text that an operation is given may be in its result, if that is of
// a type: a truth value is a branch, the text of an error is for people.
func carries(t types.Type) bool {
	if t == nil {
		return true
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		return b.Info()&types.IsBoolean == 0
	}
	return !types.Identical(t, types.Universe.Lookup("error").Type()) && bearers[typeSym(t)] == ""
}

// opaqueResults stands for what a call that is not modelled returns: each result is Opaque of the
// operands, if its type can carry them.
func (f *function) opaqueResults(sig *types.Signature, pos token.Pos, reason string, operands ...*equation.Expr) []*equation.Expr {
	if sig == nil || sig.Results().Len() == 0 {
		return []*equation.Expr{unknown(reason)}
	}
	var out []*equation.Expr
	for v := range sig.Results().Variables() {
		out = append(out, f.share(f.opaqueAs(v.Type(), pos, reason, operands...)))
	}
	return out
}

// operands are the values of all expressions directly below a node that is not modelled.
func (f *function) operands(n ast.Node) []*equation.Expr {
	var out []*equation.Expr
	ast.Inspect(n, func(m ast.Node) bool {
		e, ok := m.(ast.Expr)
		if !ok || m == n {
			return true
		}
		if !f.x.Info.Types[e].IsType() {
			out = append(out, f.expr(e))
		}
		return false
	})
	return out
}

// escapes makes a variable that holds text or a container of it unknown from here on: its
// address, or another name of what it holds, goes where changes are not followed.
// It reports whether there is such a variable.
func (f *function) escapes(e ast.Expr, reason string, operands ...*equation.Expr) bool {
	for {
		s, ok := ast.Unparen(e).(*ast.SliceExpr)
		if !ok {
			break
		}
		e = s.X
	}
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok && f.x.Info.Selections[sel] != nil {
		// The field alone: the rest of the object stays as it is.
		f.assignTo(sel, f.opaque(e.Pos(), reason, slices.Concat([]*equation.Expr{f.expr(sel)}, operands)...), false)
		return true
	}
	v := f.rootVar(e)
	if v == nil {
		return false
	}
	_, followed := f.flow.vars[v]
	if _, cell := f.x.cells[v]; !followed && !cell {
		return false
	}
	f.set(v, f.opaque(e.Pos(), reason, slices.Concat([]*equation.Expr{f.lookup(v)}, operands)...))
	return true
}

// handed is an argument of a call. The address of a builder is no reason yet to know nothing
// of it any more: release decides when it is known who gets it.
func (f *function) handed(e ast.Expr) *equation.Expr {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND && isBuilder(f.x.typeOf(u.X)) {
		return f.expr(u.X)
	}
	return f.expr(e)
}

// rearranging are the packages whose functions change the lists and maps that they are given.
var rearranging = map[string]bool{"slices": true, "sort": true, "maps": true, "math/rand": true, "math/rand/v2": true}

// release says that a function of a library, which is not followed, may write to what it is
// given: to builders and texts by their address, to the elements of lists and maps.
func (f *function) release(callee *types.Func, exprs []ast.Expr, args []*equation.Expr) {
	rearranges := callee.Pkg() != nil && rearranging[callee.Pkg().Path()]
	for _, e := range exprs {
		t := f.x.typeOf(e)
		u, ok := ast.Unparen(e).(*ast.UnaryExpr)
		address := ok && u.Op == token.AND
		switch _, isMap := t.Underlying().(*types.Map); {
		case isBuilder(t) && isPointer(t):
			f.escapes(deref(e), "whoever has its address may write to it", args...)
		case structOf(t) != nil && isPointer(t) && !f.x.stdSym(typeSym(t)+".x"):
			f.x.filled(t, 0)
		case address && isText(f.x.typeOf(u.X)):
			f.assignTo(u.X, f.opaque(e.Pos(), "it is set by "+short(funcSym(callee)), args...), false)
		case rearranges && (isSlice(t) || isMap):
			f.escapes(e, "its elements are changed by "+short(funcSym(callee)), args...)
		}
	}
}

// filled notes a struct type, and those of its fields, of which a decoder may fill objects.
func (x *extractor) filled(t types.Type, depth int) {
	s := structOf(t)
	if sym := typeSym(t); s == nil || depth > 5 || slices.Contains(x.out.Filled, sym) || x.stdSym(sym+".x") {
		return
	} else {
		x.out.Filled = append(x.out.Filled, sym)
	}
	for field := range s.Fields() {
		x.filled(field.Type(), depth+1)
	}
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
