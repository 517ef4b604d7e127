package solve

import "github.com/orbitmigrate/orbitmigrate/internal/equation"

// A variable whose address is taken may be assigned to wherever the pointer goes. Which
// variables that may be, the graph says; which one it is when the pointer is a parameter,
// the call that hands it in.

// A pointee is a variable or field whose address somebody takes.
type pointee struct {
	sym   string
	field bool
}

// A write is an assignment through a pointer.
type write struct {
	definition
	node int // what the pointer is made of
	to   map[pointee]bool
}

// address notes that the address of a variable flows to a node.
func (g *graph) address(e *equation.Expr, to int) {
	n := g.node()
	g.edge(n, to)
	g.flowing.begin(n, referent{address: &pointee{e.Sym, e.I == 1}})
}

// write notes an assignment through a pointer.
func (g *graph) write(fn *function, w *equation.Write) {
	n := g.node()
	g.flow(fn, w.Pointer, n)
	g.writes = append(g.writes, &write{definition{fn: fn, value: w.Value, param: -1, pointer: w.Pointer}, n, map[pointee]bool{}})
}

// define makes an assignment through a pointer a definition of a variable that it may lead to.
func (g *graph) define(w *write, to pointee) {
	if w.to[to] {
		return
	}
	w.to[to] = true
	defs := g.prog.globals
	if to.field {
		defs = g.prog.fields
	}
	defs[to.sym] = append(defs[to.sym], w.definition)
	g.flow(w.fn, w.value, g.sym(to.sym))
}

// backward returns the edges of the graph, turned round.
func (g *graph) backward() [][]int32 {
	prev := make([][]int32, len(g.next))
	for n, next := range g.next {
		for _, m := range next {
			prev[m] = append(prev[m], int32(n))
		}
	}
	return prev
}

// leads reports whether a definition may be one of the variable: it does not go through a
// pointer that leads to another one.
func (w *world) leads(fr *frame, d definition, sym string) bool {
	if d.pointer == nil {
		return true
	}
	v := w.eval(fr, d.pointer, wantPointer)
	if v.kind == kPointer {
		return v.expr.Sym == sym
	}
	return v.isHole() // a text is what a pointer to a new variable stands for
}

// held is what a field of an object is: what the object says, or what somebody assigns to it
// through a pointer.
func (w *world) held(object value, sym string, own []thunk, as want) value {
	defs := w.prog.fields[sym]
	inside := w.joining.definition(sym)
	var writes []int
	for i, d := range defs {
		if d.pointer != nil && !w.joining.through(sym, i) && w.leads(w.rootAt(d.fn), d, sym) {
			writes = append(writes, i)
		}
	}
	pick := w.ask(question{frame: object.frame, kind: askDefinition, sym: sym, n: 3 + inside}, len(own)+len(writes))
	if pick < len(own) {
		return w.force(own[pick], as)
	}
	i := writes[pick-len(own)]
	return w.during(sym, i, func() value { return w.eval(w.rootAt(defs[i].fn), defs[i].value, as) })
}

// defined evaluates a definition of a symbol in a frame of its function.
func (w *world) defined(fr *frame, sym string, d definition, as want) value {
	if !w.leads(fr, d, sym) {
		w.impossible = true
	}
	return w.eval(fr, d.value, as)
}
