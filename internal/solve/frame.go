package solve

import (
	"go/token"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// home is the frame of the activation, outside all rounds of loops.
func (fr *frame) home() *frame {
	for fr.round != nil {
		fr = fr.round
	}
	return fr
}

// owner is the innermost frame whose loop numbers n: what is outside of a loop is the
// same in all of its rounds.
func (fr *frame) owner(n int, span func(equation.Span) (from, to int)) *frame {
	for fr.round != nil {
		if from, to := span(fr.fn.Loops[fr.loop]); from <= n && n < to {
			break
		}
		fr = fr.round
	}
	return fr
}

func (w *world) outer(fr *frame) *frame {
	if fr.outer != nil {
		return fr.outer
	}
	if o := w.outers[fr]; o != nil {
		return o
	}
	if w.outers == nil {
		w.outers = map[*frame]*frame{}
	}
	o := &frame{fn: fr.fn.outer, depth: fr.depth + 1}
	if o.fn == nil {
		o.fn = fr.fn // not a literal: cannot happen in what extract writes
	}
	w.outers[fr] = o
	return o
}

// param looks a parameter up at the call that the frame came from, and decides
// which call that was if nobody did.
func (w *world) param(fr *frame, n int, as want) value {
	if n >= fr.fn.Params {
		return hole("the parameter is not there")
	}
	from := entry{fr.caller, fr.site}
	if from.caller == nil {
		from = w.entries[fr]
	}
	if from.caller == nil {
		if as == wantText && !w.prog.graph.follows(w.prog.graph.param(fr.fn, n)) {
			return hole("it is an argument of " + fr.fn.Name)
		}
		sites := fr.fn.sites()
		if len(sites) == 0 && as == wantObject && strings.HasSuffix(fr.fn.Sym, ").RoundTrip") && n == fr.fn.Params-1 {
			return w.transported(fr)
		}
		if len(sites) == 0 {
			v := hole("nobody in sight calls " + fr.fn.Name)
			v.text[0].Gap.Dead = fr.fn.Outer < 0 && !token.IsExported(lastName(fr.fn.Sym))
			return v
		}
		if fr.depth > maxDepth {
			w.broken = true
			return textValue(strval.TooComplex("the calls are nested too deeply"))
		}
		choices := len(sites)
		if w.prog.outsiders(fr.fn) {
			choices++
		}
		choice := w.ask(question{frame: fr, kind: askCaller}, choices)
		if choice == len(sites) {
			return hole("nobody in sight but tests calls " + fr.fn.Name)
		}
		pick := sites[choice]
		for c := fr.from; c != nil; c = c.from {
			if w.entries[c].site == pick {
				return hole("it is passed on by a recursive call")
			}
		}
		from = entry{&frame{fn: pick.fn, depth: fr.depth + 1, from: fr}, pick}
		if w.entries == nil {
			w.entries = map[*frame]entry{}
		}
		w.entries[fr] = from
		w.enterFrom(fr, from)
	}
	caller, at := from.caller, from.site
	i := n
	if at.bound {
		if n == 0 {
			if fr.recv != nil {
				return w.force(*fr.recv, as)
			}
			return hole("the receiver of a method value is not followed")
		}
		i = n - 1
	}
	args := at.fn.Calls[at.call].Args
	if i >= len(args) {
		return hole("an argument is missing")
	}
	return w.eval(caller, args[i], as)
}

// transported is a request that the program hands to a transport of its own: any of those
// that it makes without naming a host.
func (w *world) transported(fr *frame) value {
	p := w.prog
	if p.outgoing == nil {
		p.outgoing = []strval.Value{} // a transport that makes requests itself does not carry those
		for _, u := range p.Uses() {
			if u.Kind != equation.Request || !u.Pathlike() || strings.HasSuffix(u.fn.Sym, ").RoundTrip") {
				continue
			}
			u.Solve(func(s Solved) {
				if len(p.outgoing) < maxJoin*maxJoin && s.hostless() {
					p.outgoing = append(p.outgoing, strval.Value{Kind: strval.KindRecord, Fields: map[string]strval.Value{
						"Method": strval.TextValue(strval.Text(s.Method)), "URL": strval.ParseURL(s.URL)}})
				}
			})
		}
	}
	if len(p.outgoing) == 0 {
		return hole("no request in sight goes through " + fr.fn.Name)
	}
	return fromPlain(p.outgoing[w.ask(question{frame: fr, kind: askCaller}, len(p.outgoing))])
}

// hostless reports whether a URL is known to begin with a path.
func (s Solved) hostless() bool {
	flat := s.URL.Flat()
	return strings.HasPrefix(flat, "/") && !strings.HasPrefix(flat, "//")
}

// enterFrom checks that the call that a frame was decided to come from can really have
// made it: the value that is called there must be this function, the conditions of the
// call must hold.
func (w *world) enterFrom(fr *frame, from entry) {
	call := &from.site.fn.Calls[from.site.call]
	w.require(from.caller, call.When)
	if call.Value == nil {
		return
	}
	f := w.eval(from.caller, call.Value, wantObject)
	if f.kind != kFunc {
		return
	}
	if f.fn != fr.fn {
		w.impossible = true
		return
	}
	if fr.outer == nil && f.frame != nil {
		fr.outer = f.frame
	}
	if f.recv != nil {
		fr.recv = f.recv
	}
}

// require makes a world impossible in which one of the tests fails.
func (w *world) require(fr *frame, tests []*equation.Expr) {
	for _, t := range tests {
		if w.test(fr, t) == no {
			w.impossible = true
			return
		}
	}
}

// result is what a call returns.
func (w *world) result(fr *frame, e *equation.Expr, as want) value {
	inner, why := w.enter(fr, e.N)
	if inner == nil {
		return lost(why, w.prog.graph.callResult(fr.fn, e.N, e.I))
	}
	exit := w.exit(inner)
	if exit == nil || e.I >= len(exit.Results) {
		return hole("it is returned by " + inner.fn.Name)
	}
	return w.eval(inner, exit.Results[e.I], as)
}

// exit decides how an inlined call ended.
func (w *world) exit(inner *frame) *equation.Exit {
	exits := inner.fn.Exits
	if len(exits) == 0 {
		return nil
	}
	q := question{frame: inner, kind: askReturn}
	_, before := w.answers[q]
	exit := &exits[w.ask(q, len(exits))]
	if !before && len(exits) > 1 {
		w.require(inner, exit.When)
	}
	return exit
}

// effect is an object after a call that was given it.
func (w *world) effect(fr *frame, e *equation.Expr) value {
	before := func() value { return w.eval(fr, e.Args[0], wantObject) }
	unseen := before
	if e.Text == "builder" {
		unseen = func() value {
			return lost("it is written to by code that is not in sight", w.prog.graph.callResult(fr.fn, e.N, 0))
		}
	}
	if !w.mayChange(fr, e) {
		if len(fr.fn.callees[e.N]) == 0 {
			return unseen()
		}
		return before()
	}
	inner, _ := w.enter(fr, e.N)
	if inner == nil {
		return unseen()
	}
	param := e.I
	if inner.site.bound {
		param++
	}
	if exit := w.exit(inner); exit != nil {
		for _, c := range exit.Changed {
			if c.Param == param {
				return w.eval(inner, c.Value, wantObject)
			}
		}
	}
	return before()
}

// mayChange reports whether any function that a call may reach changes the object that
// it is given.
func (w *world) mayChange(fr *frame, e *equation.Expr) bool {
	for _, t := range fr.fn.callees[e.N] {
		param := e.I
		if t.bound {
			param++
		}
		for _, x := range t.fn.Exits {
			for _, c := range x.Changed {
				if c.Param == param {
					return true
				}
			}
		}
	}
	return false
}

// enter inlines a call: it returns the frame of the function that is called, or why
// there is none.
func (w *world) enter(fr *frame, n int) (inner *frame, why string) {
	call := &fr.fn.Calls[n]
	targets := fr.fn.callees[n]
	var fn *function
	var outer *frame
	var recv *thunk
	bound := false
	if call.Value != nil {
		if f := w.eval(fr, call.Value, wantObject); f.kind == kFunc {
			if f.fn == nil {
				return nil, "it is returned by " + f.expr.Sym + ", which is not in sight"
			}
			fn, outer, recv = f.fn, f.frame, f.recv
			bound = recv != nil
		}
	}
	if fn == nil {
		if len(targets) == 0 {
			switch {
			case call.Callee != "":
				return nil, "it is returned by " + call.Callee + ", which is not in sight"
			case call.Method != "":
				return nil, "it is returned by a method " + call.Method + " that is not in sight"
			}
			return nil, "it is returned by a function value that is not followed"
		}
		t := targets[w.ask(question{frame: fr, kind: askCallee, n: n}, len(targets))]
		fn, bound = t.fn, t.bound
	}
	key := callKey{fr, n, fn}
	if inner = w.calls[key]; inner != nil {
		return inner, ""
	}
	depth, again := 0, 0
	for c := fr; c != nil; c = c.home().caller {
		if depth++; c.fn == fn {
			again++
		}
	}
	if again > 1 {
		return nil, "it is returned by a recursive call"
	}
	if depth > maxDepth {
		w.broken = true
		return nil, "the calls are nested too deeply"
	}
	if w.calls == nil {
		w.calls = map[callKey]*frame{}
	}
	inner = &frame{fn: fn, outer: outer, caller: fr, site: site{fr.fn, n, bound}, recv: recv, depth: fr.depth}
	w.calls[key] = inner
	return inner, ""
}
