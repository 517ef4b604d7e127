package grammar

import (
	"fmt"
	"strings"
)

// A check is what a test wants of the requests of the program.
type check struct {
	id, says string
	emit     func(x *scope, p plan, s *site, b base, items []item)
}

// shared makes the paths of the items functions of the program, so that tests can send the same.
func (x *scope) shared(items []item) []item {
	for i, it := range items {
		q := x.place()
		name := q.global("path")
		f := q.inner()
		t := it.path(f)
		f.do("return %s", t.src)
		q.decl("func %s() string {\n%s\n}", name, f.text())
		items[i].path = func(x *scope) text { return t.at("%s()", x.ref(q, name)) }
	}
	return items
}

// test writes the test file.
func (x *scope) test(p plan, s *site, b base, items []item) {
	x.begin() // what the test prints is nobody's concern
	x.sections = x.sections[:len(x.sections)-1]
	t := &scope{x.builder, x.tests, new([]string)}
	row := checks[x.pickRow("check", len(checks), func(i int) string { return checks[i].id })]
	row.emit(t, p, s, b, items)
}

// serverBase is the base of a server of a test: with the path of the real one, or without, if the base is one text.
func (x *scope) serverBase(p plan, b base, expr string) base {
	out := base{expr: expr, old: b.old, new: b.new}
	if p.split.id == "base-path" && x.choices.pick(2) == 1 {
		out.old, out.new = "", ""
	}
	return out
}

// send makes all requests of the items by the site.
func (x *scope) send(s *site, items []item) {
	for _, it := range items {
		it.one(x, s)
	}
}

// server begins a test that requests a server, and returns the base of the requests.
func (x *scope) server(handler string, p plan, b base) base {
	x.do("srv := httptest.NewServer(%s)\ndefer srv.Close()\ndefer srv.CloseClientConnections()", handler)
	return b
}

// seen makes the handler that notes method and path of all requests.
const seen = "var mu sync.Mutex\nvar got []string\nhandler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\nmu.Lock()\ndefer mu.Unlock()\ngot = append(got, r.Method+\" \"+r.URL.Path)\n})"

// wanted writes down what the server should see of an item.
func (x *scope) wanted(b base, it item, form func(path string) string) text {
	e := it.endpoint
	oldPath, newPath := concrete(b.old+e.old), concrete(b.new+e.new)
	if !it.call.moves() {
		newPath = oldPath
	}
	t := x.lit(form(oldPath), form(newPath), rolePath, it.call.ours)
	it.call.lits = append(it.call.lits, t.lits...)
	return t
}

// wantedPath writes down the path of an item as the program writes it.
func (x *scope) wantedPath(it item) text {
	t := x.lit(it.call.pathOld, it.call.pathNew, rolePath, it.call.ours)
	it.call.lits = append(it.call.lits, t.lits...)
	return t
}

// behindSender declares a function that sends the items by an interface of the program, lets the program use it with code
// that makes the requests, and returns its name.
func (x *scope) behindSender(p plan, b base, items []item) string {
	main := &scope{x.builder, x.pkgs[0], nil}
	i, all, live := x.name("sender"), x.name("sendAll"), x.name("liveSender")
	f := main.inner()
	for _, it := range items {
		m, at := it.method(f), it.path(f)
		it.call.reads(at)
		f.do("s.Send(%s, %s)", m.src, at.src)
	}
	main.decl("type %[1]s interface{ Send(method, at string) }\n\nfunc %[2]s(s %[1]s) {\n%[4]s\n}\n\ntype %[3]s func(method, at string)\n\nfunc (f %[3]s) Send(method, at string) { f(method, at) }", i, all, live, f.text())
	x.atEnd(func(run *scope) *event {
		run.do("%s(%s(func(method, at string) {\n%s\n}))", all, live, each(run, inline(run, p, b, items[0].call.ours), items, "method", "at"))
		for _, it := range items {
			m := it.endpoint.method + " "
			run.section.calls = append(run.section.calls, []*event{{before: m + it.call.urlOld, after: m + it.call.urlNew, call: it.call}})
		}
		return nil
	})
	return all
}

func testFunction(x *scope, f *scope) {
	x.decl("func %s(t *testing.T) {\n%s\n}", x.name("TestClient"), f.text())
}

