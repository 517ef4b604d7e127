package grammar

// containers are ways through lists, maps and variables with more than one name. Most begin with another text, which
// is overwritten.
var containers = append([]textRow{
	{"slice", "a slice keeps it", func(x *scope, e text) text { return e.at("[]string{%s, %s}[1]", x.other(e), e.src) }},
	{"array", "an array keeps it", func(x *scope, e text) text { return e.at("[...]string{%s}[0]", e.src) }},
	{"map", "a map keeps it", func(x *scope, e text) text {
		v := x.name("m")
		x.do("%s := map[string]string{\"a\": %s, \"b\": %s}", v, x.other(e), e.src)
		return e.at("%s[\"b\"]", v)
	}},
	{"map-any-key", "a map with keys of any type keeps it", func(x *scope, e text) text {
		v := x.name("m")
		x.do("%s := map[any]string{1: %s, \"b\": %s}", v, x.other(e), e.src)
		return e.at("%s[\"b\"]", v)
	}},
	{"struct-key", "it is a key that is a struct", func(x *scope, e text) text {
		m, v := x.name("m"), x.name("v")
		x.do("%s := map[struct{ text string }]bool{{%s}: true}", m, e.src)
		x.do("var %s string", v)
		x.do("for k := range %s {\n\t%s = k.text\n}", m, v)
		return e.at("%s", v)
	}},
	{"set", "it is the only member of a set", func(x *scope, e text) text {
		v := x.name("v")
		x.do("var %s string", v)
		x.do("for k := range map[string]struct{}{%s: {}} {\n\t%s = k\n}", e.src, v)
		return e.at("%s", v)
	}},
	{"nested", "a map of slices of structs keeps it", func(x *scope, e text) text {
		return e.at("map[string][]struct{ text string }{\"k\": {{%s}}}[\"k\"][0].text", e.src)
	}},
	{"struct-copy", "a copy of a struct keeps it when the struct changes", func(x *scope, e text) text {
		a, b := x.name("a"), x.name("b")
		x.do("%s := struct{ text string }{%s}", a, e.src)
		x.do("%s := %s", b, a)
		x.do("%s.text = %s", a, x.other(e))
		x.do("_ = %s", a)
		return e.at("%s.text", b)
	}},
	{"append", "append adds it to a list", func(x *scope, e text) text {
		v := x.name("all")
		x.do("%s := []string{%s}", v, x.other(e))
		x.do("%s = append(%s, %s)", v, v, e.src)
		return e.at("%s[len(%s)-1]", v, v)
	}},
	{"stack", "a stack is pushed and popped", func(x *scope, e text) text {
		p := x.place()
		t := p.global("stack")
		p.decl("type %s struct{ Items []string }\n\nfunc (s *%s) Push(v string) { s.Items = append(s.Items, v) }\n\n"+
			"func (s *%s) Pop() string {\n\tlast := s.Items[len(s.Items)-1]\n\ts.Items = s.Items[:len(s.Items)-1]\n\treturn last\n}", t, t, t)
		v := x.name("s")
		x.do("%s := &%s{}", v, x.ref(p, t))
		x.do("%s.Push(%s)", v, x.other(e))
		x.do("%s.Push(%s)", v, e.src)
		return x.local("v", e.at("%s.Pop()", v))
	}},
	{"linked-list", "a list of nodes is walked to its end", func(x *scope, e text) text {
		p := x.place()
		t := p.global("node")
		p.decl("type %s struct {\n\tText string\n\tNext *%s\n}", t, t)
		v, n := x.name("v"), x.ref(p, t)
		x.do("var %s string", v)
		x.do("for n := (&%s{%s, &%s{%s, nil}}); n != nil; n = n.Next {\n\t%s = n.Text\n}", n, x.other(e), n, e.src, v)
		return e.at("%s", v)
	}},
	{"container-list", "a container/list keeps it", func(x *scope, e text) text {
		v := x.name("l")
		x.do("%s := list.New()", v)
		x.do("%s.PushBack(%s)", v, e.src)
		return e.at("%s.Front().Value.(string)", v)
	}},
	{"slices-insert", "slices.Insert puts it in front", func(x *scope, e text) text {
		return e.at("slices.Insert([]string{%s}, 0, %s)[0]", x.other(e), e.src)
	}},
	{"slices-concat", "slices.Concat puts two lists together", func(x *scope, e text) text {
		return e.at("slices.Concat([]string{%s}, []string{%s})[1]", x.other(e), e.src)
	}},
	{"slices-reverse", "slices.Reverse brings it to the front", func(x *scope, e text) text {
		v := x.name("all")
		x.do("%s := []string{%s, %s}", v, x.other(e), e.src)
		x.do("slices.Reverse(%s)", v)
		return e.at("%s[0]", v)
	}},
	{"slices-delete", "slices.DeleteFunc takes out what is before it", func(x *scope, e text) text {
		v := x.name("all")
		x.do("%s := slices.DeleteFunc([]string{\"\", %s}, func(s string) bool { return s == \"\" })", v, e.src)
		return e.at("%s[0]", v)
	}},
	{"slices-values", "slices.Values yields it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s := slices.Collect(slices.Values([]string{%s}))", v, e.src)
		return e.at("%s[0]", v)
	}},
	{"maps-values", "maps.Values yields it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("var %s string", v)
		x.do("for s := range maps.Values(map[string]string{\"k\": %s}) {\n\t%s = s\n}", e.src, v)
		return e.at("%s", v)
	}},
	{"maps-copy", "maps.Copy overwrites another text by it", func(x *scope, e text) text {
		v := x.name("m")
		x.do("%s := map[string]string{\"k\": %s}", v, x.other(e))
		x.do("maps.Copy(%s, map[string]string{\"k\": %s})", v, e.src)
		return e.at("%s[\"k\"]", v)
	}},
	{"slice-copy", "copy overwrites another text by it", func(x *scope, e text) text {
		v := x.name("all")
		x.do("%s := []string{\"\", %s}", v, x.other(e))
		x.do("copy(%s[1:], []string{%s})", v, e.src)
		return e.at("%s[1]", v)
	}},
	{"swap", "it changes places with another", func(x *scope, e text) text {
		a, b := x.name("a"), x.name("b")
		x.do("%s, %s := %s, %s", a, b, x.other(e), e.src)
		x.do("%s, %s = %s, %s", a, b, b, a)
		x.do("_ = %s", b)
		return e.at("%s", a)
	}},
	{"range-slice", "a loop over a list ends with it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("var %s string", v)
		x.do("for _, s := range []string{%s, %s} {\n\t%s = s\n}", x.other(e), e.src, v)
		return e.at("%s", v)
	}},
}, overwritten()...)

