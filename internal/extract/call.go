package extract

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// multi returns n values of an expression that has several: a call, or one of the
// comma-ok forms.
func (f *function) multi(e ast.Expr, n int) []*equation.Expr {
	var out []*equation.Expr
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		out = f.call(call)
	} else {
		out = []*equation.Expr{f.share(f.expr(e))}
	}
	for len(out) < n {
		out = append(out, unknown("it is a second result"))
	}
	return out
}

// call returns the results of a call, at least one.
func (f *function) call(e *ast.CallExpr) []*equation.Expr {
	out := f.results(e)
	for _, x := range out {
		f.mark(x, e)
	}
	return out
}

func (f *function) results(e *ast.CallExpr) []*equation.Expr {
	one := func(x *equation.Expr) []*equation.Expr { return []*equation.Expr{x} }
	info := f.x.Info
	fun := ast.Unparen(e.Fun)
	if tv := info.Types[fun]; tv.IsType() {
		if len(e.Args) != 1 {
			return one(unknown("it does not compile"))
		}
		x := f.expr(e.Args[0])
		if !isSlice(tv.Type) {
			f.counted("a conversion", e.Args[0], x)
		}
		if from := f.x.typeOf(e.Args[0]); from != nil && isText(tv.Type) && !isText(from) && !isConstText(info.Types[e.Args[0]]) {
			return one(f.opaque(e.Pos(), "it is converted from a value that is not text", x))
		}
		return one(x)
	} else if tv.IsBuiltin() {
		return one(f.builtin(e, fun))
	}

	switch t := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(t.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(t.X)
	}
	callee := f.x.callee(e)
	var recv *equation.Expr
	var recvExpr ast.Expr
	if t, ok := fun.(*ast.SelectorExpr); ok && callee != nil {
		if sel := info.Selections[t]; sel != nil && sel.Kind() == types.MethodVal {
			recvExpr = t.X
			recv, _ = f.embedded(f.expr(t.X), sel)
			recv = f.share(f.receiver(t.X, recv, callee))
		}
	}
	sig, _ := f.x.typeOf(e.Fun).(*types.Signature)
	if sig == nil {
		sig, _ = f.x.typeOf(e.Fun).Underlying().(*types.Signature)
	}
	args, argExprs := f.args(e, sig, recv, recvExpr)

	if callee == nil {
		var value *equation.Expr
		if _, ok := fun.(*ast.FuncLit); ok || fun != nil {
			value = f.share(f.expr(fun))
		}
		return f.follow(equation.Call{Value: value, Args: args, Pos: f.x.pos(e.Pos())}, sig, argExprs, false)
	}

	name := funcSym(callee)
	if out := f.library(callee, e, recv, args, argExprs, sig); out != nil {
		return out
	}
	if recv != nil && types.IsInterface(callee.Signature().Recv().Type()) {
		rows := f.x.behind(callee)
		for _, row := range rows {
			f.sink(row, e, args)
		}
		return f.follow(equation.Call{Method: callee.Name(), Iface: interfaceMethods(callee), Library: len(rows) > 0, Args: args, Pos: f.x.pos(e.Pos())}, sig, argExprs, true)
	}
	if i, ok := passes[name]; ok && i < len(args) {
		out := f.opaqueResults(sig, e.Pos(), "it is a second result")
		out[0] = args[i]
		return out
	}
	if name == "cmp.Or" {
		if list := args[0]; list.Op == equation.List && len(list.Args) > 0 {
			merge := f.merges
			f.merges++
			return one(&equation.Expr{Op: equation.Phi, N: merge, Args: list.Args})
		}
	}
	if s := sink.LookupSetting(name); s != nil {
		if out := f.setting(s, e, args, sig); out != nil {
			return out
		}
	}
	if f.mutates(name, e, args) {
		return f.opaqueResults(sig, e.Pos(), "it is returned by "+short(name)) // a count and an error
	}
	if strings.HasPrefix(name, "fmt.") {
		f.stringers(args, e)
	}
	if strval.Lookup(name) != nil {
		x := f.share(&equation.Expr{Op: equation.Apply, Sym: name, Args: args})
		out := f.opaqueResults(sig, e.Pos(), "it is a second result", args...)
		out[0] = x
		return out
	}
	if callee.Pkg() == nil || f.x.Std(callee.Pkg().Path()) {
		f.outside(callee, argExprs, args)
		if recv != nil {
			argExprs = argExprs[1:] // what a method of the library does with its own object has no text in it
		}
		f.release(callee, argExprs, args)
		return f.returned(name, sig, e.Pos(), args)
	}
	return f.follow(equation.Call{Callee: name, Args: args, Pos: f.x.pos(e.Pos())}, sig, argExprs, recv != nil)
}

