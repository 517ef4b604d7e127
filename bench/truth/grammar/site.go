package grammar

import (
	"go/token"
	"slices"
	"strings"
)

// A plan is what the requests of one site have in common.
type plan struct {
	split   split
	meet    meet
	methods []string
	uses    []*observer
}

// A site is code that makes requests, with a base that is bound to it.
type site struct {
	call   func(x *scope, method, path text) []*literal // emits a request and returns the literals in it beside those of the path
	rebase func(x *scope, b text)                       // makes it use another base from here on; nil if it cannot
	again  func(x *scope, b base, ours bool) *site      // the same code with another base; nil if it cannot
}

// A siteRow is a kind of site.
type siteRow struct {
	id, says string
	make     func(x *scope, p plan, b base, ours bool) *site
	again    bool // the same code can be used with another base
}

// request is the innermost code: parts meet, and the sink makes the request.
func (x *scope) request(p plan, parts []text, method, path text) []*literal {
	if len(p.methods) == 1 {
		method.old = p.methods[0]
	}
	for _, o := range p.uses {
		if o.path != nil {
			method, path = x.once(method), x.once(path)
			o.path(x, method, path)
		}
	}
	u := x.meet(p.meet, append(parts[:len(parts):len(parts)], path))
	u = x.travel(u, 1)
	for _, o := range p.uses {
		if o.url != nil {
			o.url(x, u)
		}
	}
	x.sinking(p.methods).emit(x, method, u)
	return u.lits
}

// oneBase returns the parts as one text.
func (x *scope) oneBase(p plan, b base, ours bool) text {
	parts := x.baseParts(p.split, b, ours)
	if len(parts) == 0 {
		return text{src: `""`, role: rolePart}
	}
	var t text
	if len(parts) == 1 {
		t = parts[0]
	} else {
		t = meets[x.pickRow("meet", 5, func(i int) string { return meets[i].id })].emit(x, parts)
	}
	t.role, t.ours = roleBase, ours
	if p.observesBase() {
		t = x.once(t)
	}
	x.section.prelude = append(x.section.prelude, x.observeBase(p, t)...)
	return t
}

// once makes a text one that can be read more than once. A literal is not written twice: what else reads it would
// have no need to follow the request.
func (x *scope) once(t text) text {
	if token.IsIdentifier(t.src) {
		return t
	}
	t = x.local("t", t)
	x.do("_ = %s", t.src) // nobody may read it
	return t
}

func (p plan) observesBase() bool {
	return slices.ContainsFunc(p.uses, func(o *observer) bool { return o.base != nil })
}

// observeBase lets the observers see the base and returns what they print.
func (x *scope) observeBase(p plan, t text) []*event {
	var out []*event
	for _, o := range p.uses {
		if o.base != nil {
			if e := o.base(x, t); e != nil {
				out = append(out, e)
			}
		}
	}
	return out
}

// observePart lets them see one of the parts, whenever a request is made.
func (x *scope) observePart(p plan, parts []text) {
	if len(parts) > 0 && p.observesBase() {
		if x.section.part == 0 {
			x.section.part = 1 + x.choices.pick(len(parts))
		}
		i := x.section.part - 1
		parts[i] = x.once(parts[i])
		x.section.eachTime = x.observeBase(p, parts[i])
	}
}

// withBase returns the parts of the request when the base is one expression.
func (p plan) withBase(base string) []text {
	facts, _ := p.split.parts(api.ours[0])
	if len(facts) == 0 {
		return nil
	}
	return []text{{src: base, role: roleBase}}
}

