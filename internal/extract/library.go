package extract

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// sink records what a row of the sink table says about a call. The result is nil if
// the string functions know what the call returns.
func (f *function) sink(row *sink.Row, e *ast.CallExpr, args []*equation.Expr) []*equation.Expr {
	sig, _ := f.x.typeOf(e.Fun).(*types.Signature)
	operands := len(args) // the operands of a variadic parameter are one list, the last argument
	if sig != nil && sig.Variadic() && operands > 0 && args[operands-1].Op == equation.List {
		operands--
	}
	arg := func(i int) *equation.Expr {
		switch {
		case i < 0:
		case i < operands:
			return args[i]
		case operands < len(args) && i-operands < len(args[operands].Args):
			return args[operands].Args[i-operands]
		}
		return nil
	}
	pos := f.x.pos(e.Pos())
	rest := func(first *equation.Expr) []*equation.Expr {
		out := f.opaqueResults(sig, e.Pos(), "it is a second result")
		out[0] = first
		return out
	}
	on, url, method, host := arg(row.On), arg(row.URL), f.oneMethod(arg(row.Method)), arg(row.Host)
	if operands < len(args) && len(args[operands].Args) != 1 && row.Method == operands {
		method = nil // several methods
	}
	handler := arg(row.Handler)
	if a := f.argument(e, row.URL); row.Role == sink.Mount && a != nil && !isText(f.x.typeOf(a)) {
		url, handler = nil, url // mounted without a prefix, where the arguments may be anything
	}
	if row.Method == sink.Held && on != nil {
		method = &equation.Expr{Op: equation.Field, Sym: sink.MethodField, Text: "method", Args: []*equation.Expr{on}}
	}
	if row.Field != "" && url != nil {
		object := url
		url = structField(object, f.x.typeOf(f.argument(e, row.URL)), row.Field)
		if row.MethodField != "" {
			method = structField(object, f.x.typeOf(f.argument(e, row.URL)), row.MethodField)
		}
	}
	if url != nil && row.Syntax != sink.Plain {
		read := &equation.Expr{Op: equation.Apply, Sym: sink.Syntaxes[row.Syntax], Args: []*equation.Expr{url}}
		if row.Syntax == sink.Format {
			read.Args = append(read.Args, args[row.URL+1:]...)
		}
		url = read
	}
	if url != nil && host != nil {
		url = &equation.Expr{Op: equation.Apply, Sym: sink.Joins[sink.ForPath], Args: []*equation.Expr{url, host}}
	}
	if on != nil && row.Join != sink.Alone {
		base := &equation.Expr{Op: equation.Field, Sym: sink.BaseField, Text: "base", Args: []*equation.Expr{on}}
		if url == nil {
			url = base
		} else {
			url = &equation.Expr{Op: equation.Apply, Sym: sink.Joins[row.Join], Args: []*equation.Expr{base, url}}
		}
	}
	based := func(object *equation.Expr) *equation.Expr {
		if url != nil {
			object = f.share(&equation.Expr{Op: equation.With, Sym: sink.BaseField, Text: "base", Args: []*equation.Expr{object, f.share(url)}})
		}
		verb := method
		if row.Fixed != "" {
			verb = &equation.Expr{Op: equation.Text, Text: row.Fixed}
		}
		if row.Weak {
			have := &equation.Expr{Op: equation.Field, Sym: sink.MethodField, Text: "method", Args: []*equation.Expr{on}}
			verb = &equation.Expr{Op: equation.Apply, Sym: "method.Or", Args: []*equation.Expr{have, verb}}
		}
		if verb != nil && row.Method != sink.Held {
			object = f.share(&equation.Expr{Op: equation.With, Sym: sink.MethodField, Text: "method", Args: []*equation.Expr{object, f.share(verb)}})
		}
		return object
	}
	switch row.Role {
	case sink.Make:
		return rest(based(f.alloc(row.Func, e, nil)))
	case sink.Server:
		return rest(f.alloc(row.Func, e, handler))
	case sink.Base, sink.Path, sink.Verb:
		object := based(on)
		if recv := f.whole(f.argument(e, row.On)); recv != nil && f.rootVar(recv) != nil {
			f.assignTo(deref(recv), object, false)
		}
		for i := range f.f.Uses {
			// Calls of one chain start at the same place.
			if u := &f.f.Uses[i]; row.Role == sink.Verb && u.Pos == pos && u.Kind == equation.Route && method != nil {
				u.Method = method
			}
		}
		return rest(object)
	case sink.Derive:
		return rest(based(on))
	case sink.Group:
		f.use(equation.Use{Sink: short(row.Func), Kind: equation.Scope, URL: url, On: on, Pos: pos})
		return rest(based(on))
	case sink.Scope:
		object := on
		if url != nil {
			f.use(equation.Use{Sink: short(row.Func), Kind: equation.Scope, URL: url, On: on, Pos: pos})
			object = based(on)
		}
		if handler != nil {
			f.f.Calls = append(f.f.Calls, equation.Call{Value: handler, Args: []*equation.Expr{object}, Pos: pos})
		}
		return rest(object)
	case sink.Mount:
		f.use(equation.Use{Sink: short(row.Func), Kind: equation.Prefix, URL: url, Pos: pos})
		if handler != nil {
			f.use(equation.Use{Sink: short(row.Func), Kind: equation.Mount, URL: url, On: handler, Pos: pos})
		}
		return rest(on)
	}
	kind := equation.Request
	switch row.Role {
	case sink.Route:
		kind = equation.Route
	case sink.Prefix:
		kind = equation.Prefix
	}
	if url != nil && on != nil && kind == equation.Request && fills[row.Package()] {
		url = &equation.Expr{Op: equation.Apply, Sym: "join.Params", Args: []*equation.Expr{url, params(on)}}
	}
	if url != nil {
		f.use(equation.Use{Sink: short(row.Func), Kind: kind, Method: method, Fixed: row.Fixed, URL: url, On: on, Handler: handler, Pos: pos})
	}
	if row.Role == sink.Prefix {
		if handler != nil {
			f.use(equation.Use{Sink: short(row.Func), Kind: equation.Mount, URL: url, On: handler, Pos: pos})
			return rest(handler)
		}
	}
	if strval.Lookup(row.Func) != nil {
		return nil
	}
	if row.Role == sink.Route && on != nil {
		return rest(on) // routers are chained
	}
	return f.opaqueResults(sig, e.Pos(), "it is returned by "+short(row.Func)) // what a server answers is not made of the request
}

