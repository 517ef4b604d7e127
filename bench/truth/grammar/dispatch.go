package grammar

import (
	"fmt"
	"go/token"
	"strings"
)

// An item is a request that is to be made: its endpoint, and how its method and path are written down.
type item struct {
	endpoint endpoint
	method   func(x *scope) text
	path     func(x *scope) text
	call     *call
}

// A dispatch is a way for the items to come to the site one after the other.
type dispatch struct {
	id, says string
	emit     func(x *scope, s *site, items []item)
}

// table writes all paths and methods down and returns their texts.
func table(x *scope, items []item) (methods, paths []text) {
	for _, it := range items {
		m, p := it.method(x), it.path(x)
		it.call.reads(p)
		methods, paths = append(methods, m), append(paths, p)
	}
	return methods, paths
}

// each calls the site with variables, for all items at once.
func each(x *scope, s *site, items []item, method, path string) string {
	f := x.inner()
	lits := s.call(f, variableOf(method, roleMethod), variableOf(path, rolePath))
	if token.IsIdentifier(method) && !strings.Contains(f.text(), method) {
		f.do("_ = %s", method) // the sink knows it
	}
	for _, it := range items {
		it.call.lits = append(it.call.lits, lits...)
	}
	return f.text()
}

// rows is a list of structs with method and path.
func rows(x *scope, items []item) string {
	methods, paths := table(x, items)
	var b strings.Builder
	b.WriteString("[]struct{ method, path string }{\n")
	for i := range items {
		fmt.Fprintf(&b, "{%s, %s},\n", methods[i].src, paths[i].src)
	}
	b.WriteString("}")
	return b.String()
}