var siteRows = []siteRow{
	{"inline", "each request by itself", inline, false},
	{"function", "a function that knows the base", func(x *scope, p plan, b base, ours bool) *site {
		q := x.place()
		name := q.global("send")
		f := q.inner()
		parts := f.baseParts(p.split, b, ours)
		f.observePart(p, parts)
		lits := f.request(p, parts, variableOf("method", roleMethod), variableOf("at", rolePath))
		q.decl("func %s(method, at string) {\n%s\n}", name, f.text())
		return &site{call: func(x *scope, m, path text) []*literal {
			x.do("%s(%s, %s)", x.ref(q, name), m.src, path.src)
			return lits
		}}
	}, false},
	{"function-base", "a function that is handed the base", func(x *scope, p plan, b base, ours bool) *site {
		q := x.place()
		name := q.global("send")
		f := q.inner()
		lits := f.request(p, p.withBase("base"), variableOf("method", roleMethod), variableOf("at", rolePath))
		q.decl("func %s(base, method, at string) {\n%s\n}", name, f.text())
		return handed(x, p, b, ours, func(x *scope, base, m, path text) []*literal {
			x.do("%s(%s, %s, %s)", x.ref(q, name), base.src, m.src, path.src)
			return lits
		})
	}, true},
	{"wrappers", "a function for each method on top of one for all", func(x *scope, p plan, b base, ours bool) *site {
		q := x.place()
		name, verb := q.global("send"), q.global("by")
		f := q.inner()
		lits := f.request(p, p.withBase("base"), variableOf("method", roleMethod), variableOf("at", rolePath))
		q.decl("func %s(base, method, at string) {\n%s\n}", name, f.text())
		q.decl("func %s(method string) func(base, at string) {\n\treturn func(base, at string) { %s(base, method, at) }\n}", verb, name)
		return handed(x, p, b, ours, func(x *scope, base, m, path text) []*literal {
			x.do("%s(%s)(%s, %s)", x.ref(q, verb), m.src, base.src, path.src)
			return lits
		})
	}, true},
	{"closure", "a closure over the base", func(x *scope, p plan, b base, ours bool) *site {
		t := x.local("base", x.oneBase(p, b, ours))
		f := x.inner()
		lits := f.request(p, p.withBase(t.src), variableOf("method", roleMethod), variableOf("at", rolePath))
		if len(p.withBase("")) == 0 {
			x.do("_ = %s", t.src)
		}
		name := x.name("send")
		x.do("%s := func(method, at string) {\n%s\n}", name, f.text())
		return &site{
			call: func(x *scope, m, path text) []*literal {
				x.do("%s(%s, %s)", name, m.src, path.src)
				return append(append([]*literal(nil), lits...), t.lits...)
			},
			rebase: func(x *scope, b text) { t.lits = b.lits; x.write(alias{addressable: true}, t.src, b.src) },
		}
	}, false},
	{"client", "a client with the base in a field, made by a literal", client(func(q *scope, c string) func(x *scope, base string) string {
		return func(x *scope, base string) string { return "&" + x.ref(q, c) + "{Base: " + base + "}" }
	}), true},
	{"constructor", "a client made by a constructor", client(func(q *scope, c string) func(x *scope, base string) string {
		n := q.global("New")
		q.decl("func %s(base string) *%s { return &%s{Base: base} }", n, c, c)
		return func(x *scope, base string) string { return x.ref(q, n) + "(" + base + ")" }
	}), true},
	{"options", "a client made with functional options", client(func(q *scope, c string) func(x *scope, base string) string {
		n, o := q.global("New"), q.global("WithBase")
		q.decl("type %sOption func(*%s)\n\nfunc %s(base string) %sOption {\n\treturn func(c *%s) { c.Base = base }\n}", c, c, o, c, c)
		q.decl("func %s(options ...%sOption) *%s {\n\tc := &%s{}\n\tfor _, option := range options {\n\t\toption(c)\n\t}\n\treturn c\n}", n, c, c, c)
		return func(x *scope, base string) string { return x.ref(q, n) + "(" + x.ref(q, o) + "(" + base + "))" }
	}), true},
	{"default-option", "a client whose base is the default of its options", client(func(q *scope, c string) func(x *scope, base string) string {
		n, o := q.global("New"), q.global("WithAgent")
		q.decl("type %sOption func(*%s)\n\nfunc %s(agent string) %sOption {\n\treturn func(c *%s) { c.Agent = agent }\n}", c, c, o, c, c)
		q.decl("func %s(base string, options ...%sOption) *%s {\n\tc := &%s{Base: base}\n\tfor _, option := range options {\n\t\toption(c)\n\t}\n\treturn c\n}", n, c, c, c)
		return func(x *scope, base string) string {
			return x.ref(q, n) + "(" + base + ", " + x.ref(q, o) + "(\"agent\"))"
		}
	}), true},
	{"config", "a client made from a config with defaults", client(func(q *scope, c string) func(x *scope, base string) string {
		n := q.global("New")
		q.decl("type %sConfig struct{ Base, Agent string }\n\nfunc %s(c %sConfig) *%s {\n\tif c.Agent == \"\" {\n\t\tc.Agent = \"agent\"\n\t}\n\treturn &%s{Base: c.Base, Agent: c.Agent}\n}", c, n, c, c, c)
		return func(x *scope, base string) string {
			return x.ref(q, n) + "(" + x.ref(q, c+"Config") + "{Base: " + base + "})"
		}
	}), true},
	{"setter", "a client whose base a setter stores", client(func(q *scope, c string) func(x *scope, base string) string {
		q.decl("func (c *%s) SetBase(base string) *%s {\n\tc.Base = base\n\treturn c\n}", c, c)
		return func(x *scope, base string) string { return "new(" + x.ref(q, c) + ").SetBase(" + base + ")" }
	}), true},
	{"service", "a service that holds the client", service, true},
	{"embedded", "a client that embeds another", embedded, true},
	{"interface", "a client behind an interface of the program", behindInterface, true},
	{"transport", "a transport that puts the base before the path of requests", completing, false},
	{"generic", "a generic function with the type of the answer", func(x *scope, p plan, b base, ours bool) *site {
		q := x.place()
		name := q.global("fetch")
		f := q.inner()
		lits := f.request(p, p.withBase("base"), variableOf("method", roleMethod), variableOf("at", rolePath))
		q.decl("func %s[T any](base, method, at string) (out T) {\n%s\nreturn out\n}", name, f.text())
		return handed(x, p, b, ours, func(x *scope, base, m, path text) []*literal {
			x.do("%s[map[string]any](%s, %s, %s)", x.ref(q, name), base.src, m.src, path.src)
			return lits
		})
	}, true},
}