// stringers replaces the operands of a formatting function that have a String method of
// the program's own by what it returns.
func (f *function) stringers(args []*equation.Expr, e *ast.CallExpr) {
	if len(args) == 0 || e.Ellipsis.IsValid() {
		return
	}
	list := args[len(args)-1]
	if list.Op != equation.List || len(list.Args) > len(e.Args) {
		return
	}
	for i := range list.Args {
		operand := e.Args[len(e.Args)-len(list.Args)+i]
		t := f.x.typeOf(operand)
		if types.IsInterface(t) {
			continue
		}
		obj, _, _ := types.LookupFieldOrMethod(t, true, f.x.Types, "String")
		fn, _ := obj.(*types.Func)
		if fn == nil || fn.Pkg() == nil || f.x.Std(fn.Pkg().Path()) || fn.Signature().Params().Len() != 0 {
			continue
		}
		list.Args[i] = f.follow(equation.Call{Callee: funcSym(fn), Args: []*equation.Expr{list.Args[i]}, Pos: f.x.pos(operand.Pos())}, fn.Signature(), nil, false)[0]
	}
}

func isConstText(tv types.TypeAndValue) bool { return tv.Value != nil }

// follow records a call for the solver.
func (f *function) follow(c equation.Call, sig *types.Signature, exprs []ast.Expr, recv bool) []*equation.Expr {
	n := len(f.f.Calls)
	f.f.Calls = append(f.f.Calls, c)
	f.f.Calls[n].When = f.flow.when
	for i, e := range exprs {
		if i = min(i, len(c.Args)-1); holdsText(f.x.typeOf(e)) && !slices.Contains(f.f.Calls[n].Texts, i) {
			f.f.Calls[n].Texts = append(f.f.Calls[n].Texts, i)
		}
	}
	f.track(n, exprs, sig, recv)
	out := []*equation.Expr{{Op: equation.Result, N: n}}
	for i := 1; sig != nil && i < sig.Results().Len(); i++ {
		out = append(out, &equation.Expr{Op: equation.Result, N: n, I: i})
	}
	for i := range out {
		out[i] = f.share(out[i])
	}
	return out
}

// args returns the arguments of a call, the receiver first, variadic operands as
// one list, and the expressions that they come from.
func (f *function) args(e *ast.CallExpr, sig *types.Signature, recv *equation.Expr, recvExpr ast.Expr) ([]*equation.Expr, []ast.Expr) {
	var args []*equation.Expr
	var exprs []ast.Expr
	if recv != nil {
		args = append(args, recv)
		exprs = append(exprs, recvExpr)
	}
	if len(e.Args) == 1 && sig != nil && sig.Params().Len() > 1 {
		for _, x := range f.multi(e.Args[0], sig.Params().Len()) {
			args = append(args, x)
			exprs = append(exprs, e.Args[0])
		}
		return args, exprs
	}
	fixed := len(e.Args)
	if sig != nil && sig.Variadic() && !e.Ellipsis.IsValid() {
		fixed = min(fixed, sig.Params().Len()-1)
	}
	for _, a := range e.Args[:fixed] {
		args = append(args, f.share(f.handed(a)))
		exprs = append(exprs, a)
	}
	if sig != nil && sig.Variadic() && !e.Ellipsis.IsValid() {
		list := &equation.Expr{Op: equation.List}
		for _, a := range e.Args[fixed:] {
			list.Args = append(list.Args, f.share(f.element(a)))
			exprs = append(exprs, a)
		}
		args = append(args, list)
	}
	return args, exprs
}

// fits reports whether a function has the arguments that a row says: the file of a user may
// have been written for another version of the library. A row that does not fit is none.
func fits(row *sink.Row, callee *types.Func, args []*equation.Expr) bool {
	sig := callee.Signature()
	var params []types.Type
	if sig.Recv() != nil {
		params = append(params, sig.Recv().Type())
	}
	for v := range sig.Params().Variables() {
		params = append(params, v.Type())
	}
	fixed := len(params)
	if sig.Variadic() {
		fixed--
	}
	if row.On >= min(fixed, len(args)) || row.Handler >= len(params) && fixed == len(params) {
		return false
	}
	for _, i := range []int{row.URL, row.Method} {
		if i < 0 {
			continue
		}
		var t types.Type
		switch {
		case i < fixed:
			t = params[i]
		case fixed == len(params):
			return false
		default:
			list, _ := params[fixed].Underlying().(*types.Slice)
			if list == nil {
				return false
			}
			t = list.Elem()
		}
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		if !isText(t) && !types.IsInterface(t) && typeSym(t) != sink.URLType {
			return false
		}
	}
	return true
}

