package solve

import (
	"cmp"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A Want names code that is not in sight and may have a say in what becomes of the text
// that the program is about.
type Want struct {
	Kind    WantKind
	Package string // import path; empty if it does not matter which packages are imported
	Name    string // what others have to mention, by Kind
	// Methods are the names, separated by blanks, of the methods of the type that declares a
	// method: an interface through which it is called has no others.
	Methods string
}

// WantKind says who is wanted.
type WantKind uint8

const (
	Declarations   WantKind = iota // the package itself
	Function                       // the body of one of its functions, "T.name" for a method
	Answers                        // those of its bodies that may answer requests
	Requests                       // whoever makes requests
	Object                         // who mentions a constant, variable, function or type of the package
	Composite                      // who writes composite literals of one of its types
	Embedding                      // who embeds one of its types
	Member                         // who mentions a field of one of its types
	Method                         // who calls a method of one of its types, maybe through an interface
	Implementation                 // who declares a method of that name, wherever the interface is
	Channel                        // who sends or receives on any channel
	Setting                        // who spells the key of a setting
	Rendering                      // who renders a template with a type of the package, maybe
)

// Frontier returns what the program lacks, sorted: functions that are called with text of
// interest or return some, and whoever calls the functions, or sets or reads the variables
// and fields, through which such text comes and goes. Packages for which focus is true are
// of interest as a whole, all others as far as the text with a needle goes. The answer is
// generous: it follows the flow graph, which knows no order and no branches.
func (p *Program) Frontier(focus func(path string) bool) []Want {
	g := p.graph
	var seeds []int
	for n := range g.next {
		if g.needle[n] {
			seeds = append(seeds, n)
		}
	}
	for _, pkg := range p.pkgs {
		if !focus(pkg.Path) {
			continue
		}
		for i := range pkg.Lits {
			if text, _, err := strval.Decode(pkg.Lits[i].Source); err == nil && p.words.Alone(text) {
				seeds = append(seeds, g.lits[pkg]+i)
			}
		}
	}
	// Whatever is sent to a test server tells what its address stands for.
	for _, s := range g.servers {
		seeds = append(seeds, s.node)
	}
	return p.frontier(seeds, focus)
}

// FrontierOf returns what the program lacks about some of its literals, sorted.
func (p *Program) FrontierOf(lits []*strval.Literal) []Want {
	var seeds []int
	for _, l := range lits {
		if n, ok := p.litNode(l); ok {
			seeds = append(seeds, n)
		}
	}
	return p.frontier(seeds, func(string) bool { return false })
}

func (p *Program) frontier(seeds []int, focus func(path string) bool) []Want {
	g := p.graph
	f := &frontier{
		prog: p, graph: g, prev: g.backward(), loaded: map[string]bool{},
		from: make([]bool, len(g.next)), to: make([]bool, len(g.next)), held: make([]bool, len(g.next)),
		wants: map[Want]bool{}, answering: map[string]bool{}, embedded: map[string]bool{},
	}
	for _, pkg := range p.pkgs {
		f.loaded[pkg.Path] = true
	}
	uses := p.Uses()
	f.watch(uses)
	for _, u := range uses {
		if focus(u.fn.pkg.Path) {
			f.backward(f.rootsOf(u)...)
		}
	}
	f.forward(seeds...)
	for len(f.work) > 0 {
		act := f.work[len(f.work)-1]
		f.work = f.work[:len(f.work)-1]
		act()
	}
	f.hold()
	f.calls()
	f.makers()
	f.transports(uses, focus)
	f.names()
	return slices.SortedFunc(maps.Keys(f.wants), func(a, b Want) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name), strings.Compare(a.Methods, b.Methods))
	})
}

