package solve

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A Trace is one way in which a request turns out, with the way that led to it.
type Trace struct {
	Method strval.Template // empty if the sink names none
	URL    strval.Template
	// Calls is the call string: the function of the use, its caller, and so on outwards, as
	// far as it matters to the request who calls. It has at least one element.
	Calls []Caller

	in map[*function]bool // functions that take part
}

// A Caller is a function on the way to a use.
type Caller struct {
	Sym, Name string
	Package   string // import path
	File      equation.File
	Declared  equation.Pos // of the function
	// At is where it calls the function before it in a call string, or surrounds it as a
	// function literal; zero for the first.
	At equation.Pos

	fn *function
}

// A Hop is something with a name that a text passes through on its way to a use.
type Hop struct {
	Kind HopKind
	Name string // "path", "Client.BaseURL"
	Func string // the function of a parameter or result, for people
	File string // of a parameter's declaration; empty if it is not known
	Pos  equation.Pos
}

// HopKind says what a hop is.
type HopKind uint8

const (
	ThroughConstant HopKind = iota
	ThroughVariable
	ThroughField
	ThroughParameter
	ThroughResult
)

// String is the kind in words.
func (k HopKind) String() string {
	return [...]string{"constant", "variable", "field", "parameter", "result"}[k]
}

// Trace visits every way in which a request can turn out, in a fixed order: those that differ
// in what is sent, or in who sends it. It reports whether that was all: false means that the
// search met a bound.
func (u Use) Trace(visit func(Trace)) (complete bool) {
	seen := map[string]bool{}
	return u.search(func(w *world) bool {
		fr := &frame{fn: u.fn}
		method, url := u.sent(w, fr)
		if u.On != nil {
			w.eval(fr, u.On, wantObject)
		}
		w.require(fr, u.When)
		if w.impossible {
			return true
		}
		t := Trace{Method: method, URL: url, Calls: w.callString(fr), in: map[*function]bool{}}
		var key strings.Builder
		key.WriteString(method.Key() + "\x00" + url.Key())
		for _, c := range t.Calls {
			t.in[c.fn] = true
			key.WriteString("\x00" + c.Sym + "\x00" + strconv.Itoa(c.At.Offset))
		}
		if seen[key.String()] {
			return true
		}
		seen[key.String()] = true
		for k := range w.calls {
			t.in[k.callee] = true
		}
		visit(t)
		return true
	})
}

// callString lists who leads to a frame, as far as the world has decided it.
func (w *world) callString(fr *frame) []Caller {
	out := []Caller{callerOf(fr.fn, equation.Pos{})}
	seen := map[*frame]bool{}
	for !seen[fr] {
		seen[fr] = true
		from := w.entries[fr]
		var next *frame
		var at equation.Pos
		switch {
		case from.caller != nil:
			next, at = from.caller, from.site.fn.Calls[from.site.call].Pos
		case fr.caller != nil:
			next, at = fr.caller, fr.site.fn.Calls[fr.site.call].Pos
		case fr.outer != nil:
			next, at = fr.outer, fr.fn.Declared
		case w.outers[fr] != nil:
			next, at = w.outers[fr], fr.fn.Declared
		default:
			// Whoever surrounds a function literal leads to it, even if nobody asked.
			for fn := fr.fn; fn.outer != nil; fn = fn.outer {
				out = append(out, callerOf(fn.outer, fn.Declared))
			}
			return out
		}
		fr = next.home()
		out = append(out, callerOf(fr.fn, at))
	}
	return out
}

func callerOf(fn *function, at equation.Pos) Caller {
	pos := fn.Declared
	if at != (equation.Pos{}) {
		pos = at
	}
	return Caller{Sym: fn.Sym, Name: fn.Name, Package: fn.pkg.Path, File: fileOf(fn.pkg, pos), Declared: fn.Declared, At: at, fn: fn}
}

// Hops lists what the text of a literal passes through on its way to the use of a trace, in
// order: the shortest way through the flow graph, within the functions of the trace if there
// is one.
func (u Use) Hops(t Trace, l *strval.Literal) []Hop {
	from, ok := u.prog.litNode(l)
	if !ok {
		return nil
	}
	path := u.prog.graph.shortest(from, u.node, func(n int) bool {
		fn := u.prog.owner(n)
		return fn == nil || t.in[fn]
	})
	if path == nil {
		path = u.prog.graph.shortest(from, u.node, func(int) bool { return true })
	}
	var hops []Hop
	for _, n := range path {
		if h, ok := u.prog.hop(n); ok && (len(hops) == 0 || hops[len(hops)-1] != h) {
			hops = append(hops, h)
		}
	}
	return hops
}

