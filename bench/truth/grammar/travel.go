package grammar

// A textRow is a feature that takes a text and hands on the same text by other means.
type textRow struct {
	id, says string
	emit     func(x *scope, e text) text
}

const travelDimension = "travel"

// travels are all ways for a text to travel. The first is the simplest.
var travels = append(append(append([]textRow{{"plain", "it is used where it is", func(x *scope, e text) text { return e }}},
	language...), library...), containers...)

// travel sends a text along up to n ways, one after the other.
func (x *scope) travel(e text, n int) text {
	hops := 1
	if x.choices.wants(travelDimension) {
		x.choices.note(hops)
	} else {
		hops = x.choices.rarely(n + 1)
	}
	for range hops {
		x.choices.begin()
		row := travels[x.pickRow(travelDimension, len(travels), func(i int) string { return travels[i].id })]
		e = row.emit(x, e)
		x.choices.end()
	}
	return e
}

// other returns a text that might stand where e stands, but is never part of a request: of another API where e is of
// ours, and the other way round.
func (x *scope) other(e text) string {
	switch {
	case e.role == rolePath:
		return x.lit("/orders", "/orders", rolePath, false).src
	case e.role == rolePart || e.role == roleMethod:
		return `"none"`
	case e.ours:
		f := api.foreign[0]
		return x.lit(f.host+f.old, f.host+f.old, roleBase, false).src
	}
	o := api.ours[0]
	t := x.lit(o.host+o.old, o.host+o.new, roleBase, true)
	t.lits[0].free()
	return t.src
}

