package extract

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
)

// expr returns the equation side that an expression stands for, and records the
// calls, uses and literals inside it.
func (f *function) expr(e ast.Expr) *equation.Expr {
	x := f.side(e)
	f.mark(x, e)
	return x
}

func (f *function) side(e ast.Expr) *equation.Expr {
	info := f.x.Info
	switch e := e.(type) {
	case nil:
		return unknown("it is missing")
	case *ast.ParenExpr:
		return f.expr(e.X)
	case *ast.BasicLit:
		switch e.Kind {
		case token.STRING, token.CHAR, token.INT:
			n := f.x.lit(e)
			f.x.spot(n).Func = f.index + 1
			return &equation.Expr{Op: equation.Lit, N: n}
		}
		return unknown("it is a number")
	case *ast.Ident:
		return f.ident(e)
	case *ast.SelectorExpr:
		sel := info.Selections[e]
		if sel == nil {
			if f.x.Info.Uses[e.Sel] == nil {
				return f.opaque(e.Pos(), "it does not compile", f.expr(e.X))
			}
			return f.ident(e.Sel)
		}
		switch sel.Kind() {
		case types.MethodExpr:
			return f.funcValue(sel.Obj().(*types.Func), e)
		case types.MethodVal:
			if isBuilder(f.x.typeOf(e.X)) {
				f.escapes(e.X, "a method of it is a value")
			}
			recv, _ := f.embedded(f.expr(e.X), sel)
			return &equation.Expr{Op: equation.Bound, Sym: f.funcValue(sel.Obj().(*types.Func), e).Sym, Args: []*equation.Expr{recv}}
		}
		object, owner := f.embedded(f.expr(e.X), sel)
		name := sel.Obj().Name()
		return &equation.Expr{Op: equation.Field, Sym: owner + "." + name, Text: name, N: zeroOf(sel.Type()), Args: []*equation.Expr{object}}
	case *ast.StarExpr:
		return f.read(e)
	case *ast.UnaryExpr:
		x := f.expr(e.X)
		switch e.Op {
		case token.AND:
			if isBuilder(f.x.typeOf(e.X)) && f.escapes(e.X, "whoever has its address may write to it") {
				x = f.expr(e.X)
			}
			return f.address(e.X, x)
		case token.ARROW:
			return f.received(e.X)
		}
		return f.opaqueAs(f.x.typeOf(e), e.Pos(), "it is computed", x)
	case *ast.BinaryExpr:
		return f.binary(e)
	case *ast.CallExpr:
		return f.call(e)[0]
	case *ast.CompositeLit:
		return f.composite(e)
	case *ast.FuncLit:
		return f.funcLit(e)
	case *ast.TypeAssertExpr:
		return f.expr(e.X)
	case *ast.IndexListExpr:
		return f.expr(e.X)
	case *ast.IndexExpr:
		if _, ok := f.x.typeOf(e.X).(*types.Signature); ok {
			return f.expr(e.X) // an instantiation
		}
		x := f.expr(e.X)
		key := f.expr(e.Index)
		if !f.ranges(e) {
			f.counted("an index", e.X, x)
		}
		if m, ok := f.x.typeOf(e.X).Underlying().(*types.Map); ok && comparesText(m.Key()) {
			f.leak(equation.Keyed, "a map", key, e.Index.Pos())
			f.leak(equation.Searched, "a map", &equation.Expr{Op: equation.Index, Args: []*equation.Expr{x, key}}, e.Index.Pos())
		}
		return &equation.Expr{Op: equation.Index, Args: []*equation.Expr{x, key}}
	case *ast.SliceExpr:
		x := f.expr(e.X)
		from, to := 0, -1
		known := true
		operands := []*equation.Expr{x}
		bound := func(b ast.Expr, at *int) {
			if b == nil {
				return
			}
			operands = append(operands, f.expr(b))
			if v := info.Types[b].Value; v != nil && v.Kind() == constant.Int {
				if n, ok := constant.Int64Val(v); ok {
					*at = int(n)
					return
				}
			}
			known = false
		}
		bound(e.Low, &from)
		bound(e.High, &to)
		if e.Max != nil {
			operands = append(operands, f.expr(e.Max)) // a capacity changes no element
		}
		if e.Low != nil || e.High != nil {
			f.counted("a slice", e.X, x)
		}
		if !known {
			return f.opaque(e.Pos(), "it is a part of a longer text", operands...)
		}
		return &equation.Expr{Op: equation.Slice, N: from, I: to, Args: []*equation.Expr{x}}
	case *ast.KeyValueExpr:
		f.expr(e.Key)
		return f.expr(e.Value)
	}
	return f.opaque(e.Pos(), "it is no value", f.operands(e)...)
}