// A frontier is a search for what is not in sight.
type frontier struct {
	prog   *Program
	graph  *graph
	prev   [][]int32 // the edges of the graph, backward
	loaded map[string]bool
	from   []bool // nodes that text of interest flows to
	to     []bool // nodes that flow to a use of interest
	held   []bool // nodes that functions flow to which text of interest goes into or comes out of
	wants  map[Want]bool
	// answering are the packages, with their tests, that may answer requests of interest.
	answering map[string]bool
	embedded  map[string]bool // interface methods that embeddable has looked at

	// What is to be done, once, when a node gets into from or to, and what is to be done now.
	onFrom, onTo map[int][]func()
	work         []func()
	answerers    map[string][]Use // uses that are no requests, by package
}

func (f *frontier) forward(nodes ...int) {
	for _, n := range spread(f.graph.next, f.from, nodes) {
		f.work = append(f.work, f.onFrom[n]...)
	}
}

func (f *frontier) backward(nodes ...int) {
	for _, n := range spread(f.prev, f.to, nodes) {
		f.work = append(f.work, f.onTo[n]...)
	}
}

// spread follows edges from some nodes to those that are not seen yet, and returns these.
func spread(edges [][]int32, seen []bool, from []int) (found []int) {
	for _, n := range from {
		if !seen[n] {
			seen[n] = true
			found = append(found, n)
		}
	}
	for i := 0; i < len(found); i++ {
		for _, m := range edges[found[i]] {
			if !seen[int(m)] {
				seen[int(m)] = true
				found = append(found, int(m))
			}
		}
	}
	return found
}

// watch says what follows from text of interest at the nodes of the program.
func (f *frontier) watch(uses []Use) {
	g := f.graph
	f.onFrom, f.onTo, f.answerers = map[int][]func(){}, map[int][]func(){}, map[string][]Use{}
	for _, u := range uses {
		path := strings.TrimSuffix(u.fn.pkg.Path, "_test")
		if u.Kind != equation.Request {
			f.answerers[path] = append(f.answerers[path], u)
		}
		// Text that meets a use brings with it all that the use is made of, and who sends requests
		// in a package may be answered in it.
		f.onFrom[u.node] = append(f.onFrom[u.node], func() {
			f.backward(f.rootsOf(u)...)
			f.answer(path)
		})
		f.onTo[u.node] = append(f.onTo[u.node], func() { f.answer(path) })
	}
	// So may who runs a server that they are sent to.
	for _, s := range g.servers {
		act := func() { f.answer(s.fn.pkg.Path) }
		f.onFrom[s.node] = append(f.onFrom[s.node], act)
		f.onTo[s.node] = append(f.onTo[s.node], act)
	}
	// A literal of what a use is made of may be used for more.
	for lit, n := range g.litNodes {
		if g.path[n] && len(lit.Source) > len(`"/"`) {
			f.onTo[n] = append(f.onTo[n], func() { f.forward(n) })
		}
	}
	// A call of a value that is given text of interest, or returns what a use is made of, asks
	// which functions the value may be.
	for n, calls := range g.called {
		act := func() { f.backward(n) }
		for _, c := range calls {
			for i := range resultSlots {
				to := g.callResult(c.fn, c.call, i)
				f.onTo[to] = append(f.onTo[to], act)
			}
			for _, a := range c.fn.Calls[c.call].Args {
				for _, m := range f.graph.mentioned(c.fn, a, nil) {
					f.onFrom[m] = append(f.onFrom[m], act)
				}
				f.watchFunctions(a, act)
			}
		}
	}
}

// watchFunctions does the same for functions that an argument spells.
func (f *frontier) watchFunctions(e *equation.Expr, act func()) {
	switch e.Op {
	case equation.FuncRef, equation.Closure, equation.Bound:
		callee := f.prog.bySym[e.Sym]
		if callee == nil {
			if !f.std(e.Sym) {
				f.work = append(f.work, act)
			}
			return
		}
		for i := range callee.Params {
			n := f.graph.param(callee, i)
			f.onTo[n] = append(f.onTo[n], act)
		}
		for i := range resultSlots {
			n := f.graph.result(callee, i)
			f.onFrom[n] = append(f.onFrom[n], act)
		}
		return
	}
	for _, a := range e.Args {
		f.watchFunctions(a, act)
	}
}