// handed is a site whose code is handed the base with each request.
func handed(x *scope, p plan, b base, ours bool, send func(x *scope, base, method, path text) []*literal) *site {
	t := x.local("base", x.oneBase(p, b, ours))
	return &site{
		call: func(x *scope, m, path text) []*literal {
			return append(slices.Clone(send(x, t, m, path)), t.lits...)
		},
		rebase: func(x *scope, b text) {
			t.lits = b.lits
			x.write(alias{addressable: true}, t.src, b.src)
		},
		again: func(x *scope, b base, ours bool) *site { return handed(x, p, b, ours, send) },
	}
}

func inline(_ *scope, p plan, b base, ours bool) *site {
	return &site{call: func(x *scope, m, path text) []*literal {
		parts := x.baseParts(p.split, b, ours)
		x.observePart(p, parts)
		return x.request(p, parts, m, path)
	}}
}

// variableOf is the text that a parameter of the site hands in.
func variableOf(name string, r role) text { return text{src: name, role: r, ours: true} }

// clientType declares a client type with a method that makes requests.
func clientType(q *scope, p plan) (c string, lits []*literal) {
	c = q.global("Client")
	f := q.inner()
	lits = f.request(p, p.withBase("c.Base"), variableOf("method", roleMethod), variableOf("at", rolePath))
	q.decl("type %s struct{ Base, Agent string }\n\nfunc (c *%s) Send(method, at string) {\n%s\n}", c, c, f.text())
	extras[q.pickRow("extra", len(extras), func(i int) string { return extras[i].id })].emit(q, c, p)
	return c, lits
}

// An extra is something that a client has and the program does not use.
type extra struct {
	id, says string
	emit     func(q *scope, c string, p plan)
}

