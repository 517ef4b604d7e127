package grammar

import (
	"fmt"
	"net/url"
	"strings"
)

// An observer is something else that the program does with the text of its requests, where they are made. Its methods
// emit code; line returns what the program prints because of that for one request, if anything.
type observer struct {
	path   func(x *scope, method, path text)
	url    func(x *scope, url text)
	base   func(x *scope, base text) *event // returns the line that is printed whenever the base is read
	line   func(c *call) *event
	finish func(x *scope, calls []*call) // when all requests are known
}

// An observation is a kind of observer.
type observation struct {
	id, says string
	make     func(x *scope) *observer
}

// A keyed observer looks the path up among those of all requests, and prints what it finds.
// Tables whose keys have no method hold each path once. If two paths become one, the table cannot follow by a change of
// its literals alone.
func keyed(byMethod bool, find func(x *scope, method, path string) (expr string, finish func(x *scope, methods, paths []text))) func(x *scope) *observer {
	return func(x *scope) *observer {
		var done func(x *scope, methods, paths []text)
		return &observer{
			path: func(x *scope, method, path text) {
				expr, finish := find(x, method.src, path.src)
				x.do("fmt.Println(\"found\", %s)", expr)
				before := done
				done = func(x *scope, methods, paths []text) {
					if before != nil {
						before(x, methods, paths)
					}
					finish(x, methods, paths)
				}
			},
			line: func(c *call) *event {
				return &event{before: "found true", after: "found true"}
			},
			finish: func(x *scope, calls []*call) {
				if done == nil {
					return
				}
				var methods, paths []text
				seen, became := map[string]bool{}, map[string]string{}
				for _, c := range calls {
					method := ""
					if byMethod {
						method = c.endpoint.method
					}
					if before, ok := became[method+c.pathNew]; ok && before != c.pathOld {
						for _, d := range calls {
							pin(d.pathLits)
						}
					}
					became[method+c.pathNew] = c.pathOld
					key := method + c.pathOld
					if seen[key] {
						continue
					}
					seen[key] = true
					t := x.lit(c.pathOld, c.pathNew, rolePath, c.ours)
					for _, d := range calls {
						if d.pathOld == c.pathOld && (!byMethod || d.endpoint.method == c.endpoint.method) {
							d.lits = append(d.lits, t.lits...)
						}
					}
					methods, paths = append(methods, text{src: fmt.Sprintf("%q", c.endpoint.method)}), append(paths, t)
				}
				done(x, methods, paths)
			},
		}
	}
}

// entries writes the elements of a composite literal.
func entries(methods, paths []text, format func(method, path string) string) string {
	var b strings.Builder
	seen := map[string]bool{}
	for i := range paths {
		if e := format(methods[i].src, paths[i].src); !seen[e] {
			seen[e] = true
			b.WriteString(e + ",\n")
		}
	}
	return b.String()
}

// lookup declares a package variable when all requests are known.
func lookup(x *scope, stem, decl string, element func(method, path string) string) (name string, finish func(x *scope, methods, paths []text)) {
	p := x.place()
	n := p.global(stem)
	return x.ref(p, n), func(_ *scope, methods, paths []text) {
		p.decl(decl, n, entries(methods, paths, element))
	}
}