var checks = []check{
	{"routes", "has a server with routes", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		rt := routers[x.pickRow("router", len(routers), func(i int) string { return routers[i].id })]
		server := x.serverBase(p, b, "srv.URL")
		var calls []*call
		for _, it := range items {
			calls = append(calls, it.call)
		}
		routes := routesFor(rt, fact{old: server.old, new: server.new}, calls)
		f.do("var mu sync.Mutex\nvar got []string\nnote := func(name string) {\nmu.Lock()\ndefer mu.Unlock()\ngot = append(got, name)\n}")
		handler := rt.handler(f, routes, "note")
		again := s.again(f, f.server(handler, p, server), true)
		f.send(again, items)
		var want []string
		for _, it := range items {
			for _, r := range routes {
				for _, c := range r.calls {
					if c == it.call {
						want = append(want, fmt.Sprintf("%q", r.name))
					}
				}
			}
		}
		f.do("if want := []string{%s}; !slices.Equal(got, want) {\nt.Errorf(\"answered by %%q, want %%q\", got, want)\n}", strings.Join(want, ", "))
		testFunction(x, f)
	}},
	{"paths", "compares the paths that a server has seen", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		server := x.serverBase(p, b, "srv.URL")
		f.do("%s", seen)
		f.send(s.again(f, f.server("handler", p, server), true), items)
		var want []string
		for _, it := range items {
			want = append(want, f.wanted(server, it, func(path string) string { return it.endpoint.method + " " + path }).src)
		}
		f.do("if want := []string{%s}; !slices.Equal(got, want) {\nt.Errorf(\"got %%q, want %%q\", got, want)\n}", strings.Join(want, ", "))
		testFunction(x, f)
	}},
	{"table", "has a table of paths", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		server := x.serverBase(p, b, "srv.URL")
		f.do("%s", seen)
		again := s.again(f, f.server("handler", p, server), true)
		var rows strings.Builder
		for _, it := range items {
			g := f.inner()
			it.one(g, again)
			fmt.Fprintf(&rows, "{%q, %s, func() {\n%s\n}},\n", it.endpoint.method, f.wanted(server, it, plainPath).src, g.text())
		}
		f.do("for _, test := range []struct {\nmethod, path string\nsend func()\n}{\n%s} {\ngot = nil\ntest.send()\nif len(got) != 1 || got[0] != test.method+\" \"+test.path {\nt.Errorf(\"got %%q, want %%s %%s\", got, test.method, test.path)\n}\n}", rows.String())
		testFunction(x, f)
	}},
	{"helper", "hands the path that is wanted to a helper", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		server := x.serverBase(p, b, "srv.URL")
		h := x.name("assertRequest")
		x.decl("func %s(t *testing.T, got []string, method, path string) {\n\tt.Helper()\n\tif len(got) == 0 || got[len(got)-1] != method+\" \"+path {\n\t\tt.Errorf(\"got %%q, want %%s %%s\", got, method, path)\n\t}\n}", h)
		f.do("%s", seen)
		again := s.again(f, f.server("handler", p, server), true)
		for _, it := range items {
			it.one(f, again)
			f.do("%s(t, got, %q, %s)", h, it.endpoint.method, f.wanted(server, it, plainPath).src)
		}
		testFunction(x, f)
	}},
	{"transport", "replaces the transport by one that knows URLs", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		t := x.name("fakeTransport")
		x.decl("type %s func(*http.Request) (*http.Response, error)\n\nfunc (f %s) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }", t, t)
		var cases strings.Builder
		seenCase := map[string]bool{}
		for _, it := range items {
			key := it.call.urlOld
			if seenCase[key] {
				pinCalls([]*call{it.call})
				continue
			}
			seenCase[key] = true
			l := f.lit(it.call.urlOld, it.call.urlNew, roleURL, it.call.ours)
			for _, other := range items {
				if other.call.urlOld == key {
					other.call.lits = append(other.call.lits, l.lits...)
					if other.call.urlNew != it.call.urlNew {
						pinCalls([]*call{it.call, other.call})
					}
				} else if other.call.urlNew == it.call.urlNew {
					pinCalls([]*call{it.call, other.call})
				}
			}
			fmt.Fprintf(&cases, "case %s:\nhits++\n", l.src)
		}
		f.do("hits := 0\nbefore := http.DefaultTransport\ndefer func() { http.DefaultTransport = before }()")
		f.do("http.DefaultTransport = %s(func(r *http.Request) (*http.Response, error) {\nswitch r.URL.String() {\n%sdefault:\nt.Errorf(\"request for %%s\", r.URL)\n}\nreturn &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: r}, nil\n})", t, cases.String())
		f.send(s.again(f, b, true), items)
		f.do("if hits != %d {\nt.Errorf(\"%%d requests\", hits)\n}", len(items))
		testFunction(x, f)
	}},
	{"other-host", "aims the code at another host and sends nothing", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		o := api.foreign[1]
		o.old, o.new = b.old, b.old
		f.do("if os.Getenv(%q) == \"\" {\nt.Skip(\"for people\")\n}", x.env())
		before := len(x.lits)
		again := s.again(f, o, false)
		for _, l := range x.lits[before:] {
			l.free()
		}
		it := items[0]
		probe := *it.call
		it.call = &probe
		it.one(f, again)
		testFunction(x, f)
	}},
	{"fake", "hands a fake to code that sends by an interface of the program", func(x *scope, p plan, s *site, b base, items []item) {
		all := x.behindSender(p, b, items)
		fake := x.name("fakeSender")
		x.decl("type %s struct{ got []string }\n\nfunc (f *%s) Send(method, at string) { f.got = append(f.got, method+\" \"+at) }", fake, fake)
		f := x.inner()
		v := f.name("fake")
		f.do("%s := &%s{}\n%s(%s)", v, fake, all, v)
		var want []string
		for _, it := range items {
			want = append(want, fmt.Sprintf("%q + %s", it.endpoint.method+" ", f.wantedPath(it).src))
		}
		f.do("if want := []string{%s}; !slices.Equal(%s.got, want) {\nt.Errorf(\"got %%q, want %%q\", %s.got, want)\n}", strings.Join(want, ", "), v, v)
		testFunction(x, f)
	}},
	{"mock", "hands a mock with what is expected to code that sends by an interface of the program", func(x *scope, p plan, s *site, b base, items []item) {
		all := x.behindSender(p, b, items)
		mock := x.name("mockSender")
		x.decl("type %s struct {\n\tt *testing.T\n\texpected [][2]string\n}\n\nfunc (m *%s) Expect(method, at string) { m.expected = append(m.expected, [2]string{method, at}) }\n\n"+
			"func (m *%s) Send(method, at string) {\n\tm.t.Helper()\n\tif len(m.expected) == 0 || m.expected[0] != [2]string{method, at} {\n\t\tm.t.Fatalf(\"%%s %%s is sent, and not expected\", method, at)\n\t}\n\tm.expected = m.expected[1:]\n}", mock, mock, mock)
		f := x.inner()
		v := f.name("mock")
		f.do("%s := &%s{t: t}", v, mock)
		for _, it := range items {
			f.do("%s.Expect(%q, %s)", v, it.endpoint.method, f.wantedPath(it).src)
		}
		f.do("%s(%s)\nif len(%s.expected) > 0 {\nt.Errorf(\"not sent: %%q\", %s.expected)\n}", all, v, v, v)
		testFunction(x, f)
	}},
	{"cassette", "plays a cassette", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		t := x.name("player")
		x.decl("type %s func(*http.Request) (*http.Response, error)\n\nfunc (f %s) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }", t, t)
		var interactions []string
		for _, it := range items {
			l := f.lit(it.call.urlOld, it.call.urlNew, roleURL, it.call.ours)
			l.lits[0].comment = true
			it.call.lits = append(it.call.lits, l.lits...)
			interactions = append(interactions, fmt.Sprintf("\t{\"request\": {\"method\": %q, \"url\": \"%s\"}, \"response\": {\"status\": 200, \"body\": \"{}\"}}", it.endpoint.method, l.src))
		}
		x.data["testdata/cassette.json"] = "{\"interactions\": [\n" + strings.Join(interactions, ",\n") + "\n]}\n"
		f.do("data, err := os.ReadFile(\"testdata/cassette.json\")\nif err != nil {\nt.Fatal(err)\n}")
		f.do("var tape struct {\nInteractions []struct {\nRequest struct{ Method, URL string }\nResponse struct {\nStatus int\nBody string\n}\n}\n}\nif err := json.Unmarshal(data, &tape); err != nil {\nt.Fatal(err)\n}")
		f.do("played := 0\nbefore := http.DefaultTransport\ndefer func() { http.DefaultTransport = before }()")
		f.do("http.DefaultTransport = %s(func(r *http.Request) (*http.Response, error) {\nif played == len(tape.Interactions) {\nreturn nil, errors.New(\"the tape is at its end\")\n}\nnext := tape.Interactions[played]\nplayed++\n"+
			"if r.Method != next.Request.Method && (r.Method != \"\" || next.Request.Method != \"GET\") || r.URL.String() != next.Request.URL {\nt.Errorf(\"%%s %%s is not %%s %%s as recorded\", r.Method, r.URL, next.Request.Method, next.Request.URL)\n}\n"+
			"return &http.Response{StatusCode: next.Response.Status, Body: io.NopCloser(strings.NewReader(next.Response.Body)), Request: r}, nil\n})", t)
		f.send(s.again(f, b, true), items)
		f.do("if played != len(tape.Interactions) {\nt.Errorf(\"%%d of %%d requests\", played, len(tape.Interactions))\n}")
		testFunction(x, f)
	}},
	{"example", "is an example with its output", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		f.do("%s", seen)
		server := x.serverBase(p, b, "srv.URL")
		f.send(s.again(f, f.server("handler", p, server), true), items)
		f.do("fmt.Println(strings.Join(got, \"\\n\"))")
		f.do("// Output:")
		for _, it := range items {
			w := f.wanted(server, it, func(path string) string { return it.endpoint.method + " " + path })
			w.lits[0].comment = true
			f.do("// %s", w.src)
		}
		x.decl("func Example() {\n%s\n}", f.text())
	}},
	{"golden", "compares with a golden file", func(x *scope, p plan, s *site, b base, items []item) {
		f := x.inner()
		f.do("%s", seen)
		server := x.serverBase(p, b, "srv.URL")
		f.send(s.again(f, f.server("handler", p, server), true), items)
		var golden strings.Builder
		for _, it := range items {
			w := f.wanted(server, it, func(path string) string { return it.endpoint.method + " " + path })
			w.lits[0].comment = true
			golden.WriteString(w.src + "\n")
		}
		x.data["testdata/requests.golden"] = golden.String()
		f.do("want, err := os.ReadFile(\"testdata/requests.golden\")\nif err != nil {\nt.Fatal(err)\n}\nif text := strings.Join(got, \"\\n\") + \"\\n\"; text != string(want) {\nt.Errorf(\"got %%s, want %%s\", text, want)\n}")
		testFunction(x, f)
	}},
}