func (f *function) ident(id *ast.Ident) *equation.Expr {
	switch obj := f.x.Info.ObjectOf(id).(type) {
	case *types.Const:
		if obj.Pkg() == nil {
			return unknown("it is a number")
		}
		if k := obj.Val().Kind(); k != constant.String && k != constant.Int {
			return unknown("it is a number")
		}
		c := &equation.Expr{Op: equation.Const, Sym: f.x.constSym(obj), N: f.x.refs[id.Pos()]}
		// Elsewhere the value is all that is known; here the spelling is, unless it is
		// repeated from the line above.
		if obj.Pkg() != f.x.Types || obj.Val().Kind() == constant.Int {
			c.Text, _ = constText(obj.Val())
		}
		return c
	case *types.Var:
		if n := f.x.refs[id.Pos()]; n > 0 {
			return &equation.Expr{Op: equation.Global, Sym: f.x.varSym(obj), N: n}
		}
		return f.lookup(obj)
	case *types.Func:
		return f.funcValue(obj, id)
	case *types.Nil:
		return unknown("it is nil")
	}
	return unknown("it is no value")
}

// embedded follows the embedded fields that a selection passes through and returns
// the object that declares the selected name, and the symbol of its type.
func (f *function) embedded(x *equation.Expr, sel *types.Selection) (object *equation.Expr, owner string) {
	t := sel.Recv()
	index := sel.Index()
	for _, i := range index[:len(index)-1] {
		s := structOf(t)
		if s == nil {
			break
		}
		field := s.Field(i)
		if f.x.ofLibrary(t) && f.x.ofLibrary(field.Type()) {
			t = field.Type() // what an engine embeds is the engine in another role
			continue
		}
		x = &equation.Expr{Op: equation.Field, Sym: typeSym(t) + "." + field.Name(), Text: field.Name(), N: zeroOf(field.Type()), Args: []*equation.Expr{x}}
		t = field.Type()
	}
	return x, typeSym(t)
}

func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

func (f *function) binary(e *ast.BinaryExpr) *equation.Expr {
	if x := f.emptiness(e); x != nil {
		f.expr(x)
		return unknown("it is a truth value")
	}
	switch {
	case e.Op == token.ADD && f.joinsText(e):
		// Long chains lean to the left: they are taken apart without recursion.
		var operands []ast.Expr
		var left ast.Expr = e
		for {
			b, ok := ast.Unparen(left).(*ast.BinaryExpr)
			if !ok || b.Op != token.ADD {
				break
			}
			operands = append(operands, b.Y)
			left = b.X
		}
		args := []*equation.Expr{f.expr(left)}
		for i := len(operands) - 1; i >= 0; i-- {
			args = append(args, f.expr(operands[i]))
		}
		return &equation.Expr{Op: equation.Concat, Args: args}
	case e.Op == token.EQL || e.Op == token.NEQ:
		f.compare(e.X, e.Y, e.OpPos)
		return unknown("it is a truth value")
	}
	x, operands := e.X, []*equation.Expr{f.expr(e.Y)}
	// Long chains of other operators lean to the left as well.
	for {
		b, ok := ast.Unparen(x).(*ast.BinaryExpr)
		if !ok || b.Op != e.Op || b.Op == token.ADD {
			break
		}
		operands = append(operands, f.expr(b.Y))
		x = b.X
	}
	out := f.opaqueAs(f.x.typeOf(e), e.Pos(), "it is computed", append(operands, f.expr(x))...)
	if v := f.x.Info.Types[e].Value; v != nil && !f.ofIota(e) {
		return f.computed(v, e, out)
	}
	return out
}

// joinsText reports whether a sum is text: by its type or, if it has none because something in it
// does not compile, by that of an operand.
func (f *function) joinsText(e *ast.BinaryExpr) bool {
	if t := f.x.typeOf(e); t != types.Typ[types.Invalid] {
		return isText(t)
	}
	for {
		if isText(f.x.typeOf(e.Y)) || isText(f.x.typeOf(e.X)) {
			return true
		}
		left, ok := ast.Unparen(e.X).(*ast.BinaryExpr)
		if !ok || left.Op != token.ADD {
			return false
		}
		e = left
	}
}

// ofIota reports whether an expression is made of iota: it stands for several constants, and
// has another value in each.
func (f *function) ofIota(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && f.x.Info.Uses[id] == types.Universe.Lookup("iota")
		return !found
	})
	return found
}