var observations = []observation{
	{"none", "nothing else", func(x *scope) *observer { return nil }},
	{"log", "the URL is logged", func(x *scope) *observer {
		return &observer{
			url: func(x *scope, u text) { x.do("fmt.Println(\"calling\", %s)", u.src) },
			line: func(c *call) *event {
				return &event{before: "calling " + c.urlOld, after: "calling " + c.urlNew, call: c}
			},
		}
	}},
	{"label", "the path is a label of a metric", func(x *scope) *observer {
		return &observer{
			path: func(x *scope, m, p text) {
				x.do("%s(map[string]string{\"method\": %s, \"path\": %s})", x.helper("count", "func %s(labels map[string]string) { fmt.Println(\"counted\", labels[\"method\"], labels[\"path\"]) }"), m.src, p.src)
			},
			line: func(c *call) *event {
				m := "counted " + c.endpoint.method + " "
				return &event{before: m + c.pathOld, after: m + c.pathNew, call: c}
			},
		}
	}},
	{"cache-key", "method and path are the key under which an answer is kept and looked for", keyed(true, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		q := x.place()
		c, n := q.global("cache"), q.global("keep")
		return fmt.Sprintf("%s(%s + \" \" + %s)", x.ref(q, n), m, p), func(_ *scope, methods, paths []text) {
			q.decl("var %s sync.Map\n\nfunc %s(key string) bool {\n\t%s.Clear()\n\t%s.Store(key, []byte(\"{}\"))\n\tfor _, known := range []string{\n%s} {\n\t\tif _, ok := %s.Load(known); ok {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn false\n}", c, n, c, c,
				entries(methods, paths, func(m, p string) string { return m + " + \" \" + " + p }), c)
		}
	})},
	{"allow-list", "the path has to be in a list", keyed(false, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		n, f := lookup(x, "allowed", "var %s = []string{\n%s}", func(m, p string) string { return p })
		return fmt.Sprintf("slices.Contains(%s, %s)", n, p), f
	})},
	{"map-key", "the path is the key of a map", keyed(false, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		n, f := lookup(x, "known", "var %s = map[string]bool{\n%s}", func(m, p string) string { return p + ": true" })
		return fmt.Sprintf("%s[%s]", n, p), f
	})},
	{"struct-key", "method and path are a key that is a struct", keyed(true, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		n, f := lookup(x, "limits", "var %s = map[struct{ Method, Path string }]bool{\n%s}", func(m, p string) string { return "{" + m + ", " + p + "}: true" })
		return fmt.Sprintf("%s[struct{ Method, Path string }{%s, %s}]", n, m, p), f
	})},
	{"array-key", "method and path are a key that is an array", keyed(true, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		n, f := lookup(x, "retries", "var %s = map[[2]string]bool{\n%s}", func(m, p string) string { return "{" + m + ", " + p + "}: true" })
		return fmt.Sprintf("%s[[2]string{%s, %s}]", n, m, p), f
	})},
	{"any-key", "the path is a key of any type", keyed(false, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		n, f := lookup(x, "cacheable", "var %s = map[any]bool{\n%s}", func(m, p string) string { return p + ": true" })
		return fmt.Sprintf("%s[%s]", n, p), f
	})},
	{"generic-table", "the path is the key of a generic map", keyed(false, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		q := x.place()
		t, n := q.global("table"), q.global("rates")
		return fmt.Sprintf("%s.Has(%s)", x.ref(q, n), p), func(_ *scope, methods, paths []text) {
			q.decl("type %s[K comparable] map[K]bool\n\nfunc (t %s[K]) Has(k K) bool { return t[k] }\n\nvar %s = %s[string]{\n%s}", t, t, n, t,
				entries(methods, paths, func(m, p string) string { return p + ": true" }))
		}
	})},
	{"comparison", "the path is compared", keyed(false, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		q := x.place()
		n := q.global("isKnown")
		return fmt.Sprintf("%s(%s)", x.ref(q, n), p), func(_ *scope, methods, paths []text) {
			q.decl("func %s(path string) bool {\n\treturn %s\n}", n, strings.TrimSuffix(strings.ReplaceAll(entries(methods, paths, func(m, p string) string { return "path == " + p }), ",\n", " || "), " || "))
		}
	})},
	{"struct-comparison", "method and path are compared as a struct", keyed(true, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		q := x.place()
		t, n := q.global("call"), q.global("isKnown")
		return fmt.Sprintf("%s(%s{%s, %s})", x.ref(q, n), x.ref(q, t), m, p), func(_ *scope, methods, paths []text) {
			q.decl("type %s struct{ Method, Path string }\n\nfunc %s(c %s) bool {\n\tfor _, known := range []%s{\n%s} {\n\t\tif c == known {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn false\n}", t, n, t, t,
				entries(methods, paths, func(m, p string) string { return "{" + m + ", " + p + "}" }))
		}
	})},
	{"switch", "a switch has a case for the path", keyed(false, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		q := x.place()
		n := q.global("isKnown")
		return fmt.Sprintf("%s(%s)", x.ref(q, n), p), func(_ *scope, methods, paths []text) {
			q.decl("func %s(path string) bool {\n\tswitch path {\n\tcase %s:\n\t\treturn true\n\t}\n\treturn false\n}", n,
				strings.TrimSuffix(strings.ReplaceAll(entries(methods, paths, func(m, p string) string { return p }), ",\n", ", "), ", "))
		}
	})},
	{"array-switch", "a switch has a case for method and path as an array", keyed(true, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		q := x.place()
		n := q.global("isKnown")
		return fmt.Sprintf("%s([2]string{%s, %s})", x.ref(q, n), m, p), func(_ *scope, methods, paths []text) {
			q.decl("func %s(c [2]string) bool {\n\tswitch c {\n\tcase %s:\n\t\treturn true\n\t}\n\treturn false\n}", n,
				strings.TrimSuffix(strings.ReplaceAll(entries(methods, paths, func(m, p string) string { return "[2]string{" + m + ", " + p + "}" }), ",\n", ", "), ", "))
		}
	})},
	{"signature", "the path is part of what is signed, and the signature is compared with one of a text", keyed(true, func(x *scope, m, p string) (string, func(*scope, []text, []text)) {
		q := x.place()
		s, n := q.global("sign"), q.global("signed")
		return fmt.Sprintf("slices.Contains(%s, %s(%s + \"\\n\" + %s))", x.ref(q, n), x.ref(q, s), m, p), func(_ *scope, methods, paths []text) {
			q.decl("func %s(s string) (sum uint32) {\n\tfor _, b := range []byte(s) {\n\t\tsum = sum*31 + uint32(b)\n\t}\n\treturn sum\n}\n\nvar %s = []uint32{\n%s}", s, n,
				entries(methods, paths, func(m, p string) string { return s + "(" + m + " + \"\\n\" + " + p + ")" }))
		}
	})},
	{"stored-path", "the path is compared with what an earlier run has stored", func(x *scope) *observer {
		env := x.env()
		return &observer{
			path: func(x *scope, m, p text) {
				x.do("fmt.Println(\"seen\", strings.Contains(os.Getenv(%q), %s+\";\"))", env, p.src)
			},
			line: func(c *call) *event { return &event{before: "seen true", after: "seen true"} },
			finish: func(x *scope, calls []*call) {
				seen := ""
				for _, c := range calls {
					seen += c.pathOld + ";"
					pin(c.pathLits)
				}
				x.settings = append(x.settings, fmt.Sprintf("os.Setenv(%q, %q)", env, seen))
			},
		}
	}},
	{"stored-base", "the base is compared with what an earlier run has stored", func(x *scope) *observer {
		return &observer{base: func(x *scope, b text) *event {
			env := x.env()
			x.settings = append(x.settings, fmt.Sprintf("os.Setenv(%q, %q)", env, b.old))
			x.do("fmt.Println(\"same\", %s == os.Getenv(%q))", b.src, env)
			pin(b.lits)
			return &event{before: "same true", after: "same true"}
		}}
	}},
	{"query", "the base is sent to another host in a query", func(x *scope) *observer {
		return &observer{base: func(x *scope, b text) *event {
			at := api.foreign[0].host + "/check?v="
			x.do("http.Get(%s + url.QueryEscape(%s))", x.lit(at, at, roleURL, false).src, b.src)
			pin(b.lits)
			line := "GET " + at + url.QueryEscape(b.old)
			return &event{before: line, after: line}
		}}
	}},
	{"region", "another API of the vendor is derived from the base", func(x *scope) *observer {
		return &observer{base: func(x *scope, b text) *event {
			needle := ""
			for _, known := range append(api.ours[:len(api.ours):len(api.ours)], api.foreign...) {
				if strings.HasSuffix(b.old, known.old) {
					needle = known.old
				}
			}
			if needle == "" || !strings.Contains(b.old, "://") {
				return nil
			}
			l, m := x.lit(needle, needle, rolePart, true), x.lit("/eu"+needle, "/eu"+needle, rolePart, true)
			pin(append(l.lits, m.lits...))
			x.do("http.Get(strings.Replace(%s, %s, %s, 1) + \"/health\")", b.src, l.src, m.src)
			pin(b.lits)
			line := "GET " + strings.Replace(b.old, needle, "/eu"+needle, 1) + "/health"
			return &event{before: line, after: line}
		}}
	}},
}

// pin says that literals are used for something else, which has to stay.
func pin(lits []*literal) {
	for _, l := range lits {
		l.pinned = true
	}
}
