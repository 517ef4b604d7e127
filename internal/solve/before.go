package solve

import "github.com/orbitmigrate/orbitmigrate/internal/equation"

// A definition may mention what it defines: base += "/v1", hook = wrap(hook). What it mentions
// is the variable as it was before, so it is what one of the other definitions made of it.

// mentionSteps bounds the search for such places in one definition.
const mentionSteps = 1000

// within returns the definition of a variable that a mention of it is part of, or -1. What is
// assigned through a pointer mentions the variable by the pointer.
func (w *world) within(e *equation.Expr, defs []definition) int {
	if i := w.joining.definition(e.Sym); i >= 0 && i < len(defs) && defs[i].pointer != nil {
		return i
	}
	return w.prog.within(e, defs)
}

func (p *Program) within(e *equation.Expr, defs []definition) int {
	if !p.searched[e.Sym] {
		p.searched[e.Sym] = true
		for i, d := range defs {
			m := mentions{sym: e.Sym, def: i, found: p.inner, seen: map[*equation.Expr]bool{}}
			m.visit(p, d.fn, d.value)
		}
	}
	if i, ok := p.inner[e]; ok {
		return i
	}
	return -1
}

// mentions is a search for the places at which a definition mentions its variable.
type mentions struct {
	sym   string
	def   int
	found map[*equation.Expr]int
	seen  map[*equation.Expr]bool
}

func (m *mentions) visit(p *Program, fn *function, e *equation.Expr) {
	if e == nil || m.seen[e] || len(m.seen) > mentionSteps {
		return
	}
	m.seen[e] = true
	switch e.Op {
	case equation.Global:
		if _, ok := m.found[e]; !ok && e.Sym == m.sym {
			m.found[e] = m.def
		}
	case equation.Local:
		m.visit(p, fn, fn.Locals[e.N])
	case equation.Outer:
		if fn.outer != nil {
			m.visit(p, fn.outer, e.Args[0])
		}
		return
	case equation.Result:
		call := &fn.Calls[e.N]
		m.visit(p, fn, call.Value)
		for _, a := range call.Args {
			m.visit(p, fn, a)
		}
	case equation.Closure:
		if body := p.bySym[e.Sym]; body != nil {
			for _, x := range body.Exits {
				for _, r := range x.Results {
					m.visit(p, body, r)
				}
			}
		}
	}
	for _, a := range e.Args {
		m.visit(p, fn, a)
	}
}

// before evaluates a variable as it was before one of its definitions.
func (w *world) before(fr *frame, sym string, defs []definition, def int, as want) value {
	var others []int
	for i, d := range defs {
		// In one function the walk knows what comes first, but not in which order others run.
		later := i > def && d.fn == defs[def].fn && d.pointer == nil
		if i != def && !later && !d.zero() {
			others = append(others, i)
		}
	}
	if len(others) == 0 {
		return hole("it is defined by itself")
	}
	i := others[w.ask(question{kind: askDefinition, sym: sym, n: 4 + def}, len(others))]
	if w.joining.through(sym, i) {
		return hole("it is defined by itself")
	}
	return w.during(sym, i, func() value { return w.defined(w.activation(fr, defs[i].fn), sym, defs[i], as) })
}

// zero reports whether a definition is no more than that the variable exists.
func (d definition) zero() bool {
	return d.init && d.value.Op == equation.Text && d.value.Text == ""
}

// activation is the frame in which what a function defines is looked at: that of an enclosing
// function, or one for all.
func (w *world) activation(fr *frame, fn *function) *frame {
	for c := fr.home(); c != nil; c = c.outer {
		if c = c.home(); c.fn == fn {
			return c
		}
	}
	return w.rootAt(fn)
}