// compare records the comparison of two strings. One side may be the path of an
// incoming request; the solver finds out.
func (f *function) compare(a, b ast.Expr, pos token.Pos) {
	x, y := f.expr(a), f.expr(b)
	if !isText(f.x.typeOf(a)) || !isText(f.x.typeOf(b)) {
		if comparesText(f.x.typeOf(a)) && !f.x.Info.Types[a].IsNil() && !f.x.Info.Types[b].IsNil() {
			f.leak(equation.Compared, "a comparison", x, pos)
			f.leak(equation.Compared, "a comparison", y, pos)
		}
		return
	}
	if f.x.Info.Types[b].Value == nil {
		a, b, x, y = b, a, y, x
	}
	if v := f.x.Info.Types[b].Value; v != nil {
		if text, ok := constText(v); ok && text == "" {
			return // a test for emptiness says nothing about the text
		}
		f.use(equation.Use{Sink: "a comparison", Kind: equation.Compare, URL: y, On: f.share(x), Pos: f.x.pos(pos)})
		return
	}
	f.leak(equation.Compared, "a comparison", x, pos)
	f.leak(equation.Compared, "a comparison", y, pos)
	if at := f.x.pos(pos); at.File >= 0 && f.x.out.Files[at.File].Test {
		// What a test expects may be a parameter or an element of a table.
		x, y = f.share(x), f.share(y)
		f.use(equation.Use{Sink: "a comparison", Kind: equation.Compare, URL: y, On: x, Guess: true, Pos: at})
		f.use(equation.Use{Sink: "a comparison", Kind: equation.Compare, URL: x, On: y, Guess: true, Pos: at})
	}
}

func (f *function) use(u equation.Use) {
	u.URL, u.When = f.share(u.URL), f.flow.when
	f.f.Uses = append(f.f.Uses, u)
}

func (f *function) leak(kind equation.LeakKind, to string, value *equation.Expr, pos token.Pos) {
	if silent(value) || value.Op == equation.Text || value.Op == equation.FuncRef {
		return
	}
	f.f.Leaks = append(f.f.Leaks, equation.Leak{Kind: kind, To: to, Value: f.share(value), Pos: f.x.pos(pos), When: f.flow.when})
}

func (f *function) funcLit(e *ast.FuncLit) *equation.Expr {
	f.lits++
	sig, _ := f.x.typeOf(e).(*types.Signature)
	top := f
	for top.outer != nil {
		top = top.outer
	}
	inner := f.x.newFunc(f, f.f.Sym+"$"+strconv.Itoa(f.lits), "a function literal in "+top.f.Name, sig)
	if f.x.Marks {
		inner.f.Declared = f.x.pos(e.Pos())
	}
	saved := f.flow.dead
	inner.body(nil, e.Type, e.Body)
	f.flow.dead = saved
	return &equation.Expr{Op: equation.Closure, Sym: inner.f.Sym}
}

func (f *function) composite(e *ast.CompositeLit) *equation.Expr {
	t := f.x.typeOf(e)
	if t == nil {
		return unknown("its type is not known")
	}
	if isBuilder(t) {
		return f.zero(t)
	}
	u := t.Underlying()
	if p, ok := u.(*types.Pointer); ok {
		u = p.Elem().Underlying() // &T elided inside a composite literal
	}
	switch u := u.(type) {
	case *types.Struct:
		c := &equation.Expr{Op: equation.Composite, Sym: typeSym(t), N: f.x.Fset.PositionFor(e.Pos(), false).Offset}
		for i, elt := range e.Elts {
			var name string
			value := elt
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				id, ok := kv.Key.(*ast.Ident)
				if !ok {
					continue // does not compile
				}
				name, value = id.Name, kv.Value
			} else if i < u.NumFields() {
				name = u.Field(i).Name()
			}
			v := f.share(f.expr(value))
			c.Keys = append(c.Keys, name)
			c.Args = append(c.Args, v)
			if sym := c.Sym + "." + name; f.x.stdSym(sym) {
				if c.Sym != sink.RequestType && c.Sym != sink.URLType && holdsText(f.x.typeOf(value)) {
					f.leak(equation.Passed, "the field "+short(sym), v, value.Pos())
				}
			} else {
				f.x.out.Stores = append(f.x.out.Stores, equation.Def{Sym: sym, Func: f.index, Value: v, Param: -1, Init: true, Owned: true})
			}
		}
		if c.Sym == sink.RequestType {
			f.requestLiteral(c, e.Pos())
		}
		if s := sink.LookupSettingType(c.Sym); s != nil {
			f.settingLiteral(s, c, e)
		}
		return c
	case *types.Map:
		m := &equation.Expr{Op: equation.Map}
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				key := f.expr(kv.Key)
				if comparesText(u.Key()) {
					f.leak(equation.Listed, "a map", key, kv.Pos())
				}
				value := f.share(f.expr(kv.Value))
				m.Args = append(m.Args, key, value)
				f.option(kv, value)
			}
		}
		return m
	}
	l := &equation.Expr{Op: equation.List}
	at := 0
	open := isSlice(t) && !slices.ContainsFunc(e.Elts, func(elt ast.Expr) bool { _, keyed := elt.(*ast.KeyValueExpr); return keyed })
	for _, elt := range e.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if v := f.x.Info.Types[kv.Key].Value; v != nil {
				if n, ok := constant.Int64Val(constant.ToInt(v)); ok && n >= 0 && n < 4096 {
					at = int(n)
				}
			}
			elt = kv.Value
		}
		for len(l.Args) <= at {
			l.Args = append(l.Args, unknown("the element is not set"))
		}
		if open {
			l.Args[at] = f.share(f.element(elt))
		} else {
			l.Args[at] = f.share(f.expr(elt))
		}
		at++
	}
	return l
}