var extras = []extra{
	{"none", "nothing else", func(*scope, string, plan) {}},
	{"dead-wrapper", "an unexported method that nobody calls", func(q *scope, c string, p plan) {
		q.decl("func (c *%s) get(at string) { c.Send(%q, at) }", c, p.methods[0])
	}},
	{"dead-function", "an unexported function that nobody calls, which makes one for another host", func(q *scope, c string, p plan) {
		f := api.foreign[1]
		q.decl("func %s() *%s { return &%s{Base: %s} }", q.name("staging"), c, c, q.lit(f.host+f.old, f.host+f.old, roleBase, false).src)
	}},
	{"getter", "an exported method that returns the base", func(q *scope, c string, p plan) {
		q.decl("func (c *%s) Where() string { return c.Base }", c)
	}},
	{"escape", "an exported variable that anybody may set to a function that sees each base", func(q *scope, c string, p plan) {
		q.decl("// %[2]sHook is for users of the package.\nvar %[2]sHook func(base string)\n\nfunc (c *%[1]s) Tell() {\n\tif %[2]sHook != nil {\n\t\t%[2]sHook(c.Base)\n\t}\n}", c, strings.ToUpper(c[:1])+c[1:])
	}},
}

// client returns a kind of site with a client that is made in the given way.
func client(made func(q *scope, c string) func(x *scope, base string) string) func(*scope, plan, base, bool) *site {
	return func(x *scope, p plan, b base, ours bool) *site {
		q := x.place()
		c, lits := clientType(q, p)
		create := made(q, c)
		return clientSite(p, lits, b, ours, x, "", func(x *scope, t text) string {
			v := x.name("c")
			x.do("%s := %s", v, create(x, t.src))
			return v
		})
	}
}

// clientSite is a site of which a variable holds the client; field leads from the variable to the client.
func clientSite(p plan, lits []*literal, b base, ours bool, x *scope, field string, create func(x *scope, t text) string) *site {
	var with func(x *scope, b base, ours bool) *site
	with = func(x *scope, b base, ours bool) *site {
		t := x.oneBase(p, b, ours)
		v := create(x, t)
		return &site{
			call: func(x *scope, m, path text) []*literal {
				x.do("%s.Send(%s, %s)", v, m.src, path.src)
				return append(append([]*literal(nil), lits...), t.lits...)
			},
			rebase: func(x *scope, b text) {
				t.lits = b.lits
				a := objects[x.pickRow("rebase", len(objects), func(i int) string { return objects[i].id })]
				x.write(alias{addressable: true}, a.emit(x, v+field)+".Base", b.src)
			},
			again: with,
		}
	}
	return with(x, b, ours)
}

func service(x *scope, p plan, b base, ours bool) *site {
	q := x.place()
	c, lits := clientType(q, p)
	s, n := q.global("Service"), q.global("NewService")
	q.decl("type %s struct{ Client *%s }\n\nfunc (s *%s) Send(method, at string) { s.Client.Send(method, at) }", s, c, s)
	q.decl("func %s(base string) *%s {\n\tc := &%s{Base: base}\n\treturn &%s{Client: c}\n}", n, s, c, s)
	return clientSite(p, lits, b, ours, x, ".Client", func(x *scope, t text) string {
		v := x.name("s")
		x.do("%s := %s(%s)", v, x.ref(q, n), t.src)
		return v
	})
}

func embedded(x *scope, p plan, b base, ours bool) *site {
	q := x.place()
	c, lits := clientType(q, p)
	r := x.place()
	if r.pkg.index > q.pkg.index {
		r = q
	}
	o := r.global("Outer")
	r.decl("type %s struct {\n\t*%s\n\tName string\n}", o, r.ref(q, c))
	return clientSite(p, lits, b, ours, x, "", func(x *scope, t text) string {
		v := x.name("o")
		x.do("%s := %s{&%s{Base: %s}, \"outer\"}", v, x.ref(r, o), x.ref(q, c), t.src)
		return v
	})
}

func behindInterface(x *scope, p plan, b base, ours bool) *site {
	q := x.place()
	c, lits := clientType(q, p)
	i := q.global("Sender")
	q.decl("type %s interface{ Send(method, at string) }", i)
	return clientSite(p, lits, b, ours, x, "", func(x *scope, t text) string {
		v := x.name("s")
		x.do("var %s %s = &%s{Base: %s}", v, x.ref(q, i), x.ref(q, c), t.src)
		return v
	}).fixed()
}