// argument returns the source of argument i of a call, the receiver counted first, or
// nil.
func (f *function) argument(e *ast.CallExpr, i int) ast.Expr {
	if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
		if s := f.x.Info.Selections[sel]; s != nil && s.Kind() == types.MethodVal {
			if i == 0 {
				return sel.X
			}
			i--
		}
	}
	if i < 0 || i >= len(e.Args) {
		return nil
	}
	return e.Args[i]
}

func structField(object *equation.Expr, t types.Type, name string) *equation.Expr {
	if t == nil {
		return unknown("its type is not known")
	}
	return &equation.Expr{Op: equation.Field, Sym: typeSym(t) + "." + name, Text: name, Args: []*equation.Expr{object}}
}

// library returns the results of a call of an HTTP library, or nil if it is none or the
// string functions know the result.
func (f *function) library(callee *types.Func, e *ast.CallExpr, recv *equation.Expr, args []*equation.Expr, exprs []ast.Expr, sig *types.Signature) []*equation.Expr {
	if row := f.x.Sinks.Lookup(funcSym(callee)); row != nil && (!row.Added || fits(row, callee, args)) {
		return f.sink(row, e, args)
	}
	if filled := f.fill(callee, recv, args); filled != nil {
		if to := f.whole(f.argument(e, 0)); to != nil && f.rootVar(to) != nil {
			f.assignTo(deref(to), filled, false)
		}
		return []*equation.Expr{filled}
	}
	out := f.chained(callee, recv, sig, e.Pos())
	if out != nil {
		f.outside(callee, exprs, args)
	}
	return out
}

// chained is what a method of an HTTP library returns that no row describes: the
// receiver with other settings, if it returns an object of the library at all.
func (f *function) chained(callee *types.Func, recv *equation.Expr, sig *types.Signature, pos token.Pos) []*equation.Expr {
	if recv == nil || callee.Pkg() == nil || !f.x.Sinks.Library(callee.Pkg().Path()) || sig == nil || sig.Results().Len() == 0 {
		return nil
	}
	t := sig.Results().At(0).Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	if named == nil || named.Obj().Pkg() == nil || named.Obj().Pkg() != callee.Pkg() {
		return nil
	}
	out := f.opaqueResults(sig, pos, "it is a second result")
	out[0] = recv
	return out
}

// alloc is an object that is known by the place that makes it. The place is part of
// the symbol, so that every package means the same object by it.
func (f *function) alloc(maker string, e *ast.CallExpr, handler *equation.Expr) *equation.Expr {
	pos := f.x.Fset.PositionFor(e.Pos(), false)
	x := &equation.Expr{Op: equation.Alloc, Sym: maker, N: pos.Offset, Text: pos.Filename}
	if handler != nil {
		x.Args = []*equation.Expr{handler}
	}
	return f.share(x)
}

// builders are the types whose methods append text to them.
func isBuilder(t types.Type) bool {
	if t == nil {
		return false
	}
	switch typeSym(t) {
	case "strings.Builder", "bytes.Buffer":
		return true
	}
	return false
}

// isWriter reports whether a value of the type may be a builder that a function is given to
// write to.
func isWriter(t types.Type) bool {
	switch typeSym(t) {
	case "io.Writer", "io.StringWriter", "io.ByteWriter":
		return true
	}
	return false
}

