package solve

import (
	"go/token"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A graph says what may flow where, without regard to order, branches or frames: an
// edge leads from every value to what is made of it. It answers cheap questions
// before the search asks precise ones: which functions a call of a value may reach,
// which parameters ever see a path, and where else a literal goes.
type graph struct {
	prog       *Program
	next       [][]int32 // edges that text passes as it is
	blurred    [][]int32 // edges into what is not modelled: nobody knows what becomes of the text
	opaque     map[*equation.Expr]int
	syms       map[string]int
	names      map[int]string            // symbols of constants, variables and fields, and of functions at their results
	lits       map[*equation.Package]int // node of a package's first literal
	litNodes   map[*strval.Literal]int
	needle     []bool
	path       []bool
	hosts      []int         // nodes that are part of a host
	host       []bool        // nodes that flow to them
	places     map[int]place // where the text of a local ends
	ends       map[int]End   // nodes where strings leave the program's own code
	writes     []*write
	values     []funcValue
	absent     []absentValue
	flowing    propagation
	defaults   []int           // nodes of values that something outside may replace
	open       []bool          // nodes that these flow to
	filled     map[string]bool // types of objects that functions out of sight fill
	tests      map[*equation.Expr]bool
	away       map[callOf]string    // calls of values that functions out of sight may be, by one of these
	servers    []serverURL          // nodes that the address of a test server flows to: it is part of a URL like any path
	called     map[int][]callOf     // node -> calls whose callee it is
	dispatches map[string]*dispatch // by interface and method
	controls   map[int]string       // node -> string function that is told by it what to do with another text
}

// A funcValue is a node that stands for a function as a value.
type funcValue struct {
	node int
	fn   *function
}

// An absentValue is a node that stands for a function that is not in sight as a value.
type absentValue struct {
	node int
	sym  string
}

// A serverURL is a node that the address of a test server flows to in a function.
type serverURL struct {
	node int
	fn   *function
}

type callOf struct {
	fn   *function
	call int
}

// Nodes of a function, from its base: locals, parameters, results of calls (two a
// call are enough: more results hold no strings in practice, and are folded),
// results of its own, uses, leaks.
const resultSlots = 4

func newGraph(p *Program, words Words) *graph {
	g := &graph{prog: p, opaque: map[*equation.Expr]int{}, syms: map[string]int{}, names: map[int]string{}, lits: map[*equation.Package]int{}, litNodes: map[*strval.Literal]int{}, ends: map[int]End{}, places: map[int]place{}, away: map[callOf]string{}, tests: map[*equation.Expr]bool{}, filled: map[string]bool{}, called: map[int][]callOf{}, controls: map[int]string{}, dispatches: map[string]*dispatch{}}
	g.flowing.g = g
	n := 0
	for _, pkg := range p.pkgs {
		g.lits[pkg] = n
		for i := range pkg.Lits {
			g.litNodes[&pkg.Lits[i]] = n + i
		}
		n += len(pkg.Lits)
	}
	for _, fn := range p.funcs {
		fn.base = n
		n += len(fn.Locals) + fn.Params + resultSlots*(len(fn.Calls)+1) + len(fn.Uses) + len(fn.Leaks)
	}
	g.next, g.blurred = make([][]int32, n), make([][]int32, n)
	for _, fn := range p.funcs {
		for i := range resultSlots {
			g.names[g.result(fn, i)] = fn.Sym
		}
		for i, e := range fn.Locals {
			if at := g.flow(fn, e, g.local(fn, i)); at != anywhere {
				g.places[g.local(fn, i)] = at
			}
		}
		for _, r := range fn.Exits {
			for i, e := range r.Results {
				g.flow(fn, e, g.result(fn, i))
			}
		}
		for i := range fn.Uses {
			u := &fn.Uses[i]
			g.flow(fn, u.URL, g.use(fn, i))
			if u.Kind == equation.Mount {
				g.edge(g.use(fn, i), g.sym(sink.BaseField)) // any router may be the one that is mounted
			}
			if u.On != nil && (u.Kind == equation.Compare || u.Kind == equation.Prefix) {
				g.flow(fn, u.On, g.use(fn, i))
			}
		}
		for i, l := range fn.Leaks {
			node := g.leak(fn, i)
			g.flow(fn, l.Value, node)
			g.ends[node] = End{Kind: l.Kind, To: l.To, File: fileOf(fn.pkg, l.Pos).Name, Line: l.Pos.Line, node: node, fn: fn, value: l.Value, when: l.When}
		}
		for i, c := range fn.Calls {
			switch {
			case c.Callee != "":
				if callee := p.bySym[c.Callee]; callee != nil {
					g.link(fn, i, target{callee, false})
				}
			case c.Method != "":
				g.dispatch(fn, i, c)
			case c.Value != nil:
				g.callee(fn, i, c.Value)
			}
		}
	}
	for sym, c := range p.consts {
		g.flow(c.init, c.value, g.sym(sym))
	}
	for _, defs := range []map[string][]definition{p.globals, p.fields} {
		for sym, ds := range defs {
			for _, d := range ds {
				g.flow(d.fn, d.value, g.sym(sym))
			}
		}
	}
	for _, w := range p.writes {
		g.write(w.fn, w.Write)
	}
	g.flowing.run()
	g.mark(words)
	g.replaceable()
	return g
}

func (g *graph) node() int {
	g.next, g.blurred = append(g.next, nil), append(g.blurred, nil)
	return len(g.next) - 1
}

func (g *graph) sym(s string) int {
	n, ok := g.syms[s]
	if !ok {
		n = g.node()
		g.syms[s] = n
		g.names[n] = s
	}
	return n
}

func (g *graph) local(fn *function, i int) int { return fn.base + i }
func (g *graph) param(fn *function, i int) int { return fn.base + len(fn.Locals) + i }
func (g *graph) callResult(fn *function, call, i int) int {
	return fn.base + len(fn.Locals) + fn.Params + resultSlots*call + min(i, resultSlots-1)
}
func (g *graph) result(fn *function, i int) int { return g.callResult(fn, len(fn.Calls), i) }
func (g *graph) use(fn *function, i int) int {
	return fn.base + len(fn.Locals) + fn.Params + resultSlots*(len(fn.Calls)+1) + i
}
func (g *graph) leak(fn *function, i int) int { return g.use(fn, len(fn.Uses)) + i }

func (g *graph) edge(from, to int) {
	g.next[from] = append(g.next[from], int32(to))
	g.flowing.edge(from, to)
}

// flow draws edges from everything that an expression mentions to a node. It returns where
// the text ends.
func (g *graph) flow(fn *function, e *equation.Expr, to int) place {
	switch e.Op {
	case equation.Opaque:
		if len(e.Args) > 0 {
			n := g.node()
			g.edge(n, to)
			g.opaque[e] = n
			g.blur(fn, e.Args, n)
		}
		return anywhere
	case equation.Text:
		return placeAfter(e.Text)
	case equation.Computed:
		return g.flow(fn, e.Args[0], to) // the rest is no part of the text
	case equation.Lit:
		g.edge(g.lits[fn.pkg]+e.N, to)
		return placeAfter(g.spelled(fn, e, 0))
	case equation.Const, equation.Global:
		g.edge(g.sym(e.Sym), to)
		return placeAfter(g.spelled(fn, e, 0))
	case equation.Local:
		g.edge(g.local(fn, e.N), to)
		return g.places[g.local(fn, e.N)]
	case equation.Param:
		if e.N < fn.Params {
			g.edge(g.param(fn, e.N), to)
		}
		return anywhere
	case equation.Outer:
		if fn.outer != nil {
			g.flow(fn.outer, e.Args[0], to)
		}
		return anywhere
	case equation.Result:
		g.edge(g.callResult(fn, e.N, e.I), to)
		return anywhere
	case equation.Field:
		switch e.Sym {
		case sink.ServerURL:
			g.servers = append(g.servers, serverURL{to, fn})
		case sink.BaseField:
			g.edge(g.sym(e.Sym), to)
		}
		if len(g.prog.fields[e.Sym]) > 0 {
			g.edge(g.sym(e.Sym), to)
			return anywhere // the object's other fields do not matter
		}
		if !urlPart(e) {
			return anywhere // a header, a body: what a request is made of besides its URL
		}
		g.edge(g.sym(e.Sym), to) // what is not in sight may set it
	case equation.Composite:
		if len(e.Args) > 0 && len(g.prog.fields[e.Sym+"."+e.Keys[0]]) > 0 {
			return anywhere // its fields are nodes of their own
		}
		for i, key := range e.Keys {
			if e.Sym == sink.URLType && key == "Host" {
				g.flow(fn, e.Args[i], g.hostNode(to))
			}
		}
	case equation.With:
		if len(g.prog.fields[e.Sym]) > 0 {
			g.flow(fn, e.Args[0], to)
			return anywhere
		}
		if e.Sym == sink.URLType+".Host" {
			g.flow(fn, e.Args[1], g.hostNode(to))
		}
	case equation.Default:
		n := g.node()
		g.edge(n, to)
		g.defaults = append(g.defaults, n)
		return g.flow(fn, e.Args[0], n)
	case equation.Concat:
		return g.concat(fn, e.Args, to)
	case equation.Address:
		g.address(e, to)
	case equation.Apply:
		if isFormat(e) {
			return g.format(fn, e, to)
		}
		if arg, ok := strval.Control(e.Sym); ok && arg < len(e.Args) {
			n := g.node()
			g.flow(fn, e.Args[arg], n)
			g.controls[n] = e.Sym
		}
	case equation.FuncRef, equation.Closure, equation.Bound:
		if callee := g.prog.bySym[e.Sym]; callee != nil {
			n := g.node()
			g.edge(n, to)
			g.values = append(g.values, funcValue{n, callee})
			g.flowing.begin(n, referent{fn: callee, bound: e.Op == equation.Bound})
			if e.Op == equation.Bound && callee.Params > 0 {
				g.flow(fn, e.Args[0], g.param(callee, 0))
			}
		} else {
			n := g.node()
			g.edge(n, to)
			g.absent = append(g.absent, absentValue{n, e.Sym})
			g.flowing.begin(n, referent{sym: e.Sym})
		}
		return anywhere
	}
	for _, a := range e.Args {
		g.flow(fn, a, to)
	}
	return anywhere
}

// urlPart reports whether a field, if it belongs to a request, is part of what is sent
// where: the others hold nothing of the URL that the request was made with.
func urlPart(e *equation.Expr) bool {
	if !strings.HasPrefix(e.Sym, sink.RequestType+".") {
		return true
	}
	switch e.Text {
	case "URL", "Method", "Host", "RequestURI", "Pattern":
		return true
	}
	return false
}

// link makes a function one that a call may reach.
func (g *graph) link(fn *function, call int, t target) {
	for _, have := range fn.callees[call] {
		if have == t {
			return
		}
	}
	fn.callees[call] = append(fn.callees[call], t)
	t.fn.callers = append(t.fn.callers, site{fn, call, t.bound})
	shift := 0
	if t.bound {
		shift = 1
	}
	for i, a := range fn.Calls[call].Args {
		if i+shift < t.fn.Params {
			g.flow(fn, a, g.param(t.fn, i+shift))
		}
	}
	for i := range resultSlots {
		g.edge(g.result(t.fn, i), g.callResult(fn, call, i))
	}
}

// leave notes the calls whose arguments leave the code in sight: those of functions that are
// not in it, through an interface or of a value that nobody in sight answers.
func (g *graph) leave() {
	for _, fn := range g.prog.funcs {
		for i, c := range fn.Calls {
			name := g.away[callOf{fn, i}]
			switch {
			case name != "":
			case len(fn.callees[i]) > 0 || c.Library:
				continue
			case c.Callee != "":
				name = c.Callee
			case c.Method != "":
				name = "the method " + c.Method + " of an interface"
			case g.neverSet(fn, c.Value):
				continue
			default:
				name = "a function that is a value"
			}
			g.unseen(fn, i, name)
		}
	}
}

// neverSet reports whether a function that is called is in a package variable that no other
// package can name, and that is given nothing but values that nothing has a say in, such as nil:
// a call finds no function there.
func (g *graph) neverSet(fn *function, value *equation.Expr) bool {
	for value != nil && value.Op == equation.Local {
		value = fn.Locals[value.N]
	}
	if value == nil || value.Op != equation.Global || strings.ContainsAny(value.Sym, "#@ ") || token.IsExported(lastName(value.Sym)) {
		return false
	}
	return !slices.ContainsFunc(g.prog.globals[value.Sym], func(d definition) bool {
		return d.param >= 0 || d.pointer != nil || d.value == nil || d.value.Op != equation.Opaque || len(d.value.Args) > 0
	})
}

// unseen notes that a call's arguments leave the code in sight. What comes back may be made of
// any of them.
func (g *graph) unseen(fn *function, call int, name string) {
	c := fn.Calls[call]
	var results [resultSlots]int
	for i := range results {
		results[i] = g.callResult(fn, call, i)
	}
	g.blur(fn, c.Args, results[:]...)
	if len(c.Texts) == 0 || sink.Configures(name) {
		return
	}
	n := g.node()
	end := End{Kind: equation.Passed, To: name, File: fileOf(fn.pkg, c.Pos).Name, Line: c.Pos.Line, unseen: true, node: n, fn: fn, when: c.When}
	list := &equation.Expr{Op: equation.List}
	for _, i := range c.Texts {
		g.flow(fn, c.Args[i], n)
		list.Args = append(list.Args, c.Args[i])
	}
	end.value = list
	g.ends[n] = end
}

// blur draws edges from everything that the operands of an operation mention to its results,
// of which nobody knows what became of it there.
func (g *graph) blur(fn *function, operands []*equation.Expr, to ...int) {
	n := g.node()
	for _, e := range operands {
		g.flow(fn, e, n)
	}
	for _, m := range to {
		g.blurred[n] = append(g.blurred[n], int32(m))
		g.flowing.edge(n, m)
	}
}

// callee notes that the function that a call reaches is a value.
func (g *graph) callee(fn *function, call int, value *equation.Expr) {
	n := g.node()
	g.flow(fn, value, n)
	g.called[n] = append(g.called[n], callOf{fn, call})
}

// reach returns all nodes that text flows to from some nodes as it is, themselves included.
func (g *graph) reach(from ...int) []int { return reach(from, g.next) }

// mayReach returns all nodes that text may flow to from some nodes, through what is not
// modelled as well.
func (g *graph) mayReach(from ...int) []int { return reach(from, g.next, g.blurred) }

// reach follows edges from some nodes, in an order that is the same every time.
func reach(from []int, edges ...[][]int32) []int {
	seen := make(map[int]bool, 64)
	var out []int
	for _, n := range from {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	for i := 0; i < len(out); i++ {
		for _, next := range edges {
			for _, m := range next[out[i]] {
				if !seen[int(m)] {
					seen[int(m)] = true
					out = append(out, int(m))
				}
			}
		}
	}
	return out
}

// mark finds the nodes that text of interest may reach.
func (g *graph) mark(words Words) {
	var needles, paths []int
	add := func(text string, node int) {
		if words.Needle(text) {
			needles = append(needles, node)
		}
		if words.Path(text) {
			paths = append(paths, node)
		}
	}
	for _, pkg := range g.prog.pkgs {
		for i := range pkg.Lits {
			if text, _, err := strval.Decode(pkg.Lits[i].Source); err == nil {
				add(text, g.lits[pkg]+i)
			}
		}
	}
	var foreign func(e *equation.Expr)
	foreign = func(e *equation.Expr) {
		if e.Op == equation.Const && e.Text != "" {
			if _, ours := g.prog.consts[e.Sym]; !ours {
				add(e.Text, g.sym(e.Sym))
			}
		}
		for _, a := range e.Args {
			foreign(a)
		}
	}
	for _, fn := range g.prog.funcs {
		for _, e := range fn.Locals {
			foreign(e)
		}
		for _, r := range fn.Exits {
			for _, e := range r.Results {
				foreign(e)
			}
		}
		for i := range fn.Uses {
			foreign(fn.Uses[i].URL)
		}
		for i := range fn.Calls {
			for _, a := range fn.Calls[i].Args {
				foreign(a)
			}
		}
	}
	for _, c := range g.prog.consts {
		foreign(c.value)
	}
	for _, defs := range []map[string][]definition{g.prog.globals, g.prog.fields} {
		for _, ds := range defs {
			for _, d := range ds {
				foreign(d.value)
			}
		}
	}
	g.needle, g.path = make([]bool, len(g.next)), make([]bool, len(g.next))
	for _, n := range g.mayReach(needles...) {
		g.needle[n] = true
	}
	for _, s := range g.servers {
		paths = append(paths, s.node)
	}
	for _, n := range g.reach(paths...) {
		g.path[n] = true
	}
	g.markHosts()
}

func (p *Program) litNode(l *strval.Literal) (int, bool) {
	n, ok := p.graph.litNodes[l]
	return n, ok
}