// answer says that a package may answer requests of interest: what it answers matters.
func (f *frontier) answer(path string) {
	path = strings.TrimSuffix(path, "_test")
	if f.answering[path] {
		return
	}
	f.answering[path] = true
	for _, u := range f.answerers[path] {
		f.backward(f.rootsOf(u)...)
	}
}

// rootsOf lists the nodes that decide about a use.
func (f *frontier) rootsOf(u Use) []int {
	roots := []int{u.node}
	for _, e := range append([]*equation.Expr{u.Method, u.On}, u.When...) {
		roots = f.graph.mentioned(u.fn, e, roots)
	}
	return roots
}

func (f *frontier) any(seen []bool, nodes []int) bool {
	return slices.ContainsFunc(nodes, func(n int) bool { return seen[n] })
}

// callConcerns reports whether a call is given text of interest, or returns what a use is made of.
func (f *frontier) callConcerns(fn *function, call int) bool {
	for i := range resultSlots {
		if f.to[f.graph.callResult(fn, call, i)] {
			return true
		}
	}
	return slices.ContainsFunc(fn.Calls[call].Args, func(a *equation.Expr) bool { return f.argument(fn, a) })
}

// argument reports whether an argument is, or holds, text of interest or a function that
// takes or returns some.
func (f *frontier) argument(fn *function, e *equation.Expr) bool {
	nodes := f.graph.mentioned(fn, e, nil)
	return f.any(f.from, nodes) || f.any(f.held, nodes) || f.callable(fn, e)
}

// hold finds where functions are that are values: those that text of interest goes into or
// comes out of, and those that are not in sight.
func (f *frontier) hold() {
	for _, v := range f.graph.values {
		if f.function(v.fn) {
			spread(f.graph.next, f.held, []int{v.node})
		}
	}
	for _, v := range f.graph.absent {
		if !f.std(v.sym) {
			spread(f.graph.next, f.held, []int{v.node})
		}
	}
}

// callable reports whether an expression spells such a function.
func (f *frontier) callable(fn *function, e *equation.Expr) bool {
	switch e.Op {
	case equation.FuncRef, equation.Closure, equation.Bound:
		callee := f.prog.bySym[e.Sym]
		return callee == nil && !f.std(e.Sym) || callee != nil && f.function(callee)
	}
	return slices.ContainsFunc(e.Args, func(a *equation.Expr) bool { return f.callable(fn, a) })
}

// function reports whether text of interest goes into a function or comes out of it.
func (f *frontier) function(fn *function) bool {
	for i := range fn.Params {
		if f.to[f.graph.param(fn, i)] {
			return true
		}
	}
	for i := range resultSlots {
		if f.from[f.graph.result(fn, i)] {
			return true
		}
	}
	return false
}

// returnsFunction reports whether such a function may come out of a function.
func (f *frontier) returnsFunction(fn *function) bool {
	for i := range resultSlots {
		if f.held[f.graph.result(fn, i)] {
			return true
		}
	}
	return false
}

// calls finds the calls of functions that are not in sight.
func (f *frontier) calls() {
	for _, v := range f.graph.absent {
		if f.to[v.node] {
			f.wantBody(v.sym)
		}
	}
	for _, fn := range f.prog.funcs {
		// What a router answers may be registered by anybody that is given the router.
		routes := f.answers(fn)
		for i, c := range fn.Calls {
			switch {
			case c.Callee != "" && f.prog.bySym[c.Callee] == nil:
				if routes || f.callConcerns(fn, i) {
					f.wantBody(c.Callee)
				}
			case c.Method != "" && f.callConcerns(fn, i):
				// Whoever implements the method need not know the interface.
				f.wants[Want{Kind: Implementation, Name: c.Method}] = true
				f.embeddable(c)
			}
		}
	}
}