// fixed is a site whose base cannot be changed by name.
func (s *site) fixed() *site {
	again := s.again
	s.rebase = nil
	s.again = func(x *scope, b base, ours bool) *site { return again(x, b, ours).fixed() }
	return s
}

// completing is a client that sends requests without a host; its transport knows the base.
func completing(x *scope, p plan, b base, ours bool) *site {
	// It sends no URL that an observer could see, and its paths have to begin with a slash.
	seesURL := slices.ContainsFunc(p.uses, func(o *observer) bool { return o.url != nil })
	if p.split.id == wholeURL || p.meet.bare || seesURL {
		return inline(x, p, b, ours)
	}
	q := x.place()
	t, n := q.global("completing"), q.global("send")
	q.decl("type %s struct{ Base string }\n\nfunc (t %s) RoundTrip(r *http.Request) (*http.Response, error) {\n\tr = r.Clone(r.Context())\n\tu, err := url.Parse(t.Base + r.URL.Path)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\tr.URL = u\n\treturn http.DefaultTransport.RoundTrip(r)\n}", t, t)
	f := q.inner()
	for _, o := range p.uses {
		if o.path != nil {
			o.path(f, variableOf("method", roleMethod), variableOf("at", rolePath))
		}
	}
	q.decl("func %s(c *http.Client, method, at string) {\n%s\nr, err := http.NewRequest(method, at, nil)\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tc.Do(r)\n}", n, f.text())
	b0 := x.oneBase(p, b, ours)
	v := x.name("c")
	x.do("%s := &http.Client{Transport: %s{Base: %s}}", v, x.ref(q, t), b0.src)
	return &site{call: func(x *scope, m, path text) []*literal {
		x.do("%s(%s, %s, %s)", x.ref(q, n), v, m.src, path.src)
		return b0.lits
	}}
}

// An object is a way to name the client whose base changes.
type object struct {
	id, says string
	emit     func(x *scope, c string) string
}

var objects = []object{
	{"itself", "by its own name", func(x *scope, c string) string { return c }},
	{"second-name", "by a second name", func(x *scope, c string) string {
		v := x.name("d")
		x.do("%s := %s", v, c)
		return v
	}},
	{"map", "in a map", func(x *scope, c string) string {
		v := x.name("m")
		x.do("%s := %s(\"a\", %s)", v, x.helper("mapOf", "func %s[T any](k string, v T) map[string]T { return map[string]T{k: v} }"), c)
		return v + `["a"]`
	}},
	{"slice", "in a slice", func(x *scope, c string) string {
		v := x.name("l")
		x.do("%s := %s(%s)", v, x.helper("listOf", "func %s[T any](v ...T) []T { return v }"), c)
		return v + "[0]"
	}},
	{"field", "in a field", func(x *scope, c string) string {
		p := x.place()
		t, n := p.global("holding"), p.global("hold")
		p.decl("type %s[T any] struct{ Inner T }\n\nfunc %s[T any](v T) *%s[T] { return &%s[T]{v} }", t, n, t, t)
		v := x.name("h")
		x.do("%s := %s(%s)", v, x.ref(p, n), c)
		return v + ".Inner"
	}},
	{"function", "handed back by a function", func(x *scope, c string) string {
		return x.helper("same", "func %s[T any](v T) T { return v }") + "(" + c + ")"
	}},
	{"channel", "out of a channel", func(x *scope, c string) string {
		v := x.name("ch")
		x.do("%s := %s(%s)", v, x.helper("chanOf", "func %s[T any](v T) chan T {\n\tch := make(chan T, 1)\n\tch <- v\n\treturn ch\n}"), c)
		return "(<-" + v + ")"
	}},
	{"closure", "through a closure", func(x *scope, c string) string {
		v := x.name("f")
		x.do("%s := %s(%s)", v, x.helper("keep", "func %s[T any](v T) func() T {\n\treturn func() T { return v }\n}"), c)
		return v + "()"
	}},
}
