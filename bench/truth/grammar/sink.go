package grammar

import (
	"fmt"
	"slices"
)

// A sink makes the request.
type sink struct {
	id, says string
	methods  []string // that it can make; nil: all
	wire     bool     // the transport of the library does not see it, nor does a test that replaces that
	emit     func(x *scope, method, url text)
}

var (
	get  = []string{"GET"}
	post = []string{"POST"}
)

var sinks = []sink{
	{id: "get", says: "http.Get", methods: get, emit: func(x *scope, m, u text) { x.do("http.Get(%s)", u.src) }},
	{id: "new-request", says: "http.NewRequest and Do", emit: func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, err := http.NewRequest(%s, %s, nil)\nif err != nil {\n\tpanic(err)\n}", r, m.src, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{id: "with-context", says: "http.NewRequestWithContext and Do", emit: func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequestWithContext(context.Background(), %s, %s, http.NoBody)", r, m.src, u.src)
		x.do("(&http.Client{}).Do(%s)", r)
	}},
	{id: "empty-method", says: "http.NewRequest without a method", methods: get, emit: func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(\"\", %s, nil)", r, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{id: "method-set", says: "a request whose method is set afterwards", emit: func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(http.MethodGet, %s, nil)", r, u.src)
		x.do("%s.Method = %s", r, m.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{id: "method-helper", says: "a request whose method a helper sets", emit: func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(http.MethodGet, %s, nil)", r, u.src)
		x.do("%s(%s, %s)", x.helper("setMethod", "func %s(r *http.Request, method string) { r.Method = method }"), r, m.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{id: "method-outside", says: "a request whose method comes from outside", emit: func(x *scope, m, u text) {
		r, env := x.name("req"), x.env()
		// Tests are run without what the harness sets.
		if m.old == "" || x.mode == Tests {
			env = x.env()
			x.do("%s, _ := http.NewRequest(cmp.Or(os.Getenv(%q), %s), %s, nil)", r, env, m.src, u.src)
			x.do("http.DefaultClient.Do(%s)", r)
			return
		}
		x.settings = append(x.settings, "os.Setenv(\""+env+"\", \""+m.old+"\")")
		x.do("%s, _ := http.NewRequest(os.Getenv(%q), %s, nil)", r, env, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{id: "literal", says: "an http.Request literal", emit: func(x *scope, m, u text) {
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, u.src)
		x.do("http.DefaultClient.Do(&http.Request{Method: %s, URL: %s})", m.src, v)
	}},
	{id: "url-set", says: "a request whose URL is set afterwards", emit: func(x *scope, m, u text) {
		r, v := x.name("req"), x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, u.src)
		x.do("%s := &http.Request{Method: %s, Header: http.Header{}}", r, m.src)
		x.do("%s.URL = %s", r, v)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{id: "url-helper", says: "a request whose URL a helper sets", emit: func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s := &http.Request{Method: %s}", r, m.src)
		x.do("%s(%s, %s)", x.helper("aim", "func %s(r *http.Request, at string) { r.URL, _ = url.Parse(at) }"), r, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{id: "clone", says: "a clone of a request", emit: func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("http.DefaultClient.Do(%s.Clone(context.Background()))", r)
	}},
	{id: "round-trip", says: "the RoundTrip of a transport", emit: func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("http.DefaultTransport.RoundTrip(%s)", r)
	}},
	{id: "transport", says: "a client whose transport passes requests on", emit: func(x *scope, m, u text) {
		p := x.place()
		t := p.global("passing")
		p.decl("type %s struct{ Next http.RoundTripper }\n\nfunc (t %s) RoundTrip(r *http.Request) (*http.Response, error) {\n\tr = r.Clone(r.Context())\n\tr.Header.Set(\"X-Trace\", \"1\")\n\treturn t.Next.RoundTrip(r)\n}", t, t)
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("(&http.Client{Transport: %s{http.DefaultTransport}}).Do(%s)", x.ref(p, t), r)
	}},
	{id: "doer", says: "an interface with Do that http.Client has", emit: func(x *scope, m, u text) {
		p := x.place()
		t := p.global("doer")
		p.decl("type %s interface {\n\tDo(*http.Request) (*http.Response, error)\n}", t)
		d, r := x.name("d"), x.name("req")
		x.do("var %s %s = http.DefaultClient", d, x.ref(p, t))
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("%s.Do(%s)", d, r)
	}},
	{id: "getter", says: "an interface with Get that http.Client has", methods: get, emit: func(x *scope, m, u text) {
		p := x.place()
		t := p.global("getter")
		p.decl("type %s interface {\n\tGet(url string) (*http.Response, error)\n}", t)
		d := x.name("g")
		x.do("var %s %s = http.DefaultClient", d, x.ref(p, t))
		x.do("%s.Get(%s)", d, u.src)
	}},
	{id: "poster", says: "an interface with Post that http.Client has", methods: post, emit: func(x *scope, m, u text) {
		p := x.place()
		t := p.global("poster")
		p.decl("type %s interface {\n\tPost(url, contentType string, body io.Reader) (*http.Response, error)\n}", t)
		d := x.name("g")
		x.do("var %s %s = &http.Client{}", d, x.ref(p, t))
		x.do("%s.Post(%s, \"application/json\", nil)", d, u.src)
	}},
	{id: "get-field", says: "an interface in a field, with a decorator", methods: get, emit: func(x *scope, m, u text) {
		p := x.place()
		i, t := p.global("fetcher"), p.global("counting")
		p.decl("type %s interface {\n\tGet(url string) (*http.Response, error)\n}\n\ntype %s struct {\n\tInner %s\n\tCount int\n}\n\nfunc (c *%s) Get(url string) (*http.Response, error) {\n\tc.Count++\n\treturn c.Inner.Get(url)\n}", i, t, i, t)
		v := x.name("c")
		x.do("%s := &%s{Inner: http.DefaultClient}", v, x.ref(p, t))
		x.do("%s.Get(%s)", v, u.src)
	}},
	{id: "get-value", says: "a variable that is http.Get", methods: get, emit: func(x *scope, m, u text) {
		x.do("%s(%s)", x.helper("httpGet", "var %s = http.Get"), u.src)
	}},
	{id: "get-method-value", says: "a method value of a client", methods: get, emit: func(x *scope, m, u text) {
		v := x.name("fetch")
		x.do("%s := http.DefaultClient.Get", v)
		x.do("%s(%s)", v, u.src)
	}},
	{id: "get-argument", says: "http.Get handed to a function", methods: get, emit: func(x *scope, m, u text) {
		x.do("%s(http.Get, %s)", x.helper("retry", "func %s(f func(string) (*http.Response, error), url string) (resp *http.Response, err error) {\n\tfor range 3 {\n\t\tif resp, err = f(url); err == nil {\n\t\t\tbreak\n\t\t}\n\t}\n\treturn resp, err\n}"), u.src)
	}},
	{id: "post-value", says: "http.Post in a map of functions", methods: post, emit: func(x *scope, m, u text) {
		v := x.name("fs")
		x.do("%s := map[string]func(string, string, io.Reader) (*http.Response, error){\"post\": http.Post}", v)
		x.do("%s[\"post\"](%s, \"text/plain\", nil)", v, u.src)
	}},
	{id: "do-value", says: "a variable that is the Do of a client", emit: func(x *scope, m, u text) {
		v, r := x.name("do"), x.name("req")
		x.do("%s := http.DefaultClient.Do", v)
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("%s(%s)", v, r)
	}},
	{id: "request-value", says: "a variable that is http.NewRequest", emit: func(x *scope, m, u text) {
		v, r := x.name("make"), x.name("req")
		x.do("%s := http.NewRequest", v)
		x.do("%s, _ := %s(%s, %s, nil)", r, v, m.src, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{id: "client-get", says: "the Get of a client", methods: get, emit: func(x *scope, m, u text) { x.do("(&http.Client{}).Get(%s)", u.src) }},
	{id: "embedded-client", says: "a struct that embeds a client", methods: get, emit: func(x *scope, m, u text) {
		v := x.name("c")
		x.do("%s := struct{ *http.Client }{http.DefaultClient}", v)
		x.do("%s.Get(%s)", v, u.src)
	}},
	{id: "post", says: "http.Post", methods: post, emit: func(x *scope, m, u text) { x.do("http.Post(%s, \"application/json\", nil)", u.src) }},
	{id: "post-form", says: "http.PostForm", methods: post, emit: func(x *scope, m, u text) { x.do("http.PostForm(%s, url.Values{\"a\": {\"b\"}})", u.src) }},
	{id: "goroutine", says: "a goroutine that is waited for", emit: func(x *scope, m, u text) {
		r, done := x.name("req"), x.name("done")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("%s := make(chan struct{})", done)
		x.do("go func() {\n\tdefer close(%s)\n\thttp.DefaultClient.Do(%s)\n}()", done, r)
		x.do("<-%s", done)
	}},
	{id: "options", says: "a request that functional options make", emit: func(x *scope, m, u text) {
		p := x.place()
		t, a, b, s := p.global("reqOption"), p.global("withMethod"), p.global("withURL"), p.global("send")
		p.decl("type %s func(*http.Request)\n\nfunc %s(m string) %s {\n\treturn func(r *http.Request) { r.Method = m }\n}\n\nfunc %s(s string) %s {\n\treturn func(r *http.Request) { r.URL, _ = url.Parse(s) }\n}", t, a, t, b, t)
		p.decl("func %s(options ...%s) (*http.Response, error) {\n\tr := &http.Request{Header: http.Header{}}\n\tfor _, option := range options {\n\t\toption(r)\n\t}\n\treturn http.DefaultClient.Do(r)\n}", s, t)
		x.do("%s(%s(%s), %s(%s))", x.ref(p, s), x.ref(p, a), m.src, x.ref(p, b), u.src)
	}},
	{id: "reverse-proxy", says: "a reverse proxy for one host", emit: func(x *scope, m, u text) {
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, u.src)
		x.do("httputil.NewSingleHostReverseProxy(&url.URL{Scheme: %[1]s.Scheme, Host: %[1]s.Host}).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(%[2]s, %[1]s.RequestURI(), nil))", v, m.src)
	}},
	{id: "rewriting-proxy", says: "a reverse proxy that rewrites the URL", emit: func(x *scope, m, u text) {
		v, p := x.name("u"), x.name("proxy")
		x.do("%s, _ := url.Parse(%s)", v, u.src)
		x.do("%s := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.Out.URL = %s }}", p, v)
		x.do("%s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(%s, \"/\", nil))", p, m.src)
	}},
	{id: "connection", says: "text that is written to a connection", wire: true, emit: func(x *scope, m, u text) {
		v, c := x.connected(u)
		x.do("fmt.Fprintf(%s, \"%%s %%s HTTP/1.1\\r\\nHost: %%s\\r\\n\\r\\n\", %s, %s.RequestURI(), %s.Host)", c, m.src, v, v)
		x.do("http.ReadResponse(bufio.NewReader(%s), nil)", c)
	}},
	{id: "written-request", says: "a request that is written to a connection", wire: true, emit: func(x *scope, m, u text) {
		_, c := x.connected(u)
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("%s.Write(%s)", r, c)
		x.do("http.ReadResponse(bufio.NewReader(%s), %s)", c, r)
	}},
}

// connected parses a URL and connects to its host, or to the proxy that the environment names: as the harness does, which
// cannot see a connection otherwise.
func (x *scope) connected(u text) (parsed, connection string) {
	v, c, env := x.name("u"), x.name("conn"), x.env()
	x.settings = append(x.settings, fmt.Sprintf("os.Setenv(%q, listen())", env))
	x.do("%s, _ := url.Parse(%s)", v, u.src)
	x.do("%s, err := net.Dial(\"tcp\", cmp.Or(os.Getenv(%q), %s.Hostname()+\":443\"))\nif err != nil {\n\tpanic(err)\n}", c, env, v)
	return v, c
}

// throughLibrary leaves out of the sinks those that the transport of the library does not see.
func throughLibrary() []sink {
	return slices.DeleteFunc(slices.Clone(sinks), func(s sink) bool { return s.wire })
}

// sinking draws the sink of requests with those methods.
func (x *scope) sinking(methods []string) sink {
	var fit []sink
	from := sinks
	if x.mode == Tests {
		from = throughLibrary()
	}
	for _, s := range from {
		if s.methods == nil || !slices.ContainsFunc(methods, func(m string) bool { return !slices.Contains(s.methods, m) }) {
			fit = append(fit, s)
		}
	}
	return fit[x.pickRow("sink", len(fit), func(i int) string { return fit[i].id })]
}