var dispatches = []dispatch{
	{"sequence", "one after the other", func(x *scope, s *site, items []item) {
		for _, it := range items {
			it.one(x, s)
		}
	}},
	{"closures", "in function literals that are called later", func(x *scope, s *site, items []item) {
		v := x.name("todo")
		x.do("var %s []func()", v)
		for _, it := range items {
			f := x.inner()
			it.one(f, s)
			x.do("%s = append(%s, func() {\n%s\n})", v, v, f.text())
		}
		x.do("for _, f := range %s {\n\tf()\n}", v)
	}},
	{"range", "in a loop over a list", func(x *scope, s *site, items []item) {
		x.do("for _, e := range %s {\n%s\n}", rows(x, items), each(x, s, items, "e.method", "e.path"))
	}},
	{"counter", "in a loop with a counter", func(x *scope, s *site, items []item) {
		v := x.name("all")
		x.do("%s := %s", v, rows(x, items))
		x.do("for i := 0; i < len(%s); i++ {\n%s\n}", v, each(x, s, items, v+"[i].method", v+"[i].path"))
	}},
	{"while", "in a loop until the list is empty", func(x *scope, s *site, items []item) {
		v := x.name("queue")
		x.do("%s := %s", v, rows(x, items))
		x.do("for len(%s) > 0 {\n%s\n%s = %s[1:]\n}", v, each(x, s, items, v+"[0].method", v+"[0].path"), v, v)
	}},
	{"index", "by an index that is raised in between", func(x *scope, s *site, items []item) {
		v, n := x.name("all"), x.name("next")
		x.do("%s, %s := %s, 0", v, n, rows(x, items))
		body := each(x, s, items, fmt.Sprintf("%s[%s].method", v, n), fmt.Sprintf("%s[%s].path", v, n))
		x.do("step := func() {\n%s\n%s++\n}", body, n)
		for range items {
			x.do("step()")
		}
	}},
	{"branch", "in a loop whose branches choose by the counter", func(x *scope, s *site, items []item) {
		methods, paths := table(x, items)
		m, p := x.name("method"), x.name("path")
		var b strings.Builder
		for i := range items {
			fmt.Fprintf(&b, "if i == %d {\n%s, %s = %s, %s\n}\n", i, m, p, methods[i].src, paths[i].src)
		}
		x.do("for i := 0; i < %d; i++ {\nvar %s, %s string\n%s%s\n}", len(items), m, p, b.String(), each(x, s, items, m, p))
	}},
	{"state", "by a state machine", func(x *scope, s *site, items []item) {
		methods, paths := table(x, items)
		m, p, st := x.name("method"), x.name("path"), x.name("state")
		var b strings.Builder
		for i := range items {
			fmt.Fprintf(&b, "case \"s%d\":\n%s, %s, %s = %s, %s, \"s%d\"\n", i, m, p, st, methods[i].src, paths[i].src, i+1)
		}
		x.do("%s := \"s0\"", st)
		x.do("for %s != \"s%d\" {\nvar %s, %s string\nswitch %s {\n%s}\n%s\n}", st, len(items), m, p, st, b.String(), each(x, s, items, m, p))
	}},
	{"goto", "by jumps back", func(x *scope, s *site, items []item) {
		v, n, l := x.name("all"), x.name("n"), x.name("again")
		x.do("%s, %s := %s, 0", v, n, rows(x, items))
		x.do("%s:\nif %s < len(%s) {\n%s\n%s++\ngoto %s\n}", l, n, v, each(x, s, items, fmt.Sprintf("%s[%s].method", v, n), fmt.Sprintf("%s[%s].path", v, n)), n, l)
	}},
	{"iterator", "from an iterator of methods and paths", func(x *scope, s *site, items []item) {
		methods, paths := table(x, items)
		v := x.name("seq")
		var b strings.Builder
		for i := range items {
			fmt.Fprintf(&b, "if !yield(%s, %s) {\nreturn\n}\n", methods[i].src, paths[i].src)
		}
		x.do("%s := func(yield func(string, string) bool) {\n%s}", v, b.String())
		x.do("for method, at := range %s {\n%s\n}", v, each(x, s, items, "method", "at"))
	}},
	{"channel", "from a channel", func(x *scope, s *site, items []item) {
		v := x.name("jobs")
		x.do("%s := make(chan struct{ method, path string }, %d)", v, len(items))
		methods, paths := table(x, items)
		for i := range items {
			x.do("%s <- struct{ method, path string }{%s, %s}", v, methods[i].src, paths[i].src)
		}
		x.do("close(%s)", v)
		x.do("for job := range %s {\n%s\n}", v, each(x, s, items, "job.method", "job.path"))
	}},
	{"map", "from a map by sorted keys", func(x *scope, s *site, items []item) {
		methods, paths := table(x, items)
		v := x.name("byName")
		var b strings.Builder
		for i := range items {
			fmt.Fprintf(&b, "\"k%d\": {%s, %s},\n", i, methods[i].src, paths[i].src)
		}
		x.do("%s := map[string][2]string{\n%s}", v, b.String())
		x.do("for _, k := range slices.Sorted(maps.Keys(%s)) {\n%s\n}", v, each(x, s, items, v+"[k][0]", v+"[k][1]"))
	}},
	{"recursion", "by a function that calls itself with the rest", func(x *scope, s *site, items []item) {
		v, f := x.name("all"), x.name("walk")
		x.do("%s := %s", v, rows(x, items))
		x.do("var %s func(i int)", f)
		x.do("%s = func(i int) {\nif i == len(%s) {\nreturn\n}\n%s\n%s(i + 1)\n}", f, v, each(x, s, items, v+"[i].method", v+"[i].path"), f)
		x.do("%s(0)", f)
	}},
	{"stack", "from a stack", func(x *scope, s *site, items []item) {
		methods, paths := table(x, items)
		p := x.place()
		t := p.global("jobs")
		p.decl("type %s struct{ Items [][2]string }\n\nfunc (s *%s) Push(method, path string) { s.Items = append(s.Items, [2]string{method, path}) }\n\n"+
			"func (s *%s) Pop() (method, path string) {\n\tlast := s.Items[len(s.Items)-1]\n\ts.Items = s.Items[:len(s.Items)-1]\n\treturn last[0], last[1]\n}", t, t, t)
		v := x.name("stack")
		x.do("%s := &%s{}", v, x.ref(p, t))
		for i := len(items) - 1; i >= 0; i-- {
			x.do("%s.Push(%s, %s)", v, methods[i].src, paths[i].src)
		}
		x.do("for len(%s.Items) > 0 {\nmethod, at := %s.Pop()\n%s\n}", v, v, each(x, s, items, "method", "at"))
	}},
	{"flag", "chosen by a flag that is set from outside", byMode(func(x *scope) (string, func(string) string) {
		n := x.flagName()
		v := x.helper("Action", "var %s = flag.String("+fmt.Sprintf("%q", n)+", \"m0\", \"\")")
		return "*" + v, func(mode string) string { return fmt.Sprintf("flag.Set(%q, %q)", n, mode) }
	})},
	{"environment", "chosen by the environment", byMode(func(x *scope) (string, func(string) string) {
		n := x.env()
		v := x.helper("action", "func %s() string {\n\treturn cmp.Or(os.Getenv("+fmt.Sprintf("%q", n)+"), \"m0\")\n}")
		return v + "()", func(mode string) string { return fmt.Sprintf("os.Setenv(%q, %q)", n, mode) }
	})},
	{"exported-variable", "chosen by an exported variable that another module sets", byMode(func(x *scope) (string, func(string) string) {
		v := exported(x.name("Mode"))
		(&scope{x.builder, x.pkgs[0], nil}).decl("var %s = \"m0\"", v)
		return v, func(mode string) string { return fmt.Sprintf("x0.%s = %q", v, mode) }
	})},
	{"exported-field", "chosen by a field of a config with a default, that another module sets", byMode(func(x *scope) (string, func(string) string) {
		v := exported(x.name("Config"))
		(&scope{x.builder, x.pkgs[0], nil}).decl("// %s may be changed before Run.\nvar %s = struct{ Mode string }{\"m0\"}", v, v)
		return v + ".Mode", func(mode string) string { return fmt.Sprintf("x0.%s.Mode = %q", v, mode) }
	})},
	{"decoded-config", "chosen by a config with a default, over which one from outside is decoded", byMode(func(x *scope) (string, func(string) string) {
		n := x.env()
		p := x.place()
		t, f := p.global("modeConfig"), p.global("load")
		p.decl("type %s struct{ Mode string }\n\nfunc %s() %s {\n\tc := %s{Mode: \"m0\"}\n\tif data := os.Getenv(%q); data != \"\" {\n\t\tif err := json.Unmarshal([]byte(data), &c); err != nil {\n\t\t\tpanic(err)\n\t\t}\n\t}\n\treturn c\n}", t, f, t, t, n)
		return x.ref(p, f) + "().Mode", func(mode string) string { return fmt.Sprintf("os.Setenv(%q, `{\"mode\": %q}`)", n, mode) }
	})},
}