// passes lists functions that return one of their arguments, or a copy or wrapper of it
// that stands for the same text, by the number of the argument.
var passes = map[string]int{
	"(*net/http.Request).Clone":       0,
	"(*net/http.Request).WithContext": 0,
	"sync.OnceFunc":                   0,
	"sync.OnceValue":                  0,
	"sync.OnceValues":                 0,
	"html/template.Must":              0,
	"text/template.Must":              0,
	"slices.Clone":                    0,
	"slices.Clip":                     0,
	"slices.Values":                   0,
	"maps.Clone":                      0,
	"bytes.Clone":                     0,
	"bytes.NewBufferString":           0,
	"bytes.NewBuffer":                 0,
	"bufio.NewScanner":                0,
	"bufio.NewReader":                 0,
	"strings.NewReader":               0,
	"net/http.HandlerFunc":            0,
	"context.WithValue":               0,
	"os.ExpandEnv":                    0,

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema.EnvDefaultFunc": 1,
}

// setting records that an option is declared with a default, or returns what is read of
// one. The result is nil if the name of the option is not known.
func (f *function) setting(s *sink.Setting, e *ast.CallExpr, args []*equation.Expr, sig *types.Signature) []*equation.Expr {
	family := strings.TrimLeft(s.Func, "(*")
	family = family[:strings.LastIndexByte(family, '.')]
	if strings.HasPrefix(s.Func, "(") {
		family = family[:strings.LastIndexByte(family, '.')]
	}
	key := f.argument(e, s.Key)
	out := f.opaqueResults(sig, e.Pos(), "it is a setting")
	if s.Value != sink.None && s.Value < len(args) {
		value := f.share(&equation.Expr{Op: equation.Default, Args: []*equation.Expr{args[s.Value]}})
		if p := f.argument(e, s.Pointer); p != nil && s.Pointer != sink.None {
			f.assignTo(deref(p), value, false)
		}
		if s.Returns {
			out[0] = value
		}
	}
	if key == nil || f.x.Info.Types[key].Value == nil {
		return out
	}
	name, ok := constText(f.x.Info.Types[key].Value)
	if !ok {
		return out
	}
	sym := "setting " + family + " " + name
	if s.Value == sink.None {
		out[0] = &equation.Expr{Op: equation.Global, Sym: sym}
	} else if s.Value < len(args) {
		f.define(sym, args[s.Value], false)
	}
	return out
}

// mutates handles the functions that change a variable through a pointer. It reports whether the call is one of them.
func (f *function) mutates(name string, e *ast.CallExpr, args []*equation.Expr) bool {
	grow := func(target ast.Expr, text *equation.Expr) bool {
		t := f.x.typeOf(target)
		if !isBuilder(t) && !isWriter(t) {
			// A type of the program's own that embeds a builder, or writes in its own way.
			f.escapes(deref(target), "it is written to", text)
			return false
		}
		f.assignTo(deref(target), &equation.Expr{Op: equation.Concat, Args: []*equation.Expr{f.handed(target), text}}, false)
		return isBuilder(t) // what is written to anything else leaves the program as well
	}
	switch name {
	case "(*strings.Builder).WriteString", "(*strings.Builder).Write", "(*bytes.Buffer).WriteString", "(*bytes.Buffer).Write",
		"(*strings.Builder).WriteByte", "(*strings.Builder).WriteRune", "(*bytes.Buffer).WriteByte", "(*bytes.Buffer).WriteRune":
		return grow(e.Fun.(*ast.SelectorExpr).X, args[1])
	case "(*strings.Builder).Reset", "(*bytes.Buffer).Reset":
		if target := e.Fun.(*ast.SelectorExpr).X; isBuilder(f.x.typeOf(target)) {
			f.assignTo(deref(target), &equation.Expr{Op: equation.Text}, false)
			return true
		}
	case "fmt.Fprintf", "fmt.Fprint", "fmt.Fprintln":
		return len(e.Args) > 0 && grow(e.Args[0], &equation.Expr{Op: equation.Apply, Sym: "fmt.S" + name[len("fmt.F"):], Args: args[1:]})
	case "io.WriteString":
		return grow(e.Args[0], args[1])
	case "(*text/template.Template).Execute", "(*html/template.Template).Execute":
		return len(e.Args) == 2 && grow(e.Args[0], f.render(args[0], args[2], f.x.typeOf(e.Args[1])))
	}
	return false
}

// render is the text that a template makes of its data.
func (f *function) render(tmpl, data *equation.Expr, t types.Type) *equation.Expr {
	r := &equation.Expr{Op: equation.Render, Keys: []string{""}, Args: []*equation.Expr{tmpl, data}}
	if s := structOf(t); s != nil {
		for field := range s.Fields() {
			if isText(field.Type()) {
				r.Keys = append(r.Keys, field.Name())
				r.Args = append(r.Args, structField(data, t, field.Name()))
			}
		}
	}
	return r
}

func deref(e ast.Expr) ast.Expr {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		return u.X
	}
	return e
}
