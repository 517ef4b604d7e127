package grammar

import (
	"fmt"
	"regexp"
	"strings"
)

// A route is one path that a server knows, and the requests that it should answer.
type route struct {
	method   string
	template fact // path with placeholders
	calls    []*call
	name     string // what the handler notes
}

// A router is a way to write a server down. The handler notes the name of the route that answers.
type router struct {
	id, says string
	// handler returns an expression of type http.Handler. note is a function that takes the name of a route.
	handler func(x *scope, routes []*route, note string) string
	// first says what a path that the server sees is compared with, if the first route that fits answers: a router
	// without it takes the route that fits best.
	first func(template string) func(path string) bool
	bare  bool // routes of the same path and different methods are one
}

// pattern writes the pattern of a route down. Its fate is that of the requests that it answers.
func (x *scope) pattern(r *route, form func(path string) string) string {
	t := x.lit(form(r.template.old), form(r.template.new), rolePath, r.ours())
	for _, c := range r.calls {
		c.lits = append(c.lits, t.lits...)
	}
	return t.src
}

func (r *route) ours() bool { return len(r.calls) == 0 || r.calls[0].ours }

// exact compares with the concrete path.
func exact(template string) func(string) bool {
	return func(path string) bool { return path == concrete(template) }
}

func prefixed(template string) func(string) bool {
	head, _, found := strings.Cut(template, "{")
	if !found {
		return exact(template)
	}
	tail := template[strings.LastIndexByte(template, '}')+1:]
	return func(path string) bool { return strings.HasPrefix(path, head) && strings.HasSuffix(path, tail) }
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

func expression(template string) string {
	return "^" + placeholder.ReplaceAllString(template, "[^/]+") + "$"
}

func matched(template string) func(string) bool {
	return regexp.MustCompile(expression(template)).MatchString
}

func plainPath(path string) string { return path }

var routers = []router{
	{id: "mux", says: "a ServeMux with methods", handler: func(x *scope, routes []*route, note string) string {
		v := x.name("mux")
		x.do("%s := http.NewServeMux()", v)
		for _, r := range routes {
			x.do("%s.HandleFunc(%s, func(http.ResponseWriter, *http.Request) { %s(%q) })", v, x.pattern(r, func(p string) string { return r.method + " " + p }), note, r.name)
		}
		return v
	}},
	{id: "mux-paths", says: "a ServeMux with paths", bare: true, handler: func(x *scope, routes []*route, note string) string {
		v := x.name("mux")
		x.do("%s := http.NewServeMux()", v)
		for _, r := range routes {
			x.do("%s.Handle(%s, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { %s(%q) }))", v, x.pattern(r, plainPath), note, r.name)
		}
		return v
	}},
	{id: "mux-interface", says: "a ServeMux behind an interface of the program", bare: true, handler: func(x *scope, routes []*route, note string) string {
		i := x.name("routes")
		x.decl("type %s interface {\n\tHandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request))\n}", i)
		v, w := x.name("mux"), x.name("r")
		x.do("%s := http.NewServeMux()", v)
		x.do("var %s %s = %s", w, i, v)
		for _, r := range routes {
			x.do("%s.HandleFunc(%s, func(http.ResponseWriter, *http.Request) { %s(%q) })", w, x.pattern(r, plainPath), note, r.name)
		}
		return v
	}},
	{id: "mux-table", says: "a ServeMux filled from a table", bare: true, handler: func(x *scope, routes []*route, note string) string {
		v := x.name("mux")
		x.do("%s := http.NewServeMux()", v)
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "{%s, %q},\n", x.pattern(r, plainPath), r.name)
		}
		x.do("for _, r := range []struct{ pattern, name string }{\n%s} {\n%s.HandleFunc(r.pattern, func(http.ResponseWriter, *http.Request) { %s(r.name) })\n}", b.String(), v, note)
		return v
	}},
	{id: "switch", says: "a switch on the path", bare: true, handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "case %s:\n%s(%q)\n", x.pattern(r, concrete), note, r.name)
		}
		return handlerFunc("switch r.URL.Path {\n" + b.String() + "default:\nw.WriteHeader(http.StatusNotFound)\n}")
	}},
	{id: "method-switch", says: "a switch on method and path", handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "case r.Method == %q && r.URL.Path == %s:\n%s(%q)\n", r.method, x.pattern(r, concrete), note, r.name)
		}
		return handlerFunc("switch {\n" + b.String() + "default:\nw.WriteHeader(http.StatusNotFound)\n}")
	}},
	{id: "if-chain", says: "an if chain with prefixes", bare: true, first: prefixed, handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			cond := ""
			if head, _, found := strings.Cut(r.template.old, "{"); found {
				cond = fmt.Sprintf("strings.HasPrefix(r.URL.Path, %s)", x.pattern(r, func(p string) string { return p[:strings.IndexByte(p, '{')] }))
				if tail := r.template.old[strings.LastIndexByte(r.template.old, '}')+1:]; tail != "" {
					cond += fmt.Sprintf(" && strings.HasSuffix(r.URL.Path, %s)", x.pattern(r, func(p string) string { return p[strings.LastIndexByte(p, '}')+1:] }))
				}
				_ = head
			} else {
				cond = "r.URL.Path == " + x.pattern(r, plainPath)
			}
			fmt.Fprintf(&b, "if %s {\n%s(%q)\nreturn\n}\n", cond, note, r.name)
		}
		return handlerFunc(b.String() + "w.WriteHeader(http.StatusNotFound)")
	}},
	{id: "regexp", says: "a table of regular expressions", bare: true, first: matched, handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "{regexp.MustCompile(%s), %q},\n", x.pattern(r, expression), r.name)
		}
		v := x.name("table")
		x.do("%s := []struct {\nre *regexp.Regexp\nname string\n}{\n%s}", v, b.String())
		return handlerFunc(fmt.Sprintf("for _, e := range %s {\nif e.re.MatchString(r.URL.Path) {\n%s(e.name)\nreturn\n}\n}\nw.WriteHeader(http.StatusNotFound)", v, note))
	}},
	{id: "glob", says: "a table of path.Match patterns", bare: true, first: matched, handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "{%s, %q},\n", x.pattern(r, func(p string) string { return placeholder.ReplaceAllString(p, "*") }), r.name)
		}
		v := x.name("table")
		x.do("%s := []struct{ pattern, name string }{\n%s}", v, b.String())
		return handlerFunc(fmt.Sprintf("for _, e := range %s {\nif ok, _ := path.Match(e.pattern, r.URL.Path); ok {\n%s(e.name)\nreturn\n}\n}\nw.WriteHeader(http.StatusNotFound)", v, note))
	}},
	{id: "map", says: "a map of names by path", bare: true, handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "%s: %q,\n", x.pattern(r, concrete), r.name)
		}
		v := x.name("byPath")
		x.do("%s := map[string]string{\n%s}", v, b.String())
		return handlerFunc(fmt.Sprintf("name, ok := %s[r.URL.Path]\nif !ok {\nw.WriteHeader(http.StatusNotFound)\nreturn\n}\n%s(name)", v, note))
	}},
	{id: "method-map", says: "a map of names by method and path", handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "{%q, %s}: %q,\n", r.method, x.pattern(r, concrete), r.name)
		}
		v := x.name("byRequest")
		x.do("%s := map[[2]string]string{\n%s}", v, b.String())
		return handlerFunc(fmt.Sprintf("name, ok := %s[[2]string{r.Method, r.URL.Path}]\nif !ok {\nw.WriteHeader(http.StatusNotFound)\nreturn\n}\n%s(name)", v, note))
	}},
	{id: "strip", says: "a ServeMux behind http.StripPrefix", bare: true, handler: func(x *scope, routes []*route, note string) string {
		// The first segment is stripped: it is the same before and after.
		prefix := routes[0].template.old[:1+strings.IndexByte(routes[0].template.old[1:]+"/", '/')]
		for _, r := range routes {
			if !strings.HasPrefix(r.template.old, prefix+"/") || !strings.HasPrefix(r.template.new, prefix+"/") {
				prefix = ""
			}
		}
		v := x.name("mux")
		x.do("%s := http.NewServeMux()", v)
		for _, r := range routes {
			x.do("%s.HandleFunc(%s, func(http.ResponseWriter, *http.Request) { %s(%q) })", v, x.pattern(r, func(p string) string { return strings.TrimPrefix(p, prefix) }), note, r.name)
		}
		return fmt.Sprintf("http.StripPrefix(%q, %s)", prefix, v)
	}},
	{id: "type", says: "a type of the program with a switch", bare: true, handler: func(x *scope, routes []*route, note string) string {
		t, n := x.name("api"), x.name("newAPI")
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "case %s:\na.note(%q)\n", x.pattern(r, concrete), r.name)
		}
		x.decl("type %s struct{ note func(name string) }\n\nfunc (a *%s) ServeHTTP(w http.ResponseWriter, r *http.Request) {\nswitch r.URL.Path {\n%sdefault:\nw.WriteHeader(http.StatusNotFound)\n}\n}\n\n"+
			"func %s(note func(name string)) http.Handler { return &%s{note} }", t, t, b.String(), n, t)
		return fmt.Sprintf("%s(%s)", n, note)
	}},
	{id: "middleware", says: "a ServeMux behind a function that looks at each path", bare: true, handler: func(x *scope, routes []*route, note string) string {
		v, m := x.name("mux"), x.name("onlyKnown")
		x.decl("func %s(next http.Handler) http.Handler {\nreturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\nif strings.HasPrefix(r.URL.Path, \"/admin\") {\nw.WriteHeader(http.StatusForbidden)\nreturn\n}\nnext.ServeHTTP(w, r)\n})\n}", m)
		x.do("%s := http.NewServeMux()", v)
		for _, r := range routes {
			x.do("%s.HandleFunc(%s, func(http.ResponseWriter, *http.Request) { %s(%q) })", v, x.pattern(r, plainPath), note, r.name)
		}
		return fmt.Sprintf("%s(%s)", m, v)
	}},
	{id: "nested", says: "a ServeMux for all paths of another", handler: func(x *scope, routes []*route, note string) string {
		inner, outer := x.name("mux"), x.name("all")
		x.do("%s, %s := http.NewServeMux(), http.NewServeMux()", inner, outer)
		for _, r := range routes {
			x.do("%s.HandleFunc(%s, func(http.ResponseWriter, *http.Request) { %s(%q) })", inner, x.pattern(r, func(p string) string { return r.method + " " + p }), note, r.name)
		}
		x.do("%s.Handle(\"/\", %s)", outer, inner)
		return outer
	}},
	{id: "segments", says: "a handler that splits the path", bare: true, handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			old, new := strings.Split(concrete(r.template.old)[1:], "/"), strings.Split(concrete(r.template.new)[1:], "/")
			if len(old) != len(new) {
				pinCalls(r.calls)
				new = old
			}
			fmt.Fprintf(&b, "if len(parts) == %d", len(old))
			for i := range old {
				t := x.lit(old[i], new[i], rolePart, r.ours())
				for _, c := range r.calls {
					c.lits = append(c.lits, t.lits...)
				}
				fmt.Fprintf(&b, " && parts[%d] == %s", i, t.src)
			}
			fmt.Fprintf(&b, " {\n%s(%q)\nreturn\n}\n", note, r.name)
		}
		return handlerFunc("parts := strings.Split(strings.Trim(r.URL.Path, \"/\"), \"/\")\n" + b.String() + "w.WriteHeader(http.StatusNotFound)")
	}},
	{id: "wildcard", says: "a ServeMux that leaves the path to its handler", bare: true, handler: func(x *scope, routes []*route, note string) string {
		var b strings.Builder
		for _, r := range routes {
			fmt.Fprintf(&b, "case %s:\n%s(%q)\n", x.pattern(r, func(p string) string { return concrete(p)[1:] }), note, r.name)
		}
		v := x.name("mux")
		x.do("%s := http.NewServeMux()", v)
		x.do("%s.HandleFunc(\"/{rest...}\", func(w http.ResponseWriter, r *http.Request) {\nswitch r.PathValue(\"rest\") {\n%sdefault:\nw.WriteHeader(http.StatusNotFound)\n}\n})", v, b.String())
		return v
	}},
}