// oneMethod sees through a list of methods that has one element: the route answers that
// one. A list of several is nil.
func (f *function) oneMethod(e *equation.Expr) *equation.Expr {
	list := e
	if e != nil && e.Op == equation.Local {
		list = f.f.Locals[e.N]
	}
	switch {
	case list == nil || list.Op != equation.List:
		return e
	case len(list.Args) == 1:
		return list.Args[0]
	}
	return nil
}

// whole returns the object that a part of an object of an HTTP library belongs to: the
// request of request.Header.
func (f *function) whole(e ast.Expr) ast.Expr {
	for e != nil {
		sel, _ := ast.Unparen(deref(e)).(*ast.SelectorExpr)
		if sel == nil {
			break
		}
		if s := f.x.Info.Selections[sel]; s == nil || s.Kind() != types.FieldVal || !f.x.ofLibrary(s.Recv()) {
			break
		}
		e = sel.X
	}
	return e
}

// ofLibrary reports whether a type, or what it points to, is declared by an HTTP library.
func (x *extractor) ofLibrary(t types.Type) bool {
	t = types.Unalias(t)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, _ := t.(*types.Named)
	return named != nil && named.Obj().Pkg() != nil && x.Sinks.Library(named.Obj().Pkg().Path())
}

// printers are the packages whose functions only show text to people.
var printers = map[string]bool{"log": true, "log/slog": true, "fmt": true, "errors": true, "testing": true}

// outside records where strings go that are passed to a function of the standard
// library that no table knows.
func (f *function) outside(callee *types.Func, exprs []ast.Expr, args []*equation.Expr) {
	if callee.Pkg() == nil {
		return // error.Error
	}
	name, pkg := funcSym(callee), callee.Pkg().Path()
	kind := equation.Passed
	switch {
	case strings.HasPrefix(name, "fmt.Fp") && len(exprs) > 0 && f.aliases[f.variable(exprs[0])]:
		// It is written to a builder by another name.
	case printers[pkg] && !strings.HasSuffix(name, ".Setenv"):
		kind = equation.Printed
	case pkg == "strings" || pkg == "bytes" || pkg == "regexp":
		kind = equation.Compared
	case pkg == "flag" || pkg == "strconv":
		return // names, usage texts and numbers
	}
	to := short(name)
	if kind == equation.Compared && len(args) > 1 {
		switch name {
		case "strings.HasPrefix", "strings.HasSuffix", "strings.Contains", "strings.EqualFold", "strings.CutPrefix":
			k := equation.Prefix
			if name == "strings.EqualFold" {
				k = equation.Compare
			}
			f.use(equation.Use{Sink: to, Kind: k, URL: args[1], On: f.share(args[0]), Pos: f.x.pos(exprs[1].Pos())})
			return
		}
	}
	if strings.HasPrefix(name, "(*regexp.Regexp).") && len(args) > 1 {
		f.use(equation.Use{Sink: to, Kind: equation.Compare, URL: args[0], On: f.share(args[1]), Pos: f.x.pos(exprs[0].Pos())})
		f.leak(equation.Compared, to, args[1], exprs[1].Pos())
		return
	}
	for i, a := range args {
		list := []*equation.Expr{a}
		if a.Op == equation.List && i == len(args)-1 {
			list = a.Args
		}
		for _, v := range list {
			if v.Op == equation.Closure || v.Op == equation.FuncRef || v.Op == equation.Bound {
				continue
			}
			if e := i; e < len(exprs) && !f.mayHoldText(exprs[e]) {
				continue
			}
			f.leak(kind, to, v, exprs[min(i, len(exprs)-1)].Pos())
		}
	}
}

func (f *function) mayHoldText(e ast.Expr) bool { return holdsText(f.x.typeOf(e)) }