// one calls the site for one item in the scope.
func (it item) one(x *scope, s *site) {
	m, p := it.method(x), it.path(x)
	it.call.reads(p)
	it.call.lits = append(it.call.lits, s.call(x, m, p)...)
}

// reads notes the literals of the path.
func (c *call) reads(path text) {
	c.lits = append(c.lits, path.lits...)
	c.pathLits = append(c.pathLits, path.lits...)
}

// byMode is a dispatch in which a run makes one of the requests: which one, a mode says that is set from outside
// between the runs. The default is the first.
func byMode(mode func(x *scope) (expr string, set func(mode string) string)) func(*scope, *site, []item) {
	return func(x *scope, s *site, items []item) {
		x.section.byMode = true
		expr, set := mode(x)
		chain := x.choices.pick(2) == 1
		var b strings.Builder
		for i, it := range items {
			f := x.inner()
			it.one(f, s)
			switch {
			case !chain:
				fmt.Fprintf(&b, "case \"m%d\":\n%s\n", i, f.text())
			case i == 0:
				fmt.Fprintf(&b, "if mode == \"m%d\" {\n%s\n}", i, f.text())
			default:
				fmt.Fprintf(&b, " else if mode == \"m%d\" {\n%s\n}", i, f.text())
			}
			if i > 0 {
				x.reruns = append(x.reruns, set(fmt.Sprintf("m%d", i)))
			}
		}
		if chain {
			x.do("mode := %s\n%s", expr, b.String())
		} else {
			x.do("switch %s {\n%s}", expr, b.String())
		}
	}
}