// option records what an element of a map literal says about an option that its key names:
// a schema with a default, or a value that is decoded into a struct.
func (f *function) option(kv *ast.KeyValueExpr, value *equation.Expr) {
	v := f.x.Info.Types[kv.Key].Value
	if v == nil || v.Kind() != constant.String {
		return
	}
	name, ok := constText(v)
	if !ok {
		return
	}
	if isText(f.x.typeOf(kv.Value)) && f.x.decodes() {
		f.define("setting decoded "+name, value, false)
	}
	c := value
	for c.Op == equation.Local {
		c = f.f.Locals[c.N]
	}
	if s := sink.LookupSettingType(c.Sym); s != nil && s.Key == "" && c.Op == equation.Composite {
		for i, key := range c.Keys {
			if strings.HasPrefix(key, s.Value) {
				f.define("setting "+s.Type[:strings.LastIndexByte(s.Type, '.')]+" "+name, c.Args[i], false)
			}
		}
	}
}

// settingLiteral records the option that a struct literal declares.
func (f *function) settingLiteral(s *sink.SettingType, c *equation.Expr, e *ast.CompositeLit) {
	for _, elt := range e.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if id, ok := kv.Key.(*ast.Ident); s.Key == "" || !ok || id.Name != s.Key || f.x.Info.Types[kv.Value].Value == nil {
			continue
		}
		if name, ok := constText(f.x.Info.Types[kv.Value].Value); ok {
			if i := slices.Index(c.Keys, s.Value); i >= 0 {
				f.define("setting "+s.Type[:strings.LastIndexByte(s.Type, '.')]+" "+name, c.Args[i], false)
			}
		}
	}
}

// requestLiteral records the use that an http.Request literal is.
func (f *function) requestLiteral(c *equation.Expr, pos token.Pos) {
	u := equation.Use{Sink: "http.Request", Kind: equation.Request, Fixed: "GET", Pos: f.x.pos(pos)}
	for i, key := range c.Keys {
		switch key {
		case "URL":
			u.URL = &equation.Expr{Op: equation.Apply, Sym: "(*net/url.URL).String", Args: []*equation.Expr{c.Args[i]}}
		case "Method":
			u.Method, u.Fixed = c.Args[i], ""
		}
	}
	if u.URL != nil {
		f.use(u)
	}
}

// fieldUse records the use that an assignment to the URL of a request is.
func (f *function) fieldUse(l *ast.SelectorExpr, sym string, updated *equation.Expr) {
	request, what := updated, "the URL of an http.Request"
	if sym == sink.RequestType+".Method" {
		what = "the method of an http.Request" // what was made as one request is sent as another
	} else if x, ok := ast.Unparen(l.X).(*ast.SelectorExpr); ok && (sym == sink.URLType+".Path" || sym == sink.URLType+".Host") {
		sel := f.x.Info.Selections[x]
		if sel == nil || typeSym(sel.Recv())+"."+sel.Obj().Name() != sink.RequestURL {
			return
		}
		request = f.expr(x.X) // already updated
	} else if sym != sink.RequestURL {
		return
	}
	url := &equation.Expr{Op: equation.Field, Sym: sink.RequestURL, Text: "URL", Args: []*equation.Expr{request}}
	f.use(equation.Use{
		Sink:   what,
		Kind:   equation.Request,
		Method: f.share(&equation.Expr{Op: equation.Field, Sym: sink.RequestType + ".Method", Text: "Method", Args: []*equation.Expr{request}}),
		URL:    &equation.Expr{Op: equation.Apply, Sym: "(*net/url.URL).String", Args: []*equation.Expr{url}},
		Pos:    f.x.pos(l.Pos()),
	})
}