// neverReturns reports whether control does not come back from a call.
func (f *function) neverReturns(e *ast.CallExpr) bool {
	switch fun := ast.Unparen(e.Fun).(type) {
	case *ast.Ident:
		_, ok := f.x.Info.Uses[fun].(*types.Builtin)
		return ok && fun.Name == "panic"
	case *ast.SelectorExpr:
		fn, _ := f.x.Info.Uses[fun.Sel].(*types.Func)
		if fn == nil {
			return false
		}
		switch fn.FullName() {
		case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "runtime.Goexit",
			"(*testing.common).Fatal", "(*testing.common).Fatalf", "(*testing.common).FailNow",
			"(*testing.common).Skip", "(*testing.common).Skipf", "(*testing.common).SkipNow":
			return true
		}
	}
	return false
}

func (f *function) builtin(e *ast.CallExpr, fun ast.Expr) *equation.Expr {
	id, ok := fun.(*ast.Ident)
	if !ok {
		if sel, isSel := fun.(*ast.SelectorExpr); isSel {
			id = sel.Sel
		} else {
			return unknown("it is computed")
		}
	}
	if id.Name == "new" || id.Name == "make" {
		t := f.x.typeOf(e)
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		if len(e.Args) > 0 && id.Name == "new" && !f.x.Info.Types[e.Args[0]].IsType() {
			return f.expr(e.Args[0])
		}
		if x := f.made(e, t); x != nil {
			return x
		}
		for _, a := range e.Args[1:] {
			f.expr(a) // how many elements there are decides about none
		}
		if _, ok := t.Underlying().(*types.Map); ok {
			return &equation.Expr{Op: equation.Map}
		}
		return f.zero(t)
	}
	var args []*equation.Expr
	for i, a := range e.Args {
		if i > 0 && id.Name == "append" && !e.Ellipsis.IsValid() {
			args = append(args, f.share(f.element(a)))
			continue
		}
		args = append(args, f.share(f.expr(a)))
	}
	if id.Name != "append" || len(args) == 0 {
		for i, a := range args {
			f.counted(id.Name, e.Args[i], a)
		}
		switch {
		case len(args) < 1:
		case id.Name == "delete":
			if m, ok := f.x.typeOf(e.Args[0]).Underlying().(*types.Map); ok && len(args) == 2 && comparesText(m.Key()) {
				f.leak(equation.Keyed, "a map", args[1], e.Args[1].Pos())
			}
		case id.Name == "copy" || id.Name == "clear":
			f.escapes(e.Args[0], "its elements are overwritten", args[1:]...)
		}
		return f.opaqueAs(f.x.typeOf(e), e.Pos(), "it is computed", args...)
	}
	x := &equation.Expr{Op: equation.Append, Args: args}
	if s, ok := ast.Unparen(e.Args[0]).(*ast.SliceExpr); ok && s.High != nil && s.Max == nil {
		f.escapes(s.X, "elements behind a part of it are overwritten", args...)
	}
	if e.Ellipsis.IsValid() {
		x.I = 1
	}
	return x
}

func interfaceMethods(m *types.Func) []string {
	iface, _ := m.Signature().Recv().Type().Underlying().(*types.Interface)
	if iface == nil {
		return []string{methodKey(m)}
	}
	var keys []string
	for fn := range iface.Methods() {
		keys = append(keys, methodKey(fn))
	}
	return keys
}

// stdSym reports whether a field belongs to a type of the standard library: such
// objects are followed where they are made and changed, never joined over the program.
func (x *extractor) stdSym(sym string) bool {
	i := strings.LastIndexByte(sym, '/') + 1
	j := strings.IndexByte(sym[i:], '.')
	return j > 0 && !strings.HasPrefix(sym, "struct{") && x.Std(sym[:i+j])
}

// short is a function's name as people write it: "http.NewRequest", "(*http.Client).Get".
func short(name string) string {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return name
	}
	prefix := ""
	if strings.HasPrefix(name, "(*") {
		prefix = "(*"
	} else if strings.HasPrefix(name, "(") {
		prefix = "("
	}
	// The major version at the end of an import path is not the package's name.
	if j := i + 1 + strings.IndexByte(name[i+1:], '.'); j > i+2 && name[i+1] == 'v' && strings.Trim(name[i+2:j], "0123456789") == "" {
		pkg := name[strings.LastIndexAny(name[:i], "/(*")+1 : i]
		pkg, _, _ = strings.Cut(pkg, ".")
		return prefix + pkg + name[j:]
	}
	return prefix + name[i+1:]
}
