package solve

import (
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// want tells what an evaluation is for. A parameter that never sees a path is not
// followed to its callers for the sake of text, but it is for the object it holds.
type want uint8

const (
	wantText want = iota
	wantObject
)

func (w *world) force(t thunk, as want) value {
	if t.known != nil {
		return *t.known
	}
	return w.eval(t.frame, t.expr, as)
}

func (w *world) eval(fr *frame, e *equation.Expr, as want) value {
	if w.steps++; w.steps > maxSteps {
		w.broken = true
		return textValue(strval.TooComplex("the program builds it in a way that is too complex to follow"))
	}
	switch e.Op {
	case equation.Unknown:
		return hole(e.Text)
	case equation.Text:
		return textValue(strval.Text(e.Text))
	case equation.Lit:
		t := strval.FromLiteral(w.prog.literal(fr.fn.pkg, e.N))
		if e.I > 0 {
			t = t.Slice(e.I-1, e.I-1+len(e.Text))
		}
		return textValue(t)
	case equation.Const:
		return textValue(w.constant(e))
	case equation.Global:
		return w.variable(fr, e.Sym, w.prog.globals[e.Sym], as)
	case equation.Local:
		return w.local(fr, e.N, as)
	case equation.Param:
		return w.param(fr.home(), e.N, as)
	case equation.Outer:
		return w.eval(w.outer(fr.home()), e.Args[0], as)
	case equation.Result:
		return w.result(fr, e, as)
	case equation.Concat:
		ts := make([]strval.Template, len(e.Args))
		for i, a := range e.Args {
			ts[i] = w.text(fr, a)
		}
		return textValue(strval.Concat(ts...))
	case equation.Apply:
		return w.apply(fr, e)
	case equation.Phi:
		at := fr.owner(e.N, func(s equation.Span) (int, int) { return s.MergeFrom, s.MergeTo })
		if e.I == 1 {
			switch w.test(fr, e.Args[2]) {
			case yes:
				return w.eval(fr, e.Args[0], as)
			case no:
				return w.eval(fr, e.Args[1], as)
			}
			return w.eval(fr, e.Args[w.ask(question{frame: at, kind: askMerge, n: e.N}, 2)], as)
		}
		return w.eval(fr, e.Args[w.ask(question{frame: at, kind: askMerge, n: e.N}, len(e.Args))], as)
	case equation.Loop:
		return w.loop(fr, e, as)
	case equation.Elem:
		return w.elem(fr, e, as)
	case equation.Composite:
		return value{kind: kObject, expr: e, frame: fr}
	case equation.With:
		base := w.eval(fr, e.Args[0], wantObject)
		if base.kind == kRecord || base.isHole() && len(w.prog.fields[e.Sym]) == 0 && std(e.Sym) {
			rec := base.rec
			if base.kind != kRecord {
				rec = strval.TextValue(base.text)
			}
			return value{kind: kRecord, rec: rec.With(e.Text, w.plain(w.eval(fr, e.Args[1], wantObject)))}
		}
		return value{kind: kWith, expr: e, base: &base, field: thunk{expr: e.Args[1], frame: fr}}
	case equation.Field:
		return w.field(fr, e, as)
	case equation.List:
		v := value{kind: kList, list: make([]thunk, len(e.Args))}
		for i, a := range e.Args {
			v.list[i] = thunk{expr: a, frame: fr}
		}
		return v
	case equation.Map:
		v := value{kind: kMap}
		for _, a := range e.Args {
			v.list = append(v.list, thunk{expr: a, frame: fr})
		}
		return v
	case equation.Append:
		return w.grow(fr, e)
	case equation.Index:
		return w.index(fr, e, as)
	case equation.Slice:
		x := w.eval(fr, e.Args[0], as)
		return slice(x, e.N, e.I)
	case equation.FuncRef, equation.Closure, equation.Bound:
		fn := w.prog.bySym[e.Sym]
		v := value{kind: kFunc, fn: fn, expr: e}
		if e.Op == equation.Closure {
			v.frame = fr
		}
		if e.Op == equation.Bound {
			v.recv = &thunk{expr: e.Args[0], frame: fr}
		}
		return v
	case equation.Render:
		return w.render(fr, e)
	case equation.Either:
		defined := e.Args[:0:0]
		for _, a := range e.Args {
			if len(w.prog.globals[a.Sym]) > 0 {
				defined = append(defined, a)
			}
		}
		if len(defined) == 0 {
			return hole("nothing is sent in sight")
		}
		return w.eval(fr, defined[w.ask(question{frame: fr, kind: askDefinition, sym: e.Args[0].Sym, n: 3}, len(defined))], as)
	case equation.Effect:
		return w.effect(fr, e)
	case equation.Alloc:
		return value{kind: kAlloc, expr: e, frame: fr}
	}
	return hole("it is computed")
}

// action is one action of a template; that of a plain field has the name as its group.
var action = regexp.MustCompile(`\{\{-?\s*(?:\.(\w*)|[^{}]*?)\s*-?\}\}`)

// render evaluates a template: a plain field becomes its value, any other action a hole.
func (w *world) render(fr *frame, e *equation.Expr) value {
	tmpl := w.text(fr, e.Args[0])
	flat := tmpl.Flat()
	var parts []strval.Template
	last := 0
	for _, m := range action.FindAllStringSubmatchIndex(flat, -1) {
		parts = append(parts, tmpl.Slice(last, m[0]))
		last = m[1]
		part := strval.Unknown("a template decides about it")
		if m[2] >= 0 {
			name := flat[m[2]:m[3]]
			if i := slices.Index(e.Keys, name); i >= 0 {
				part = w.text(fr, e.Args[i+1])
			} else if data := w.eval(fr, e.Args[1], wantObject); data.kind == kMap {
				for k := 0; k+1 < len(data.list); k += 2 {
					if key, ok := w.asText(w.force(data.list[k], wantText)).Known(); ok && key == name {
						part = w.asText(w.force(data.list[k+1], wantText))
					}
				}
			}
		}
		parts = append(parts, part)
	}
	return textValue(strval.Concat(append(parts, tmpl.Slice(last, len(flat)))...))
}

// std reports whether a field symbol belongs to one of the types that are records.
func std(sym string) bool {
	return strings.HasPrefix(sym, sink.URLType+".") || strings.HasPrefix(sym, sink.RequestType+".")
}

func (w *world) text(fr *frame, e *equation.Expr) strval.Template {
	return w.asText(w.eval(fr, e, wantText))
}

func (w *world) asText(v value) strval.Template {
	switch v.kind {
	case kText:
		return v.text
	case kRecord:
		return strval.URLString(v.rec)
	case kList:
		// Bytes: append([]byte(nil), ...) starts from an empty list.
		if len(v.list) == 0 && !v.open {
			return nil
		}
	}
	return strval.Unknown("a value that is not text is used as text")
}

func (w *world) constant(e *equation.Expr) strval.Template {
	if t, ok := w.prog.constText[e.Sym]; ok {
		return t
	}
	c, ok := w.prog.consts[e.Sym]
	if !ok {
		if e.Text != "" {
			return strval.Text(e.Text)
		}
		return strval.Unknown("the constant " + lastName(e.Sym) + " is not in sight")
	}
	w.prog.constText[e.Sym] = strval.Unknown("it is defined by itself")
	t := w.asText(w.eval(&frame{fn: c.init}, c.value, wantText))
	if text, known := t.Known(); !w.prog.edited && (e.Text != "" && known && text != e.Text || !known && e.Text != "") {
		t = strval.Text(e.Text) // computed from numbers: its value stands, its spelling does not
	}
	w.prog.constText[e.Sym] = t
	return t
}

func lastName(sym string) string { return sym[strings.LastIndexByte(sym, '.')+1:] }

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

func (w *world) local(fr *frame, n int, as want) value {
	fr = fr.owner(n, func(s equation.Span) (int, int) { return s.LocalFrom, s.LocalTo })
	key := localKey{fr, n}
	if v, ok := w.locals[key]; ok {
		return v
	}
	if w.busy[key] {
		return hole("it is built from itself")
	}
	if w.busy == nil {
		w.busy = map[localKey]bool{}
	}
	w.busy[key] = true
	v := w.eval(fr, fr.fn.Locals[n], as)
	delete(w.busy, key)
	// A hole that stands for a parameter not followed may be followed for another purpose.
	if as == wantObject || !v.isHole() {
		w.locals[key] = v
	}
	return v
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
		if as == wantText && !w.prog.graph.path[w.prog.graph.param(fr.fn, n)] {
			return hole("it is an argument of " + fr.fn.Name)
		}
		sites := fr.fn.callers
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
		pick := sites[w.ask(question{frame: fr, kind: askCaller}, len(sites))]
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
				if flat := s.URL.Flat(); len(p.outgoing) < maxJoin*maxJoin && flat != "" && (flat[0] == '/' && !strings.HasPrefix(flat, "//")) {
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

// A truth is the value of a test: it may not be known.
type truth uint8

const (
	maybe truth = iota
	yes
	no
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (w *world) test(fr *frame, e *equation.Expr) truth {
	switch e.Sym {
	case "not":
		switch w.test(fr, e.Args[0]) {
		case yes:
			return no
		case no:
			return yes
		}
		return maybe
	case "or":
		a, b := w.test(fr, e.Args[0]), w.test(fr, e.Args[1])
		switch {
		case a == yes || b == yes:
			return yes
		case a == no && b == no:
			return no
		}
		return maybe
	}
	x := w.text(fr, e.Args[0])
	flat := x.Flat()
	y, ok := w.text(fr, e.Args[1]).Known()
	if !ok {
		return maybe
	}
	_, known := x.Known()
	hole := strings.IndexByte(flat, strval.Hole)
	switch e.Sym {
	case "==":
		if known {
			return truthOf(flat == y)
		}
		if hole >= 0 && !strings.HasPrefix(y, flat[:hole]) || !strings.HasSuffix(y, flat[strings.LastIndexByte(flat, strval.Hole)+1:]) {
			return no
		}
	case "prefix":
		if hole < 0 || hole >= len(y) {
			return truthOf(strings.HasPrefix(flat, y))
		}
	case "suffix":
		if last := strings.LastIndexByte(flat, strval.Hole); last < 0 || len(flat)-last-1 >= len(y) {
			return truthOf(strings.HasSuffix(flat, y))
		}
	case "contains":
		if known || strings.Contains(flat, y) {
			return truthOf(strings.Contains(flat, y))
		}
	}
	return maybe
}

// result is what a call returns.
func (w *world) result(fr *frame, e *equation.Expr, as want) value {
	inner, why := w.enter(fr, e.N)
	if inner == nil {
		return hole(why)
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
	if !w.mayChange(fr, e) {
		return before()
	}
	inner, _ := w.enter(fr, e.N)
	if inner == nil {
		return before()
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

// loop is the value of a variable that a loop changes.
func (w *world) loop(fr *frame, e *equation.Expr, as want) value {
	if e.I == 0 {
		if fr.round != nil && fr.loop == e.N {
			if fr.number == 0 {
				return w.eval(fr.round, e.Args[0], as)
			}
			return w.eval(w.roundOf(fr.round, e.N, fr.number-1), e.Args[1], as)
		}
		// Inside the body, seen from a use there: the round is the one whose element is
		// looked at, or, in a loop over nothing that is known, the first or a later one.
		if list, ok := w.ranged(fr, e.N); ok {
			i := w.ask(question{frame: fr, kind: askElem, n: e.N}, len(list))
			if i == 0 {
				return w.eval(fr, e.Args[0], as)
			}
			return w.eval(w.roundOf(fr, e.N, i-1), e.Args[1], as)
		}
		if w.ask(question{frame: fr, kind: askRound, n: e.N}, 2) == 0 {
			return w.eval(fr, e.Args[0], as)
		}
		return w.eval(w.roundOf(fr, e.N, 0), e.Args[1], as)
	}
	rounds := 0
	if list, ok := w.ranged(fr, e.N); ok {
		rounds = len(list)
	} else {
		rounds = w.ask(question{frame: fr, kind: askRound, n: e.N, sym: "exit"}, 2)
	}
	if rounds == 0 {
		return w.eval(fr, e.Args[0], as)
	}
	return w.eval(w.roundOf(fr, e.N, rounds-1), e.Args[1], as)
}

func (w *world) roundOf(fr *frame, loop, number int) *frame {
	key := roundKey{fr, loop, number}
	if r := w.rounds[key]; r != nil {
		return r
	}
	if w.rounds == nil {
		w.rounds = map[roundKey]*frame{}
	}
	r := &frame{fn: fr.fn, outer: fr.outer, caller: fr.caller, site: fr.site, recv: fr.recv, depth: fr.depth, round: fr, loop: loop, number: number}
	w.rounds[key] = r
	return r
}

// ranged returns the elements that a loop ranges over, if they are few and all known.
func (w *world) ranged(fr *frame, loop int) ([]thunk, bool) {
	container := fr.fn.elems[loop]
	if container == nil {
		return nil, false
	}
	v := w.eval(fr, container, wantObject)
	if v.kind != kList || v.open || len(v.list) > maxRounds {
		return nil, false
	}
	return v.list, true
}

func (w *world) elem(fr *frame, e *equation.Expr, as want) value {
	at := fr
	for ; at.round != nil; at = at.round {
		if at.loop == e.N {
			v := w.eval(at.round, e.Args[0], wantObject)
			if v.kind == kList && at.number < len(v.list) {
				return w.element(v, at.number, e.I, as)
			}
			return hole("it is an element of a list that is not known")
		}
	}
	v := w.eval(fr, e.Args[0], wantObject)
	n := len(v.list)
	if v.kind == kMap {
		n /= 2
	} else if v.kind != kList {
		return hole("it is an element of a list that is not known")
	}
	if n == 0 {
		return hole("it is an element of an empty list")
	}
	return w.element(v, w.ask(question{frame: fr, kind: askElem, n: e.N}, n), e.I, as)
}

func (w *world) element(v value, i, part int, as want) value {
	switch {
	case v.kind == kMap:
		return w.force(v.list[2*i+part], as)
	case part == 0:
		return textValue(strval.Text(strconv.Itoa(i)))
	}
	return w.force(v.list[i], as)
}

func (w *world) grow(fr *frame, e *equation.Expr) value {
	base := w.eval(fr, e.Args[0], wantObject)
	switch e.I {
	case 2:
		more := w.eval(fr, e.Args[1], wantObject)
		if base.kind != kMap {
			more.open = true
			return more
		}
		return value{kind: kMap, list: append(base.list[:len(base.list):len(base.list)], more.list...), open: base.open || more.open}
	case 3:
		if base.kind != kList {
			return value{kind: kList, list: []thunk{{expr: e.Args[2], frame: fr}}, open: true}
		}
		list := append([]thunk(nil), base.list...)
		if text, ok := w.text(fr, e.Args[1]).Known(); ok {
			if i, err := strconv.Atoi(text); err == nil && 0 <= i && i < len(list) {
				list[i] = thunk{expr: e.Args[2], frame: fr}
				return value{kind: kList, list: list, open: base.open}
			}
		}
		return value{kind: kList, list: append(list, thunk{expr: e.Args[2], frame: fr}), open: true}
	case 1:
		if len(e.Args) < 2 {
			return base
		}
		more := w.eval(fr, e.Args[1], wantObject)
		if more.kind == kText && !more.isHole() || base.kind == kText && !base.isHole() {
			return textValue(strval.Concat(w.asText(base), w.asText(more)))
		}
		if base.isHole() && more.isHole() {
			return base
		}
		out := value{kind: kList, open: base.open || more.open || base.kind != kList || more.kind != kList}
		if base.kind == kList {
			out.list = append(out.list, base.list...)
		}
		if more.kind == kList {
			out.list = append(out.list, more.list...)
		}
		return out
	}
	if base.kind == kText && !base.isHole() {
		ts := []strval.Template{base.text}
		for _, a := range e.Args[1:] {
			ts = append(ts, w.text(fr, a))
		}
		return textValue(strval.Concat(ts...))
	}
	out := value{kind: kList, open: base.open || base.kind != kList}
	if base.kind == kList {
		out.list = append(out.list, base.list...)
	}
	for _, a := range e.Args[1:] {
		out.list = append(out.list, thunk{expr: a, frame: fr})
	}
	return out
}

func (w *world) index(fr *frame, e *equation.Expr, as want) value {
	x := w.eval(fr, e.Args[0], wantObject)
	switch x.kind {
	case kList:
		if len(x.list) == 0 {
			return hole("it is an element of an empty list")
		}
		if text, ok := w.text(fr, e.Args[1]).Known(); ok {
			if i, err := strconv.Atoi(text); err == nil {
				if i < 0 || i >= len(x.list) {
					return hole("the index is outside the list")
				}
				return w.force(x.list[i], as)
			}
		}
		return w.force(x.list[w.ask(question{frame: fr, kind: askIndex, n: e.Args[0].N, sym: e.Args[0].Sym}, len(x.list))], as)
	case kMap:
		if len(x.list) == 0 {
			return hole("it is an element of an empty map")
		}
		if key, ok := w.text(fr, e.Args[1]).Known(); ok {
			for i := len(x.list) - 2; i >= 0; i -= 2 {
				if k, ok := w.asText(w.force(x.list[i], wantText)).Known(); ok && k == key {
					return w.force(x.list[i+1], as)
				}
			}
			if !x.open {
				return hole("the map has no such key")
			}
		}
		return w.force(x.list[2*w.ask(question{frame: fr, kind: askIndex, n: e.Args[0].N, sym: e.Args[0].Sym}, len(x.list)/2)+1], as)
	}
	return hole("it is an element of something that is not known")
}

func slice(x value, from, to int) value {
	switch x.kind {
	case kText:
		flat := x.text.Flat()
		end := to
		if end < 0 {
			end = len(flat)
		}
		if from < 0 || from > end || end > len(flat) || strings.IndexByte(flat[:min(end, len(flat))], strval.Hole) >= 0 && to >= 0 ||
			strings.IndexByte(flat[:from], strval.Hole) >= 0 {
			return hole("it is a part of a text that is not known")
		}
		return textValue(x.text.Slice(from, end))
	case kList:
		end := to
		if end < 0 {
			end = len(x.list)
		}
		if from > end || end > len(x.list) {
			return hole("it is a part of a list that is not known")
		}
		x.list = x.list[from:end:end]
		return x
	}
	return hole("it is a part of something that is not known")
}

// apply evaluates a string function.
func (w *world) apply(fr *frame, e *equation.Expr) value {
	row := strval.Lookup(e.Sym)
	if row == nil {
		return hole("it is returned by " + e.Sym)
	}
	args := make([]strval.Value, len(e.Args))
	for i, a := range e.Args {
		args[i] = w.plain(w.eval(fr, a, wantText))
	}
	out := row.Eval(args)
	return fromPlain(out)
}

func fromPlain(out strval.Value) value {
	switch out.Kind {
	case strval.KindText:
		return textValue(out.Text)
	case strval.KindRecord:
		return value{kind: kRecord, rec: out}
	}
	v := value{kind: kList}
	for _, x := range out.List {
		known := fromPlain(x)
		v.list = append(v.list, thunk{known: &known})
	}
	return v
}

// plain turns a value into what string functions take.
func (w *world) plain(v value) strval.Value {
	switch v.kind {
	case kText:
		return strval.TextValue(v.text)
	case kRecord:
		return v.rec
	case kList:
		var vs []strval.Value
		for _, t := range v.list {
			vs = append(vs, w.plain(w.force(t, wantText)))
		}
		if v.open {
			vs = append(vs, strval.UnknownValue("the list may have more elements"))
		}
		return strval.ListValue(vs...)
	case kObject:
		if std(v.expr.Sym + ".") {
			rec := strval.Value{Kind: strval.KindRecord, Fields: map[string]strval.Value{}}
			for i, key := range v.expr.Keys {
				rec.Fields[key] = w.plain(w.eval(v.frame, v.expr.Args[i], wantObject))
			}
			return rec
		}
	case kWith:
		if std(v.expr.Sym) {
			return w.plain(*v.base).With(v.expr.Text, w.plain(w.force(v.field, wantObject)))
		}
	}
	return strval.UnknownValue("a value that is not text is used as text")
}
