package solve

import (
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// An End is a place where a string is used for something other than HTTP.
type End struct {
	Kind equation.LeakKind
	To   string
	File string
	Line int

	unseen bool
	node   int
	fn     *function
	value  *equation.Expr
	when   []*equation.Expr
}

// Unseen reports whether the end is a call of a function that is not in sight, rather than
// of one of the standard library.
func (e End) Unseen() bool { return e.unseen }

// Meets reports whether any of the literals can really be part of what goes to the end:
// the graph says that they may, the search knows better.
func (e End) Meets(p *Program, is func(strval.Part) bool) bool {
	met := false
	complete := p.search(maxJoinSteps, nil, func(w *world) bool {
		fr := &frame{fn: e.fn}
		v := w.eval(fr, e.value, wantText)
		w.require(fr, e.when)
		if w.impossible {
			return true
		}
		met = met || w.mentions(v, is, 0)
		return !met
	})
	return met || !complete
}

// mentions reports whether a value is made of any text that is accepted.
func (w *world) mentions(v value, is func(strval.Part) bool, depth int) bool {
	switch v.kind {
	case kText:
		for _, p := range v.text {
			if is(p) || p.Gap != nil && p.Gap.Complex {
				return true
			}
		}
		return false
	case kRecord:
		for _, p := range strval.URLString(v.rec) {
			if is(p) {
				return true
			}
		}
		return false
	case kList, kMap:
		if depth > 3 || v.open {
			return true
		}
		for _, t := range v.list {
			if w.mentions(w.force(t, wantText), is, depth+1) {
				return true
			}
		}
		return false
	}
	return true // an object: its fields are not looked at
}

// Misses reports whether a look-up may look for the key of a map that any of the literals is a
// part of, but with other text that does not change with it.
func (e End) Misses(p *Program, is func(strval.Part) bool) bool {
	index := e.value
	if index.Op == equation.Local {
		index = e.fn.Locals[index.N]
	}
	missed := false
	complete := p.search(maxJoinSteps, nil, func(w *world) bool {
		fr := &frame{fn: e.fn}
		m, key := w.eval(fr, index.Args[0], wantObject), w.text(fr, index.Args[1])
		w.require(fr, e.when)
		if !w.impossible {
			missed = m.kind != kMap || w.misses(m, key, is)
		}
		return !missed
	})
	return missed || !complete
}

func (w *world) misses(m value, key strval.Template, is func(strval.Part) bool) bool {
	if slices.ContainsFunc(key, is) {
		return false
	}
	wanted, known := key.Known()
	for i := 0; i+1 < len(m.list); i += 2 {
		have := w.asText(w.force(m.list[i], wantText))
		if !slices.ContainsFunc(have, is) {
			continue
		}
		if text, ok := have.Known(); !known || !ok || text == wanted {
			return true
		}
	}
	return false
}

// Strands reports whether a look-up finds, by text that changes, a key of a map that does not
// change with it, or whether the keys are not known.
func (e End) Strands(p *Program, changes func(strval.Part) bool) bool {
	index := e.value
	if index.Op == equation.Local {
		index = e.fn.Locals[index.N]
	}
	stranded := false
	complete := p.search(maxJoinSteps, nil, func(w *world) bool {
		fr := &frame{fn: e.fn}
		m, key := w.eval(fr, index.Args[0], wantObject), w.text(fr, index.Args[1])
		w.require(fr, e.when)
		wanted, known := key.Known()
		if w.impossible || !known || !slices.ContainsFunc(key, changes) {
			return true
		}
		stranded = m.kind != kMap
		for i := 0; i+1 < len(m.list); i += 2 {
			have := w.asText(w.force(m.list[i], wantText))
			if text, ok := have.Known(); ok && text == wanted && !slices.ContainsFunc(have, changes) {
				stranded = true
			}
		}
		return !stranded
	})
	return stranded || !complete
}