// An alias makes a variable with another text and returns how it is read, and how it is written by another name. It is
// addressable if a pointer to it can be taken.
type alias struct {
	id, says    string
	make        func(x *scope, first string) (read, write string)
	addressable bool
}

var aliases = []alias{
	{"variable", "a variable", func(x *scope, first string) (string, string) {
		v := x.name("v")
		x.do("%s := %s", v, first)
		return v, v
	}, true},
	{"package-variable", "a package variable", func(x *scope, first string) (string, string) {
		v := x.helper("Current", "var %s = "+first)
		return v, v
	}, true},
	{"pointer", "a pointer to a variable", func(x *scope, first string) (string, string) {
		v, p := x.name("v"), x.name("p")
		x.do("%s := %s", v, first)
		x.do("%s := &%s", p, v)
		return v, "*" + p
	}, true},
	{"second-pointer", "a second name of a pointer to a struct", func(x *scope, first string) (string, string) {
		t := x.helper("thing", "type %s struct{ Text string }")
		c, d := x.name("c"), x.name("d")
		x.do("%s := &%s{%s}", c, t, first)
		x.do("%s := %s", d, c)
		return c + ".Text", d + ".Text"
	}, true},
	{"pointer-in-map", "a pointer to a struct in a map", func(x *scope, first string) (string, string) {
		t := x.helper("thing", "type %s struct{ Text string }")
		c, m := x.name("c"), x.name("m")
		x.do("%s := &%s{%s}", c, t, first)
		x.do("%s := map[string]*%s{\"a\": %s}", m, t, c)
		return c + ".Text", m + `["a"].Text`
	}, true},
	{"pointer-in-slice", "a pointer to a struct in a slice", func(x *scope, first string) (string, string) {
		t := x.helper("thing", "type %s struct{ Text string }")
		c, s := x.name("c"), x.name("s")
		x.do("%s := &%s{%s}", c, t, first)
		x.do("%s := []*%s{%s}", s, t, c)
		return c + ".Text", s + "[0].Text"
	}, true},
	{"pointer-in-struct", "a pointer to a struct in a field", func(x *scope, first string) (string, string) {
		t := x.helper("thing", "type %s struct{ Text string }")
		c, s := x.name("c"), x.name("s")
		x.do("%s := &%s{%s}", c, t, first)
		x.do("%s := struct{ inner *%s }{%s}", s, t, c)
		return c + ".Text", s + ".inner.Text"
	}, true},
	{"embedded-pointer", "an embedded pointer to a struct", func(x *scope, first string) (string, string) {
		p := x.place()
		t, u := p.global("Thing"), p.global("around")
		p.decl("type %s struct{ Text string }\n\ntype %s struct{ *%s }", t, u, t)
		c, s := x.name("c"), x.name("s")
		x.do("%s := &%s{%s}", c, x.ref(p, t), first)
		x.do("%s := %s{%s}", s, x.ref(p, u), c)
		return c + ".Text", s + ".Text"
	}, true},
	{"pointer-of-function", "a pointer that a function hands back", func(x *scope, first string) (string, string) {
		p := x.place()
		t, f := p.global("thing"), p.global("itself")
		p.decl("type %s struct{ Text string }\n\nfunc %s(t *%s) *%s { return t }", t, f, t, t)
		c := x.name("c")
		x.do("%s := &%s{%s}", c, x.ref(p, t), first)
		return c + ".Text", x.ref(p, f) + "(" + c + ").Text"
	}, true},
	{"pointer-in-any", "a pointer in an empty interface", func(x *scope, first string) (string, string) {
		t := x.helper("thing", "type %s struct{ Text string }")
		c, a := x.name("c"), x.name("a")
		x.do("%s := &%s{%s}", c, t, first)
		x.do("var %s any = %s", a, c)
		return c + ".Text", a + ".(*" + t + ").Text"
	}, true},
	{"second-map", "a second name of a map", func(x *scope, first string) (string, string) {
		m, n := x.name("m"), x.name("n")
		x.do("%s := map[string]string{\"k\": %s}", m, first)
		x.do("%s := %s", n, m)
		return m + `["k"]`, n + `["k"]`
	}, false},
	{"second-slice", "a second name of a slice", func(x *scope, first string) (string, string) {
		s, t := x.name("s"), x.name("t")
		x.do("%s := []string{%s}", s, first)
		x.do("%s := %s", t, s)
		return s + "[0]", t + "[0]"
	}, true},
	{"window", "a part of a slice", func(x *scope, first string) (string, string) {
		s, t := x.name("s"), x.name("t")
		x.do("%s := []string{\"\", %s}", s, first)
		x.do("%s := %s[1:]", t, s)
		return s + "[1]", t + "[0]"
	}, true},
	{"array-pointer", "a pointer to an array", func(x *scope, first string) (string, string) {
		s, p := x.name("s"), x.name("p")
		x.do("%s := [2]string{%s}", s, first)
		x.do("%s := &%s", p, s)
		return s + "[0]", p + "[0]"
	}, true},
	{"element-pointer", "a pointer to an element of an array of structs", func(x *scope, first string) (string, string) {
		s, p := x.name("s"), x.name("p")
		x.do("%s := [1]struct{ text string }{{%s}}", s, first)
		x.do("%s := &%s[0]", p, s)
		return s + "[0].text", p + ".text"
	}, true},
}

