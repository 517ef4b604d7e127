package grammar

import (
	"fmt"
	"strings"
)

// A company is who else is served by the same program.
type company struct {
	id, says string
	emit     func(x *scope, p plan, s *site, f base, items []item)
	same     bool // they call the same API with the same base
}

var companies = []company{
	{id: "none", says: "nobody is served", emit: func(x *scope, p plan, s *site, f base, items []item) {}},
	{id: "own-code", says: "another API is called by code of its own", emit: func(x *scope, p plan, s *site, f base, items []item) {
		site := siteRows[x.choices.pick(len(siteRows))].make(x, p, f, false)
		x.dispatch(p, site, items, 0)
	}},
	{id: "same-code", says: "another API is called by the same code with another base", emit: func(x *scope, p plan, s *site, f base, items []item) {
		if s.again == nil {
			s = inline(x, p, f, false)
		} else {
			s = s.again(x, f, false)
		}
		x.dispatch(p, s, items, 0)
	}},
	{id: "second-base", says: "the other base of the same API is used by the same code", emit: func(x *scope, p plan, s *site, f base, items []item) {
		if s.again == nil {
			s = inline(x, p, f, items[0].call.ours)
		} else {
			s = s.again(x, f, items[0].call.ours)
		}
		x.dispatch(p, s, items, 0)
	}},
	{id: "own-server", says: "the program serves the same paths itself and requests them", emit: ownServer},
	{id: "rebased", says: "another API is called by the same client after its base has changed", emit: func(x *scope, p plan, s *site, f base, items []item) {
		if s.rebase == nil || len(p.withBase("")) == 0 {
			s = inline(x, p, f, false)
		} else {
			q := p
			q.uses = nil
			s.rebase(x, x.oneBase(q, f, false))
		}
		x.dispatch(p, s, items, 0)
	}},
	{id: "outsider", says: "an exported function makes one more that only other modules call", same: true, emit: outsider},
	{id: "outsider-path", says: "an exported function makes one more whose path another module hands in", same: true, emit: outsidePath},
	{id: "workspace", says: "a second module of the workspace makes one more through an exported function", same: true, emit: workspace},
}

// ownKinds are kinds of endpoints of the vendor, as often as they are drawn.
var ownKinds = []kind{mapped, mapped, unmapped}

// forOthers is the scope of the package that other modules import, and a new name of it.
func (x *scope) forOthers() (*scope, string) {
	return &scope{x.builder, x.pkgs[0], nil}, exported(x.name("Fetch"))
}

func outsider(x *scope, p plan, _ *site, b base, items []item) {
	x.section.outside = true
	main, n := x.forOthers()
	f := main.inner()
	f.dispatch(p, siteRows[x.choices.pick(len(siteRows))].make(f, p, b, items[0].call.ours), items, 0)
	main.decl("// %s is for other modules.\nfunc %s() {\n%s\n}", n, n, f.text())
	x.others = append(x.others, "x0."+n+"()")
}

// outsidePath makes requests whose paths are not known in the program. They cannot move, except by luck.
func outsidePath(x *scope, p plan, s *site, b base, items []item) {
	if strings.Contains(items[0].call.pathOld, "v1") {
		// Nothing of the version would be in the program.
		outsider(x, p, s, b, items)
		return
	}
	main, n := x.forOthers()
	x.aimed(main, n, p, b, items)
	pinCalls([]*call{items[0].call})
	x.others = append(x.others, fmt.Sprintf("x0.%s(%q, %q)", n, items[0].endpoint.method, items[0].call.pathOld))
}

// workspace makes requests whose paths are in another module.
func workspace(x *scope, p plan, _ *site, b base, items []item) {
	main, n := x.forOthers()
	x.aimed(main, n, p, b, items)
	x.second = &pkg{name: "second", file: "second/second"}
	second := &scope{x.builder, x.second, nil}
	f := second.inner()
	c := items[0].call
	t := f.lit(c.pathOld, c.pathNew, rolePath, c.ours)
	c.reads(t)
	f.do("%s.%s(%q, %s)", main.pkg.name, n, items[0].endpoint.method, t.src)
	second.decl("// Run makes the requests of the module.\nfunc Run() {\n%s\n}", f.text())
	module, _, _ := strings.Cut(x.builder.path, "/"+x.pkgs[0].name)
	x.data["second/go.mod"] = fmt.Sprintf("module %s/second\n\ngo 1.26\n\nrequire %s v0.0.0\n", x.builder.path, module)
	x.others = append(x.others, "x1.Run()")
}

// aimed declares a function for other modules that knows the base and is handed method and path of one request.
func (x *scope) aimed(main *scope, name string, p plan, b base, items []item) {
	x.section.outside = true
	c := items[0].call
	f := main.inner()
	site := siteRows[x.choices.pick(len(siteRows))].make(f, p, b, c.ours)
	f.do("%s", each(f, site, items, "method", "at"))
	main.decl("// %s is for other modules.\nfunc %s(method, at string) {\n%s\n}", name, name, f.text())
	x.section.calls = append(x.section.calls, append(x.eventsOf(p, c), &event{before: c.endpoint.method + " " + c.urlOld, after: c.endpoint.method + " " + c.urlNew, call: c}))
}