// embeddable wants those who mention a type that has the method of an interface call, but not
// all of the interface: they may embed it in one that has. Calls of one interface method want
// the same.
func (f *frontier) embeddable(c equation.Call) {
	key := dispatchKey(c)
	if f.embedded[key] {
		return
	}
	f.embedded[key] = true
	for _, set := range f.prog.having(signatureOf(c.Iface, c.Method)) {
		if name := lastName(set.typ.Sym); token.IsIdentifier(name) && !set.meets(c.Iface) {
			f.want(Want{Kind: Object, Package: set.pkg.Path, Name: name})
		}
	}
}

// makers finds the names of functions that make something whose user knows what text of
// interest is for: a router or a server that answers requests, a channel that text is sent on.
func (f *frontier) makers() {
	seen := map[*function]bool{}
	var visit func(fn *function)
	visit = func(fn *function) {
		if fn == nil || seen[fn] {
			return
		}
		seen[fn] = true
		f.wantCallers(fn)
		visit(fn.outer)
		for _, s := range fn.sites() {
			visit(s.fn)
		}
	}
	for _, fn := range f.prog.funcs {
		if f.answers(fn) {
			visit(fn)
		}
	}
	for path := range f.answering {
		f.want(Want{Kind: Answers, Package: path})
	}
	for sym, n := range f.graph.syms {
		if strings.HasPrefix(sym, "every ") && f.from[n] {
			for _, d := range f.prog.globals[sym] {
				visit(d.fn)
			}
		}
	}
}

// transports finds those that carry requests from one package to the API that another one
// spells.
func (f *frontier) transports(uses []Use, focus func(path string) bool) {
	// A transport carries the requests of whoever is given it.
	for _, fn := range f.prog.funcs {
		if strings.HasSuffix(fn.Sym, ").RoundTrip") && fn.Params > 0 && f.to[f.graph.param(fn, fn.Params-1)] {
			f.wants[Want{Kind: Requests}] = true
		}
	}
	for _, u := range uses {
		if u.Kind == equation.Request && focus(u.fn.pkg.Path) && u.Pathlike() && !u.Touched() {
			u.Solve(func(s Solved) {
				if s.hostless() {
					f.wants[Want{Kind: Implementation, Name: "RoundTrip"}] = true
				}
			})
		}
	}
}

// answers reports whether a function has a use of interest that is no request.
func (f *frontier) answers(fn *function) bool {
	for i, u := range fn.Uses {
		if n := f.graph.use(fn, i); u.Kind != equation.Request && (f.from[n] || f.to[n]) {
			return true
		}
	}
	return false
}

// names finds the names by which other packages give text to what is in sight, or get some.
func (f *frontier) names() {
	for _, fn := range f.prog.funcs {
		if f.function(fn) || f.returnsFunction(fn) {
			f.wantCallers(fn)
		}
	}
	for sym, n := range f.graph.syms {
		if !f.from[n] && !f.to[n] && !f.held[n] {
			continue
		}
		if key, ok := strings.CutPrefix(sym, "setting "); ok {
			f.setting(key[strings.LastIndexByte(key, ' ')+1:])
			continue
		}
		sym, channel := strings.CutPrefix(strings.TrimPrefix(sym, "every "), "chan ")
		if channel {
			f.wants[Want{Kind: Channel, Name: "<-"}] = true
		}
		pkg := packageOf(sym)
		if pkg == "" || sym == sink.BaseField || sym == sink.ServerURL {
			continue
		}
		if strings.Contains(pkg, "{") {
			// A type without a name is the same in all packages.
			f.wants[Want{Kind: Member, Name: lastName(sym)}] = true
			continue
		}
		if !f.loaded[pkg] {
			f.want(Want{Package: pkg})
		}
		name := lastName(sym)
		if !token.IsIdentifier(name) {
			continue // a cell, or a field of a type without a name
		}
		_, constant := f.prog.consts[sym]
		owner := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(sym, pkg+"."), name), ".")
		switch {
		case owner != "":
			f.want(Want{Kind: Member, Package: pkg, Name: name})
			if f.from[n] {
				f.want(Want{Kind: Rendering, Package: pkg})
			}
			// A field may be set without its name.
			if token.IsIdentifier(owner) {
				f.want(Want{Kind: Composite, Package: pkg, Name: owner})
			}
		case f.from[n] || !constant: // nobody else gives a constant its value
			f.want(Want{Kind: Object, Package: pkg, Name: name})
		}
	}
}

