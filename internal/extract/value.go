package extract

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A function of a library may be a value, or stand behind an interface. What a table knows of
// it holds there as well.

// funcValue is a function or method as a value. One that a table knows becomes a function of
// the package that calls it and does nothing else.
func (f *function) funcValue(fn *types.Func, e ast.Expr) *equation.Expr {
	name := funcSym(fn)
	row := f.x.Sinks.Lookup(name)
	if row == nil && strval.Lookup(name) == nil {
		return &equation.Expr{Op: equation.FuncRef, Sym: name}
	}
	sym := f.x.Path + ".init$" + name + "$value"
	if !f.x.wrapped[sym] {
		if f.x.wrapped == nil {
			f.x.wrapped = map[string]bool{}
		}
		f.x.wrapped[sym] = true
		f.x.wrap(sym, fn, row, e)
	}
	return &equation.Expr{Op: equation.FuncRef, Sym: sym}
}

// wrap writes down the function that calls a function of a library with its own parameters.
func (x *extractor) wrap(sym string, fn *types.Func, row *sink.Row, e ast.Expr) {
	sig := fn.Signature()
	w := x.newFunc(nil, sym, short(funcSym(fn)), sig)
	w.f.Params, w.f.Variadic = sig.Params().Len(), sig.Variadic()
	if sig.Recv() != nil {
		w.f.Params++
	}
	var args []*equation.Expr
	for i := range w.f.Params {
		args = append(args, &equation.Expr{Op: equation.Param, N: i})
	}
	var out []*equation.Expr
	if row != nil && (!row.Added || fits(row, fn, args)) {
		out = w.sink(row, &ast.CallExpr{Fun: e}, args)
	}
	if out == nil {
		out = w.opaqueResults(sig, e.Pos(), "it is a second result", args...)
		if strval.Lookup(funcSym(fn)) != nil {
			out[0] = w.share(&equation.Expr{Op: equation.Apply, Sym: funcSym(fn), Args: args})
		}
	}
	w.exit(out)
}

// A satisfying is a method of an interface, which methods of libraries may stand behind.
type satisfying struct {
	iface  types.Type
	method string
}

// behind returns the rows of the methods that a call through an interface may reach: those of
// the types of HTTP libraries that have all of its methods.
func (x *extractor) behind(m *types.Func) []*sink.Row {
	t := m.Signature().Recv().Type()
	iface, _ := t.Underlying().(*types.Interface)
	key := satisfying{t, m.Name()}
	if rows, known := x.satisfied[key]; known || iface == nil {
		return rows
	}
	var rows []*sink.Row
	for _, pkg := range x.librariesOf(m.Signature()) {
		for _, name := range pkg.Scope().Names() {
			obj, _ := pkg.Scope().Lookup(name).(*types.TypeName)
			if obj == nil || obj.IsAlias() || types.IsInterface(obj.Type()) {
				continue
			}
			p := types.NewPointer(obj.Type())
			found, _, _ := types.LookupFieldOrMethod(p, false, pkg, m.Name())
			fn, _ := found.(*types.Func)
			if fn == nil || !types.Implements(p, iface) {
				continue
			}
			if row := x.Sinks.Lookup(funcSym(fn)); row != nil && !slices.Contains(rows, row) {
				switch row.Role {
				case sink.Request, sink.Route, sink.Prefix, sink.Send:
					rows = append(rows, row)
				}
			}
		}
	}
	if x.satisfied == nil {
		x.satisfied = map[satisfying][]*sink.Row{}
	}
	x.satisfied[key] = rows
	return rows
}

// librariesOf lists the packages with rows that a signature mentions or that the package
// imports: a type of any other is not known to have such a method.
func (x *extractor) librariesOf(sig *types.Signature) []*types.Package {
	var out []*types.Package
	add := func(pkg *types.Package) {
		if pkg != nil && x.Sinks.Describes(pkg.Path()) && !slices.Contains(out, pkg) {
			out = append(out, pkg)
		}
	}
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range tuple.Variables() {
			t := types.Unalias(v.Type())
			if p, ok := t.(*types.Pointer); ok {
				t = types.Unalias(p.Elem())
			}
			if named, ok := t.(*types.Named); ok {
				add(named.Obj().Pkg())
			}
		}
	}
	for _, pkg := range x.Types.Imports() {
		add(pkg)
	}
	return out
}
