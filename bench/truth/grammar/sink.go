package grammar

import "slices"

// A sink makes the request.
type sink struct {
	id, says string
	methods  []string // that it can make; nil: all
	emit     func(x *scope, method, url text)
}

var (
	get  = []string{"GET"}
	post = []string{"POST"}
)

var sinks = []sink{
	{"get", "http.Get", get, func(x *scope, m, u text) { x.do("http.Get(%s)", u.src) }},
	{"new-request", "http.NewRequest and Do", nil, func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, err := http.NewRequest(%s, %s, nil)\nif err != nil {\n\tpanic(err)\n}", r, m.src, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{"with-context", "http.NewRequestWithContext and Do", nil, func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequestWithContext(context.Background(), %s, %s, http.NoBody)", r, m.src, u.src)
		x.do("(&http.Client{}).Do(%s)", r)
	}},
	{"empty-method", "http.NewRequest without a method", get, func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(\"\", %s, nil)", r, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{"method-set", "a request whose method is set afterwards", nil, func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(http.MethodGet, %s, nil)", r, u.src)
		x.do("%s.Method = %s", r, m.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{"method-helper", "a request whose method a helper sets", nil, func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(http.MethodGet, %s, nil)", r, u.src)
		x.do("%s(%s, %s)", x.helper("setMethod", "func %s(r *http.Request, method string) { r.Method = method }"), r, m.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{"method-outside", "a request whose method comes from outside", nil, func(x *scope, m, u text) {
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
	{"literal", "an http.Request literal", nil, func(x *scope, m, u text) {
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, u.src)
		x.do("http.DefaultClient.Do(&http.Request{Method: %s, URL: %s})", m.src, v)
	}},
	{"url-set", "a request whose URL is set afterwards", nil, func(x *scope, m, u text) {
		r, v := x.name("req"), x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, u.src)
		x.do("%s := &http.Request{Method: %s, Header: http.Header{}}", r, m.src)
		x.do("%s.URL = %s", r, v)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{"url-helper", "a request whose URL a helper sets", nil, func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s := &http.Request{Method: %s}", r, m.src)
		x.do("%s(%s, %s)", x.helper("aim", "func %s(r *http.Request, at string) { r.URL, _ = url.Parse(at) }"), r, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{"clone", "a clone of a request", nil, func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("http.DefaultClient.Do(%s.Clone(context.Background()))", r)
	}},
	{"round-trip", "the RoundTrip of a transport", nil, func(x *scope, m, u text) {
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("http.DefaultTransport.RoundTrip(%s)", r)
	}},
	{"transport", "a client whose transport passes requests on", nil, func(x *scope, m, u text) {
		p := x.place()
		t := p.global("passing")
		p.decl("type %s struct{ Next http.RoundTripper }\n\nfunc (t %s) RoundTrip(r *http.Request) (*http.Response, error) {\n\tr = r.Clone(r.Context())\n\tr.Header.Set(\"X-Trace\", \"1\")\n\treturn t.Next.RoundTrip(r)\n}", t, t)
		r := x.name("req")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("(&http.Client{Transport: %s{http.DefaultTransport}}).Do(%s)", x.ref(p, t), r)
	}},
	{"doer", "an interface with Do that http.Client has", nil, func(x *scope, m, u text) {
		p := x.place()
		t := p.global("doer")
		p.decl("type %s interface {\n\tDo(*http.Request) (*http.Response, error)\n}", t)
		d, r := x.name("d"), x.name("req")
		x.do("var %s %s = http.DefaultClient", d, x.ref(p, t))
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("%s.Do(%s)", d, r)
	}},
	{"getter", "an interface with Get that http.Client has", get, func(x *scope, m, u text) {
		p := x.place()
		t := p.global("getter")
		p.decl("type %s interface {\n\tGet(url string) (*http.Response, error)\n}", t)
		d := x.name("g")
		x.do("var %s %s = http.DefaultClient", d, x.ref(p, t))
		x.do("%s.Get(%s)", d, u.src)
	}},
	{"poster", "an interface with Post that http.Client has", post, func(x *scope, m, u text) {
		p := x.place()
		t := p.global("poster")
		p.decl("type %s interface {\n\tPost(url, contentType string, body io.Reader) (*http.Response, error)\n}", t)
		d := x.name("g")
		x.do("var %s %s = &http.Client{}", d, x.ref(p, t))
		x.do("%s.Post(%s, \"application/json\", nil)", d, u.src)
	}},
	{"get-field", "an interface in a field, with a decorator", get, func(x *scope, m, u text) {
		p := x.place()
		i, t := p.global("fetcher"), p.global("counting")
		p.decl("type %s interface {\n\tGet(url string) (*http.Response, error)\n}\n\ntype %s struct {\n\tInner %s\n\tCount int\n}\n\nfunc (c *%s) Get(url string) (*http.Response, error) {\n\tc.Count++\n\treturn c.Inner.Get(url)\n}", i, t, i, t)
		v := x.name("c")
		x.do("%s := &%s{Inner: http.DefaultClient}", v, x.ref(p, t))
		x.do("%s.Get(%s)", v, u.src)
	}},
	{"get-value", "a variable that is http.Get", get, func(x *scope, m, u text) {
		x.do("%s(%s)", x.helper("httpGet", "var %s = http.Get"), u.src)
	}},
	{"get-method-value", "a method value of a client", get, func(x *scope, m, u text) {
		v := x.name("fetch")
		x.do("%s := http.DefaultClient.Get", v)
		x.do("%s(%s)", v, u.src)
	}},
	{"get-argument", "http.Get handed to a function", get, func(x *scope, m, u text) {
		x.do("%s(http.Get, %s)", x.helper("retry", "func %s(f func(string) (*http.Response, error), url string) (resp *http.Response, err error) {\n\tfor range 3 {\n\t\tif resp, err = f(url); err == nil {\n\t\t\tbreak\n\t\t}\n\t}\n\treturn resp, err\n}"), u.src)
	}},
	{"post-value", "http.Post in a map of functions", post, func(x *scope, m, u text) {
		v := x.name("fs")
		x.do("%s := map[string]func(string, string, io.Reader) (*http.Response, error){\"post\": http.Post}", v)
		x.do("%s[\"post\"](%s, \"text/plain\", nil)", v, u.src)
	}},
	{"do-value", "a variable that is the Do of a client", nil, func(x *scope, m, u text) {
		v, r := x.name("do"), x.name("req")
		x.do("%s := http.DefaultClient.Do", v)
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("%s(%s)", v, r)
	}},
	{"request-value", "a variable that is http.NewRequest", nil, func(x *scope, m, u text) {
		v, r := x.name("make"), x.name("req")
		x.do("%s := http.NewRequest", v)
		x.do("%s, _ := %s(%s, %s, nil)", r, v, m.src, u.src)
		x.do("http.DefaultClient.Do(%s)", r)
	}},
	{"client-get", "the Get of a client", get, func(x *scope, m, u text) { x.do("(&http.Client{}).Get(%s)", u.src) }},
	{"embedded-client", "a struct that embeds a client", get, func(x *scope, m, u text) {
		v := x.name("c")
		x.do("%s := struct{ *http.Client }{http.DefaultClient}", v)
		x.do("%s.Get(%s)", v, u.src)
	}},
	{"post", "http.Post", post, func(x *scope, m, u text) { x.do("http.Post(%s, \"application/json\", nil)", u.src) }},
	{"post-form", "http.PostForm", post, func(x *scope, m, u text) { x.do("http.PostForm(%s, url.Values{\"a\": {\"b\"}})", u.src) }},
	{"goroutine", "a goroutine that is waited for", nil, func(x *scope, m, u text) {
		r, done := x.name("req"), x.name("done")
		x.do("%s, _ := http.NewRequest(%s, %s, nil)", r, m.src, u.src)
		x.do("%s := make(chan struct{})", done)
		x.do("go func() {\n\tdefer close(%s)\n\thttp.DefaultClient.Do(%s)\n}()", done, r)
		x.do("<-%s", done)
	}},
	{"options", "a request that functional options make", nil, func(x *scope, m, u text) {
		p := x.place()
		t, a, b, s := p.global("reqOption"), p.global("withMethod"), p.global("withURL"), p.global("send")
		p.decl("type %s func(*http.Request)\n\nfunc %s(m string) %s {\n\treturn func(r *http.Request) { r.Method = m }\n}\n\nfunc %s(s string) %s {\n\treturn func(r *http.Request) { r.URL, _ = url.Parse(s) }\n}", t, a, t, b, t)
		p.decl("func %s(options ...%s) (*http.Response, error) {\n\tr := &http.Request{Header: http.Header{}}\n\tfor _, option := range options {\n\t\toption(r)\n\t}\n\treturn http.DefaultClient.Do(r)\n}", s, t)
		x.do("%s(%s(%s), %s(%s))", x.ref(p, s), x.ref(p, a), m.src, x.ref(p, b), u.src)
	}},
}

// sinking draws the sink of requests with those methods.
func (x *scope) sinking(methods []string) sink {
	var fit []sink
	for _, s := range sinks {
		if s.methods == nil || !slices.ContainsFunc(methods, func(m string) bool { return !slices.Contains(s.methods, m) }) {
			fit = append(fit, s)
		}
	}
	return fit[x.pickRow("sink", len(fit), func(i int) string { return fit[i].id })]
}