// language are ways that only need the language.
var language = []textRow{
	{"variable", "it is assigned to a variable", func(x *scope, e text) text { return x.local("v", e) }},
	{"parameter", "a function takes and returns it", func(x *scope, e text) text {
		return e.at("%s(%s)", x.helper("pass", "func %s(s string) string { return s }"), e.src)
	}},
	{"variadic", "a variadic function returns the last of its arguments", func(x *scope, e text) text {
		return e.at("%s(%s, %s)", x.helper("last", "func %s(all ...string) string { return all[len(all)-1] }"), x.other(e), e.src)
	}},
	{"results", "it is one of two results", func(x *scope, e text) text {
		v := x.name("v")
		x.do("_, %s := %s(%s)", v, x.helper("both", "func %s(s string) (int, string) { return len(s), s }"), e.src)
		return e.at("%s", v)
	}},
	{"named-result", "a deferred function sets the named result", func(x *scope, e text) text {
		return e.at("%s(%s)", x.helper("late", "func %s(s string) (out string) {\n\tdefer func() { out = s }()\n\treturn out\n}"), e.src)
	}},
	{"recursion", "a recursive function hands it on", func(x *scope, e text) text {
		p := x.place()
		name := p.global("down")
		p.decl("func %s(n int, s string) string {\n\tif n == 0 {\n\t\treturn s\n\t}\n\treturn %s(n-1, s)\n}", name, name)
		return e.at("%s(3, %s)", x.ref(p, name), e.src)
	}},
	{"method", "a method takes and returns it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("passer")
		p.decl("type %s struct{}\n\nfunc (%s) Pass(s string) string { return s }", t, t)
		return e.at("%s{}.Pass(%s)", x.ref(p, t), e.src)
	}},
	{"pointer-method", "a field keeps it and a method of the pointer returns it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("holder")
		p.decl("type %s struct{ Text string }\n\nfunc (h *%s) Get() string { return h.Text }", t, t)
		return e.at("(&%s{Text: %s}).Get()", x.ref(p, t), e.src)
	}},
	{"setter", "a setter of a pointer stores it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("store")
		p.decl("type %s struct{ Text string }\n\nfunc (h *%s) Set(s string) { h.Text = s }", t, t)
		v := x.name("h")
		x.do("%s := &%s{}", v, x.ref(p, t))
		x.do("%s.Set(%s)", v, e.src)
		return e.at("%s.Text", v)
	}},
	{"chained-setters", "setters that return the receiver store it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("chain")
		p.decl("type %s struct{ Text string }\n\nfunc (c *%s) With(s string) *%s {\n\tc.Text = s\n\treturn c\n}", t, t, t)
		return e.at("new(%s).With(%s).With(%s).Text", x.ref(p, t), x.other(e), e.src)
	}},
	{"method-value", "a method value takes and returns it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("passer")
		p.decl("type %s struct{}\n\nfunc (%s) Pass(s string) string { return s }", t, t)
		v := x.name("f")
		x.do("%s := %s{}.Pass", v, x.ref(p, t))
		return e.at("%s(%s)", v, e.src)
	}},
	{"method-expression", "a method expression takes and returns it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("passer")
		p.decl("type %s struct{}\n\nfunc (%s) Pass(s string) string { return s }", t, t)
		n := x.ref(p, t)
		return e.at("%s.Pass(%s{}, %s)", n, n, e.src)
	}},
	{"promoted-method", "a method of an embedded pointer returns it", func(x *scope, e text) text {
		p := x.place()
		t, u := p.global("inner"), p.global("outer")
		p.decl("type %s struct{ Text string }\n\nfunc (i *%s) Get() string { return i.Text }\n\ntype %s struct{ *%s }", t, t, u, t)
		return e.at("%s{&%s{%s}}.Get()", x.ref(p, u), x.ref(p, t), e.src)
	}},
	{"interface", "an interface of the program has the one method that returns it", func(x *scope, e text) text {
		p := x.place()
		i, t := p.global("texter"), p.global("plain")
		p.decl("type %s interface{ Said() string }\n\ntype %s struct{ Text string }\n\nfunc (t %s) Said() string { return t.Text }", i, t, t)
		v := x.name("t")
		x.do("var %s %s = %s{%s}", v, x.ref(p, i), x.ref(p, t), e.src)
		return e.at("%s.Said()", v)
	}},
	{"two-implementations", "one of two implementations of an interface returns it", func(x *scope, e text) text {
		p := x.place()
		i, t, u := p.global("namer"), p.global("first"), p.global("second")
		p.decl("type %s interface{ Named() string }\n\ntype %s struct{ Text string }\n\nfunc (t %s) Named() string { return t.Text }\n\n"+
			"type %s struct{}\n\nfunc (%s) Named() string { return %s }", i, t, t, u, u, x.other(e))
		v := x.name("all")
		x.do("%s := []%s{%s{}, %s{%s}}", v, x.ref(p, i), x.ref(p, u), x.ref(p, t), e.src)
		return e.at("%s[1].Named()", v)
	}},
	{"named-type", "it is converted to a named type with a method", func(x *scope, e text) text {
		p := x.place()
		t := p.global("word")
		p.decl("type %s string\n\nfunc (w %s) Plain() string { return string(w) }", t, t)
		return e.at("%s(%s).Plain()", x.ref(p, t), e.src)
	}},
	{"any", "an empty interface keeps it and a type assertion takes it out", func(x *scope, e text) text {
		v := x.name("a")
		x.do("var %s any = %s", v, e.src)
		return e.at("%s.(string)", v)
	}},
	{"type-switch", "a type switch takes it out of an interface", func(x *scope, e text) text {
		return e.at("%s(%s)", x.helper("textOf", "func %s(a any) string {\n\tswitch a := a.(type) {\n\tcase string:\n\t\treturn a\n\tcase []string:\n\t\treturn a[0]\n\t}\n\treturn \"\"\n}"), e.src)
	}},
	{"generic", "a generic function takes and returns it", func(x *scope, e text) text {
		return e.at("%s(%s)", x.helper("same", "func %s[T any](v T) T { return v }"), e.src)
	}},
	{"generic-explicit", "a generic function with a named type argument converts it", func(x *scope, e text) text {
		return e.at("%s[string](%s)", x.helper("as", "func %s[To, From ~string](v From) To { return To(v) }"), e.src)
	}},
	{"generic-type", "a generic type keeps it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("box")
		p.decl("type %s[T any] struct{ Value T }\n\nfunc (b *%s[T]) Get() T { return b.Value }", t, t)
		return e.at("(&%s[string]{Value: %s}).Get()", x.ref(p, t), e.src)
	}},
	{"generic-setter", "a generic function stores it through a pointer", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s := %s", v, x.other(e))
		x.do("%s(&%s, %s)", x.helper("assign", "func %s[T any](to *T, v T) { *to = v }"), v, e.src)
		return e.at("%s", v)
	}},
	{"generic-constraint", "a method of a type parameter returns it", func(x *scope, e text) text {
		p := x.place()
		t, f := p.global("res"), p.global("pathOf")
		p.decl("type %s struct{ Text string }\n\nfunc (r %s) Path() string { return r.Text }\n\nfunc %s[T interface{ Path() string }](v T) string { return v.Path() }", t, t, f)
		return e.at("%s(%s{%s})", x.ref(p, f), x.ref(p, t), e.src)
	}},
	{"function-value", "a function value of the program takes and returns it", func(x *scope, e text) text {
		v := x.name("f")
		x.do("%s := %s", v, x.helper("pass", "func %s(s string) string { return s }"))
		return e.at("%s(%s)", v, e.src)
	}},
	{"function-variable", "a package variable holds the function that takes and returns it", func(x *scope, e text) text {
		return e.at("%s(%s)", x.helper("hook", "var %s = func(s string) string { return s }"), e.src)
	}},
	{"function-map", "a map holds the function that takes and returns it", func(x *scope, e text) text {
		v := x.name("fs")
		x.do("%s := map[string]func(string) string{\"a\": func(string) string { return %s }, \"b\": func(s string) string { return s }}", v, x.other(e))
		return e.at("%s[\"b\"](%s)", v, e.src)
	}},
	{"higher-order", "a function takes the function that returns it", func(x *scope, e text) text {
		return e.at("%s(func() string { return %s })", x.helper("call", "func %s(f func() string) string { return f() }"), e.src)
	}},
	{"callback", "a callback is handed it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("var %s string", v)
		x.do("%s(%s, func(s string) { %s = s })", x.helper("with", "func %s(s string, f func(string)) { f(s) }"), e.src, v)
		return e.at("%s", v)
	}},
	{"closure", "a closure returns it", func(x *scope, e text) text {
		v := x.name("f")
		x.do("%s := func() string { return %s }", v, e.src)
		return e.at("%s()", v)
	}},
	{"factory", "a function returns the closure that returns it", func(x *scope, e text) text {
		return e.at("%s(%s)()", x.helper("later", "func %s(s string) func() string {\n\treturn func() string { return s }\n}"), e.src)
	}},
	{"channel", "a buffered channel hands it on", func(x *scope, e text) text {
		v := x.name("ch")
		x.do("%s := make(chan string, 1)", v)
		x.do("%s <- %s", v, e.src)
		return e.at("<-%s", v)
	}},
	{"goroutine", "a goroutine sends it", func(x *scope, e text) text {
		v := x.name("ch")
		x.do("%s := make(chan string)", v)
		x.do("go func() { %s <- %s }()", v, e.src)
		return x.local("v", e.at("<-%s", v))
	}},
	{"channel-range", "a loop over a channel of structs takes the last", func(x *scope, e text) text {
		ch, v := x.name("ch"), x.name("v")
		x.do("%s := make(chan struct{ text string }, 2)", ch)
		x.do("%s <- struct{ text string }{%s}", ch, x.other(e))
		x.do("%s <- struct{ text string }{%s}", ch, e.src)
		x.do("close(%s)", ch)
		x.do("var %s string", v)
		x.do("for job := range %s {\n\t%s = job.text\n}", ch, v)
		return e.at("%s", v)
	}},
	{"select", "a select statement takes it", func(x *scope, e text) text {
		ch, v := x.name("ch"), x.name("v")
		x.do("%s := make(chan string, 1)", ch)
		x.do("%s <- %s", ch, e.src)
		x.do("%s := %s", v, x.other(e))
		x.do("select {\ncase %s = <-%s:\ndefault:\n}", v, ch)
		return e.at("%s", v)
	}},
	{"options", "functional options in a loop store it over a default", func(x *scope, e text) text {
		p := x.place()
		t, o, w, n := p.global("settings"), p.global("option"), p.global("withText"), p.global("newSettings")
		p.decl("type %s struct{ Text string }\n\ntype %s func(*%s)\n\nfunc %s(s string) %s {\n\treturn func(to *%s) { to.Text = s }\n}", t, o, t, w, o, t)
		p.decl("func %s(options ...%s) *%s {\n\ts := &%s{Text: %s}\n\tfor _, option := range options {\n\t\toption(s)\n\t}\n\treturn s\n}", n, o, t, t, x.other(e))
		return e.at("%s(%s(%s)).Text", x.ref(p, n), x.ref(p, w), e.src)
	}},
	{"unused-options", "it is the default that no functional option changes", func(x *scope, e text) text {
		p := x.place()
		t, o, w, n := p.global("settings"), p.global("option"), p.global("withText"), p.global("newSettings")
		p.decl("type %s struct{ Text, Agent string }\n\ntype %s func(*%s)\n\nfunc %s(s string) %s {\n\treturn func(to *%s) { to.Agent = s }\n}", t, o, t, w, o, t)
		p.decl("func %s(text string, options ...%s) *%s {\n\ts := &%s{Text: text}\n\tfor _, option := range options {\n\t\toption(s)\n\t}\n\treturn s\n}", n, o, t, t)
		return e.at("%s(%s, %s(\"agent\")).Text", x.ref(p, n), e.src, x.ref(p, w))
	}},
	{"config-default", "a config that lacks it gets it as the default", func(x *scope, e text) text {
		p := x.place()
		t, f := p.global("config"), p.global("orDefault")
		p.decl("type %s struct{ Text string }\n\nfunc %s(c %s, text string) %s {\n\tif c.Text == \"\" {\n\t\tc.Text = text\n\t}\n\treturn c\n}", t, f, t, t)
		return e.at("%s(%s{}, %s).Text", x.ref(p, f), x.ref(p, t), e.src)
	}},
	{"config-given", "a config has it, so that the default is not used", func(x *scope, e text) text {
		p := x.place()
		t, f := p.global("config"), p.global("orDefault")
		p.decl("type %s struct{ Text string }\n\nfunc (c *%s) %s() string {\n\tif c.Text == \"\" {\n\t\treturn %s\n\t}\n\treturn c.Text\n}", t, t, exported(f), x.other(e))
		return e.at("(&%s{Text: %s}).%s()", x.ref(p, t), e.src, exported(f))
	}},
	{"counter", "a loop assigns it in its second round, by a counter", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s := %s", v, x.other(e))
		x.do("for i := 0; i < 2; i++ {\n\tif i == 1 {\n\t\t%s = %s\n\t}\n}", v, e.src)
		return e.at("%s", v)
	}},
	{"count-down", "a loop that counts down assigns it in its last round", func(x *scope, e text) text {
		v, n := x.name("v"), x.name("n")
		x.do("%s, %s := %s, 2", v, n, x.other(e))
		x.do("for %s > 0 {\n\t%s--\n\tif %s == 0 {\n\t\t%s = %s\n\t}\n}", n, n, n, v, e.src)
		return e.at("%s", v)
	}},
	{"counted-index", "a counter that was raised picks it from a list", func(x *scope, e text) text {
		all, n := x.name("all"), x.name("n")
		x.do("%s, %s := []string{%s, %s}, 0", all, n, x.other(e), e.src)
		x.do("%s++", n)
		return e.at("%s[%s]", all, n)
	}},
	{"package-counter", "a package variable that was raised picks it", func(x *scope, e text) text {
		p := x.place()
		n, f := p.global("turns"), p.global("turn")
		p.decl("var %s int\n\nfunc %s(first, second string) string {\n\t%s++\n\tif %s%%2 == 0 {\n\t\treturn second\n\t}\n\treturn first\n}", n, f, n, n)
		x.do("%s(%s, \"\")", x.ref(p, f), `""`)
		return x.local("v", e.at("%s(%s, %s)", x.ref(p, f), x.other(e), e.src))
	}},
	{"range-int", "a range over a number assigns it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s := %s", v, x.other(e))
		x.do("for i := range 2 {\n\tif i == 1 {\n\t\t%s = %s\n\t}\n}", v, e.src)
		return e.at("%s", v)
	}},
	{"labelled", "a labelled loop is left when it has been assigned", func(x *scope, e text) text {
		v, l := x.name("v"), x.name("outer")
		x.do("%s := %s", v, x.other(e))
		x.do("%s:\nfor {\n\tfor {\n\t\t%s = %s\n\t\tbreak %s\n\t}\n}", l, v, e.src, l)
		return e.at("%s", v)
	}},
	{"goto", "it is assigned before a jump back", func(x *scope, e text) text {
		v, l := x.name("v"), x.name("again")
		done := x.name("done")
		x.do("%s, %s := %s, false", v, done, x.other(e))
		x.do("%s:\nif !%s {\n\t%s = true\n\t%s = %s\n\tgoto %s\n}", l, done, done, v, e.src, l)
		return e.at("%s", v)
	}},
	{"branch", "a branch on a fact of the run assigns it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s := %s", v, x.other(e))
		x.do("if len(os.Args) > 0 {\n\t%s = %s\n}", v, e.src)
		return e.at("%s", v)
	}},
	{"fallthrough", "a case that is fallen into assigns it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s := %s", v, x.other(e))
		x.do("switch {\ncase len(os.Args) > 0:\n\tfallthrough\ncase len(os.Args) > 1:\n\t%s = %s\n}", v, e.src)
		return e.at("%s", v)
	}},
	{"panic", "a recovered panic hands it on", func(x *scope, e text) text {
		return e.at("%s(%s)", x.helper("caught", "func %s(s string) (out string) {\n\tdefer func() { out = recover().(string) }()\n\tpanic(s)\n}"), e.src)
	}},
	{"min", "it is the smaller of two equal texts", func(x *scope, e text) text {
		e = x.local("v", e)
		return e.at("min(%s, %s)", e.src, e.src)
	}},
	{"sequence", "a function that yields it is ranged over", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s := %s", v, x.other(e))
		x.do("for s := range %s(%s) {\n\t%s = s\n}", x.helper("each", "func %s(s string) iter.Seq[string] {\n\treturn func(yield func(string) bool) { yield(s) }\n}"), e.src, v)
		return e.at("%s", v)
	}},
	{"sequence2", "a function that yields pairs is ranged over", func(x *scope, e text) text {
		v := x.name("v")
		x.do("var %s string", v)
		x.do("for _, s := range %s(%s, %s) {\n\t%s = s\n}", x.helper("pairs", "func %s(all ...string) iter.Seq2[int, string] {\n\treturn func(yield func(int, string) bool) {\n\t\tfor i, s := range all {\n\t\t\tif !yield(i, s) {\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}\n}"), x.other(e), e.src, v)
		return e.at("%s", v)
	}},
	{"pull", "an iterator is pulled once", func(x *scope, e text) text {
		v, next, stop := x.name("v"), x.name("next"), x.name("stop")
		x.do("%s, %s := iter.Pull(func(yield func(string) bool) { yield(%s) })", next, stop, e.src)
		x.do("%s, _ := %s()", v, next)
		x.do("%s()", stop)
		return e.at("%s", v)
	}},
}

// exported makes a name one that other packages may use.
func exported(name string) string { return "Or" + name }