// ownServer serves the paths of the vendor itself, in ordinary code, and requests them.
func ownServer(x *scope, p plan, _ *site, _ base, items []item) {
	rt := routers[x.pickRow("router", len(routers), func(i int) string { return routers[i].id })]
	var calls []*call
	for _, it := range items {
		calls = append(calls, it.call)
	}
	begin := api.ours[0]
	routes := routesFor(rt, fact{old: begin.old, new: begin.old}, calls)
	q := x.place()
	f := q.inner()
	first := len(x.lits)
	handler := rt.handler(f, routes, "note")
	n := q.global("serve")
	q.decl("func %s(note func(name string)) http.Handler {\n%s\nreturn %s\n}", n, f.text(), handler)
	srv := x.name("srv")
	x.do("%s := httptest.NewServer(%s(func(name string) { fmt.Println(\"answered by\", name) }))", srv, x.ref(q, n))
	inProcess := x.choices.pick(2) == 1
	x.do("defer %s.Close()\ndefer %s.CloseClientConnections()", srv, srv)
	for i, it := range items {
		at := concrete(begin.old + it.endpoint.old)
		l := x.lit(at, at, rolePath, false)
		it.call.lits = append(it.call.lits, l.lits...)
		note := &event{before: fmt.Sprintf("answered by route %d", i)}
		note.after = note.before
		if inProcess {
			x.do("%s.Config.Handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(%q, %s, nil))", srv, it.endpoint.method, l.src)
			x.section.calls = append(x.section.calls, []*event{note})
			continue
		}
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(%q, %s.URL + %s, nil)", r, it.endpoint.method, srv, l.src)
		x.do("http.DefaultClient.Do(%s)", r)
		line := it.endpoint.method + " " + at + " 200"
		x.section.calls = append(x.section.calls, []*event{note, {before: line, after: line, call: it.call}})
	}
	for _, l := range x.lits[first:] {
		l.own = true
	}
}