func handlerFunc(body string) string {
	return "http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\n" + body + "\n})"
}

// pinCalls says that requests cannot move, as a server of the program cannot follow.
func pinCalls(calls []*call) {
	for _, c := range calls {
		c.stuck = true
	}
}

// routesFor returns the routes that answer calls, whose paths have the given beginning on the server.
func routesFor(rt router, begin fact, calls []*call) []*route {
	var out []*route
	byOld, byNew := map[string]*route{}, map[string]*route{}
	for _, c := range calls {
		key := c.endpoint.method + " "
		if rt.bare {
			key = ""
		}
		e := c.endpoint
		oldPath, newPath := begin.old+e.old, begin.new+e.new
		if !c.moves() {
			newPath = oldPath
		}
		r := byOld[key+oldPath]
		if r == nil {
			r = &route{method: e.method, template: fact{old: oldPath, new: newPath}, name: fmt.Sprintf("route %d", len(out))}
			byOld[key+oldPath] = r
			out = append(out, r)
		}
		r.calls = append(r.calls, c)
		if newPath != r.template.new {
			// One path with methods that part.
			pinCalls(calls)
		}
		if other := byNew[key+newPath]; other != nil && other != r {
			pinCalls(calls) // two routes would become one
		}
		byNew[key+newPath] = r
	}
	if rt.first != nil {
		inOrder(rt, out, calls)
	}
	return out
}

// inOrder brings routes of which the first that fits answers into an order that is right before the change. If it is not
// right after it, the requests cannot move by a change of literals.
func inOrder(rt router, routes []*route, calls []*call) {
	for range routes {
		for i, r := range routes {
			for j, before := range routes[:i] {
				if rt.first(before.template.old)(concrete(r.template.old)) {
					routes[i], routes[j] = routes[j], routes[i]
				}
			}
		}
	}
	for i, r := range routes {
		for _, before := range routes[:i] {
			if rt.first(before.template.new)(concrete(r.template.new)) {
				pinCalls(calls)
			}
		}
	}
}