// shortest is a shortest way between two nodes over nodes that are allowed, both ends
// included; nil if there is none.
func (g *graph) shortest(from, to int, allowed func(n int) bool) []int {
	before := map[int]int{from: -1}
	for work := []int{from}; len(work) > 0; {
		n := work[0]
		work = work[1:]
		if n == to {
			var path []int
			for ; n >= 0; n = before[n] {
				path = append(path, n)
			}
			slices.Reverse(path)
			return path
		}
		for _, m := range g.next[n] {
			if _, seen := before[int(m)]; !seen && (int(m) == to || allowed(int(m))) {
				before[int(m)] = n
				work = append(work, int(m))
			}
		}
	}
	return nil
}

// owner is the function that a node belongs to, nil for those of symbols.
func (p *Program) owner(n int) *function {
	i := sort.Search(len(p.funcs), func(i int) bool { return p.funcs[i].base > n }) - 1
	if i < 0 {
		return nil
	}
	fn := p.funcs[i]
	if n >= p.graph.leak(fn, len(fn.Leaks)) {
		return nil
	}
	return fn
}

// hop says what a node is, if it has a name.
func (p *Program) hop(n int) (Hop, bool) {
	g := p.graph
	if fn := p.owner(n); fn != nil {
		if i := n - g.param(fn, 0); i >= 0 && i < fn.Params {
			h := Hop{Kind: ThroughParameter, Func: fn.Name}
			if i < len(fn.Named) {
				h.Name, h.Pos = fn.Named[i].Name, fn.Named[i].Pos
				h.File = fileOf(fn.pkg, h.Pos).Name
			}
			return h, h.Name != ""
		}
		if i := n - g.result(fn, 0); i >= 0 && i < resultSlots {
			return Hop{Kind: ThroughResult, Name: fn.Name, Func: fn.Name}, true
		}
		return Hop{}, false
	}
	sym := g.names[n]
	if sym == "" || strings.ContainsAny(sym, " #{") || strings.HasPrefix(sym, "sink.") {
		return Hop{}, false // a setting, a local variable, a channel, a library's object
	}
	name := sym[len(packageOf(sym)):]
	name = strings.TrimPrefix(name, ".")
	switch _, constant := p.consts[sym]; {
	case constant:
		return Hop{Kind: ThroughConstant, Name: name}, true
	case len(p.globals[sym]) > 0:
		return Hop{Kind: ThroughVariable, Name: name}, true
	case len(p.fields[sym]) > 0 || strings.Contains(name, "."):
		return Hop{Kind: ThroughField, Name: name}, true
	}
	return Hop{}, false
}

// Leads returns the functions, by symbol, that functions of some packages lead to by calls or
// surround, themselves included, and the initialisers of all packages.
func (p *Program) Leads(in func(path string) bool) map[string]bool {
	callees := map[*function][]*function{}
	for _, fn := range p.funcs {
		for _, at := range fn.sites() {
			callees[at.fn] = append(callees[at.fn], fn)
		}
		if fn.outer != nil {
			callees[fn.outer] = append(callees[fn.outer], fn)
		}
	}
	out := map[string]bool{}
	var work []*function
	add := func(fn *function) {
		if !out[fn.Sym] {
			out[fn.Sym] = true
			work = append(work, fn)
		}
	}
	for _, fn := range p.funcs {
		if in(fn.pkg.Path) || fn.Sym == fn.pkg.Path+".init" || strings.HasPrefix(fn.Sym, fn.pkg.Path+".init@") {
			add(fn)
		}
	}
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		for _, callee := range callees[fn] {
			add(callee)
		}
	}
	return out
}

// named gives the holes of a text that have no origin yet that of the expression.
func named(t strval.Template, fr *frame, e *equation.Expr) strval.Template {
	if !slices.ContainsFunc(t, func(p strval.Part) bool { return p.Gap != nil && p.Gap.Origin == nil }) {
		return t
	}
	fn := fr.fn
	var mark equation.Mark
	switch {
	case e.Op == equation.Param && e.N < len(fn.Named):
		mark = fn.Named[e.N]
	case e.Mark > 0 && e.Mark <= len(fn.pkg.Marks):
		mark = fn.pkg.Marks[e.Mark-1]
	}
	if mark.Pos == (equation.Pos{}) {
		return t
	}
	out := slices.Clone(t)
	for i, p := range out {
		if p.Gap != nil && p.Gap.Origin == nil {
			gap := *p.Gap
			gap.Origin = &strval.Origin{Name: mark.Name, File: fileOf(fn.pkg, mark.Pos).Name, Line: mark.Pos.Line, Column: mark.Pos.Column}
			out[i].Gap = &gap
		}
	}
	return out
}