// A write puts a text into a variable. p is an expression for the variable.
type write struct {
	id, says string
	emit     func(x *scope, p, value string)
	pointer  bool // a pointer to the variable is needed
}

var writes = []write{
	{"assignment", "by an assignment", func(x *scope, p, value string) { x.do("%s = %s", p, value) }, false},
	{"closure", "by a closure", func(x *scope, p, value string) { x.do("func() { %s = %s }()", p, value) }, false},
	{"pointer-parameter", "by a function that is handed its address", func(x *scope, p, value string) {
		x.do("%s(&%s, %s)", x.helper("put", "func %s(to *string, s string) { *to = s }"), p, value)
	}, true},
	{"pointer-loop", "in a loop over pointers", func(x *scope, p, value string) {
		x.do("for _, to := range []*string{&%s} {\n\t*to = %s\n}", p, value)
	}, true},
	{"pointer-channel", "through a pointer out of a channel", func(x *scope, p, value string) {
		v := x.name("ch")
		x.do("%s := make(chan *string, 1)", v)
		x.do("%s <- &%s", v, p)
		x.do("*<-%s = %s", v, value)
	}, true},
	{"pointer-field", "through a pointer in a struct", func(x *scope, p, value string) {
		v := x.name("h")
		x.do("%s := struct{ to *string }{&%s}", v, p)
		x.do("*%s.to = %s", v, value)
	}, true},
	{"decoder", "by a decoder", func(x *scope, p, value string) {
		v := x.name("data")
		x.do("%s, _ := json.Marshal(%s)", v, value)
		x.do("json.Unmarshal(%s, &%s)", v, p)
	}, true},
	{"scan", "by fmt.Sscan", func(x *scope, p, value string) { x.do("fmt.Sscan(%s, &%s)", value, p) }, true},
	{"flag", "by a flag", func(x *scope, p, value string) {
		v := x.name("fs")
		x.do("%s := flag.NewFlagSet(\"\", flag.PanicOnError)", v)
		x.do("%s.StringVar(&%s, \"x\", %s, \"\")", v, p, value)
	}, true},
	{"atomic", "through a pointer in an atomic.Pointer", func(x *scope, p, value string) {
		v := x.name("a")
		x.do("var %s atomic.Pointer[string]", v)
		x.do("%s.Store(&%s)", v, p)
		x.do("*%s.Load() = %s", v, value)
	}, true},
	{"reflect", "by reflection", func(x *scope, p, value string) { x.do("reflect.ValueOf(&%s).Elem().SetString(%s)", p, value) }, true},
	{"deferred", "by a deferred function", func(x *scope, p, value string) {
		x.do("func() {\n\tdefer func() { %s = %s }()\n}()", p, value)
	}, false},
	{"callback", "by a callback", func(x *scope, p, value string) {
		x.do("%s(func() { %s = %s })", x.helper("run", "func %s(f func()) { f() }"), p, value)
	}, false},
}

// overwritten returns one row for each alias, which draws the write.
func overwritten() []textRow {
	var out []textRow
	for _, a := range aliases {
		out = append(out, textRow{"overwrite-" + a.id, "it overwrites another text by " + a.says, func(x *scope, e text) text {
			read, to := a.make(x, x.other(e))
			x.write(a, to, e.src)
			return e.at("%s", read)
		}})
	}
	return out
}

// write writes to a variable by one of the ways that can.
func (x *scope) write(a alias, to, value string) {
	w := writes[x.choices.row("write", len(writes), func(i int) string { return writes[i].id })]
	if w.pointer && !a.addressable {
		w = writes[0]
	}
	x.use("write", w.id)
	w.emit(x, to, value)
}