// wantCallers wants those who mention a function or call a method.
func (f *frontier) wantCallers(fn *function) {
	name := lastName(fn.Sym)
	if !token.IsIdentifier(name) {
		return // a function literal, an initialiser
	}
	if !strings.HasPrefix(fn.Sym, "(") {
		f.want(Want{Kind: Object, Package: fn.pkg.Path, Name: name})
		return
	}
	// A type that embeds the one of the method may have more methods, and so meet other
	// interfaces.
	var methods []string
	for _, pkg := range f.prog.pkgs {
		for _, t := range pkg.Types {
			if !slices.ContainsFunc(t.Methods, func(m equation.Method) bool { return m.Func == fn.Sym }) {
				continue
			}
			for _, m := range t.Methods {
				name, _, _ := strings.Cut(m.Name, "(")
				methods = append(methods, name)
			}
			if owner := lastName(t.Sym); token.IsIdentifier(owner) {
				f.want(Want{Kind: Embedding, Package: pkg.Path, Name: owner})
			}
		}
	}
	slices.Sort(methods)
	f.want(Want{Method, fn.pkg.Path, name, strings.Join(slices.Compact(methods), " ")})
}

// setting wants those who spell the key of a setting, as text or by the name of a constant.
func (f *frontier) setting(key string) {
	f.wants[Want{Kind: Setting, Name: key}] = true
	for sym, c := range f.prog.consts {
		if c.value.Op != equation.Lit || !token.IsIdentifier(lastName(sym)) {
			continue
		}
		if text, _, err := strval.Decode(c.init.pkg.Lits[c.value.N].Source); err == nil && text == key {
			f.want(Want{Kind: Object, Package: packageOf(sym), Name: lastName(sym)})
		}
	}
}

// wantBody wants the function or method with a symbol.
func (f *frontier) wantBody(sym string) {
	pkg := packageOf(sym)
	name, isMethod := strings.CutPrefix(sym, "(")
	name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(name, "*"), pkg), ".")
	if isMethod {
		owner, method, _ := strings.Cut(name, ")")
		owner, _, _ = strings.Cut(owner, "[")
		name = owner + method
	}
	f.want(Want{Kind: Function, Package: pkg, Name: name})
}

func (f *frontier) want(w Want) {
	if w.Package != "" {
		f.wants[w] = true
	}
}

// std reports whether a symbol may well belong to the standard library: that of a module may
// have no dot in its path either.
func (f *frontier) std(sym string) bool {
	first, _, _ := strings.Cut(packageOf(sym), "/")
	return !strings.Contains(first, ".") && !slices.ContainsFunc(f.prog.pkgs, func(pkg *equation.Package) bool {
		own, _, _ := strings.Cut(pkg.Path, "/")
		return own == first
	})
}

// packageOf is the import path in a symbol: what is before the first dot behind the last
// slash.
func packageOf(sym string) string {
	sym = strings.TrimLeft(sym, "(*")
	slash := strings.LastIndexByte(sym, '/') + 1
	if i := strings.IndexByte(sym[slash:], '.'); i >= 0 {
		return sym[:slash+i]
	}
	return ""
}
