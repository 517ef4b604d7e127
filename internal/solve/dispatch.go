package solve

import (
	"go/token"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// A dispatch is what calls of one interface method have in common: the methods of all types
// in sight that they may reach. Each argument and each result has a node of its own between
// the calls and the methods, so that the graph grows with their sum and not their product.
type dispatch struct {
	targets []target
	sites   []site
	args    []int // nodes
	results [resultSlots]int
}

// dispatch draws the edges of a call through an interface.
func (g *graph) dispatch(fn *function, call int, c equation.Call) {
	key := dispatchKey(c)
	d := g.dispatches[key]
	if d == nil {
		d = g.newDispatch(c.Iface, c.Method)
		g.dispatches[key] = d
	}
	own := slices.ContainsFunc(d.targets, func(t target) bool { return t.fn == fn })
	if own {
		for _, t := range d.targets {
			if t.fn != fn { // a decorator passes on to another implementation
				g.link(fn, call, t)
			}
		}
		return
	}
	fn.callees[call] = d.targets
	d.sites = append(d.sites, site{fn, call, false})
	for i, a := range c.Args {
		if i < len(d.args) {
			g.flow(fn, a, d.args[i])
		}
	}
	for i := range resultSlots {
		g.edge(d.results[i], g.callResult(fn, call, i))
	}
}

// dispatchKey tells the methods of interfaces apart.
func dispatchKey(c equation.Call) string { return c.Method + "\x00" + strings.Join(c.Iface, "\x00") }

func (g *graph) newDispatch(iface []string, method string) *dispatch {
	d := &dispatch{}
	for i := range d.results {
		d.results[i] = g.node()
	}
	for _, fn := range g.prog.implementations(iface, method) {
		t := target{fn, false}
		d.targets = append(d.targets, t)
		fn.dispatches = append(fn.dispatches, d)
		for len(d.args) < fn.Params {
			d.args = append(d.args, g.node())
		}
		for i := range fn.Params {
			g.edge(d.args[i], g.param(fn, i))
		}
		for i := range resultSlots {
			g.edge(g.result(fn, i), d.results[i])
		}
	}
	return d
}

// sites are the calls that may reach a function.
func (fn *function) sites() []site {
	if len(fn.dispatches) == 0 {
		return fn.callers
	}
	if fn.all == nil {
		fn.all = slices.Clone(fn.callers)
		for _, d := range fn.dispatches {
			fn.all = append(fn.all, d.sites...)
		}
	}
	return fn.all
}

// outsiders reports whether a function has callers out of sight beside those in sight: it is
// exported, only tests call it here, and Go lets others import it. What is in package main, or
// below a directory internal, has all of its callers in sight.
func (p *Program) outsiders(fn *function) bool {
	if fn.outside == nil {
		path := strings.TrimSuffix(fn.pkg.Path, "_test")
		inside := fn.Outer >= 0 || !token.IsExported(lastName(fn.Sym)) || fn.Test ||
			slices.Contains(strings.Split(path, "/"), "internal") || p.bySym[path+".main"] != nil
		is := !inside && len(fn.sites()) > 0 && !slices.ContainsFunc(fn.sites(), func(at site) bool { return !at.fn.Test })
		fn.outside = &is
	}
	return *fn.outside
}

// ways is the number of calls through which a function may be reached, directly or not.
func (fn *function) ways() int {
	seen := map[*function]bool{fn: true}
	n := 0
	for work := []*function{fn}; len(work) > 0; {
		f := work[len(work)-1]
		work = work[:len(work)-1]
		for _, at := range f.sites() {
			n++
			if !seen[at.fn] {
				seen[at.fn] = true
				work = append(work, at.fn)
			}
		}
	}
	return n
}

// A methodSet is the methods of a type in sight, with signatures, and what implements them.
type methodSet struct {
	typ *equation.Type
	pkg *equation.Package
	by  map[string]string
}

// having lists the types in sight that have a method, by its name with the signature.
func (p *Program) having(method string) []*methodSet {
	if p.methods == nil {
		p.methods = map[string][]*methodSet{}
		for _, pkg := range p.pkgs {
			for i := range pkg.Types {
				t := &pkg.Types[i]
				set := &methodSet{t, pkg, make(map[string]string, len(t.Methods))}
				for _, m := range t.Methods {
					set.by[m.Name] = m.Func
				}
				for _, m := range t.Methods {
					p.methods[m.Name] = append(p.methods[m.Name], set)
				}
			}
		}
	}
	return p.methods[method]
}

// meets reports whether the type has all methods of an interface.
func (s *methodSet) meets(iface []string) bool {
	return !slices.ContainsFunc(iface, func(want string) bool { return s.by[want] == "" })
}

// signatureOf is the method of an interface with a name, with its signature, or "".
func signatureOf(iface []string, method string) string {
	if i := slices.IndexFunc(iface, func(want string) bool { return strings.HasPrefix(want, method+"(") }); i >= 0 {
		return iface[i]
	}
	return ""
}

// implementations returns the methods of all types in sight that an interface call
// may reach.
func (p *Program) implementations(iface []string, method string) []*function {
	key := signatureOf(iface, method)
	var out []*function
	seen := map[*function]bool{} // promoted methods are those of several types
	for _, set := range p.having(key) {
		if fn := p.bySym[set.by[key]]; fn != nil && !seen[fn] && set.meets(iface) {
			seen[fn] = true
			out = append(out, fn)
		}
	}
	return out
}
