package solve

import (
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A join is everything that a field or variable may hold anywhere in the program.
type join struct {
	texts   []strval.Template // the different texts, if all are text
	objects bool              // some are not
	known   int               // texts without a hole at their start
	foreign bool              // one of them is a URL that Words.Needle does not accept
	mixed   bool              // one of them is made of text and holes
}

// joinOf joins the definitions of a symbol. Each is solved in worlds of its own.
//
// A join that met itself on the way, through the join of another symbol, leaves that
// other one incomplete: such joins serve until this one is done and are then
// forgotten, to be made anew when they are asked for themselves.
func (w *world) joinOf(sym string, defs []definition) *join {
	p := w.prog
	if j := p.joins[sym]; j != nil {
		return j
	}
	for i, s := range p.joinStack {
		if s == sym {
			p.joinLow = min(p.joinLow, i)
			return &join{texts: []strval.Template{strval.Unknown("it is defined by itself")}}
		}
	}
	depth, low, partial := len(p.joinStack), p.joinLow, len(p.partial)
	p.joinStack = append(p.joinStack, sym)
	p.joinLow = depth
	j := p.newJoin(sym, defs, w.joining)
	p.joinStack = p.joinStack[:depth]
	p.joins[sym] = j
	if p.joinLow < depth {
		p.partial = append(p.partial, sym)
	} else {
		for _, s := range p.partial[partial:] {
			delete(p.joins, s)
		}
		p.partial = p.partial[:partial]
	}
	p.joinLow = min(low, p.joinLow)
	return j
}

func (p *Program) newJoin(sym string, defs []definition, joining *chain) *join {
	j := &join{}
	seen := map[string]bool{}
	zero := false
	for i, d := range defs {
		if d.zero() && len(defs) > 1 {
			zero = true // what a variable holds before its first assignment is not what a request is sent with
			continue
		}
		complete := p.search(maxJoinSteps, &chain{sym, i, joining}, func(in *world) bool {
			fr := &frame{fn: d.fn}
			if !in.leads(fr, d, sym) {
				return true
			}
			v := in.eval(fr, d.value, wantText)
			if in.impossible {
				return true
			}
			switch v.kind {
			case kText:
				if len(v.text) == 0 && len(defs) > 1 {
					zero = true
					return true
				}
				if key := v.text.Key(); !seen[key] {
					seen[key] = true
					j.add(v.text)
					if flat := v.text.Flat(); strings.Contains(flat, "://") && !p.words.Needle(flat) {
						j.foreign = true
					}
				}
			default:
				j.objects = true
				return false
			}
			return len(j.texts) < maxJoin
		})
		if j.objects {
			break
		}
		if !complete || len(j.texts) >= maxJoin {
			j.add(strval.TooComplex("it has too many values to follow"))
			break
		}
	}
	if len(j.texts) == 0 && zero {
		j.texts = append(j.texts, nil)
	}
	return j
}

// add puts a text into the join. All addresses of test servers count as one text.
func (j *join) add(t strval.Template) {
	if len(t) > 0 && t[0].Gap == nil {
		j.known++
	}
	if len(t) > 1 && t[0].Gap != nil && len(t[0].Gap.Server) == 0 {
		j.mixed = true
	}
	if len(t) > 0 && t[0].Gap != nil && len(t[0].Gap.Server) > 0 {
		for i, have := range j.texts {
			if len(have) > 0 && have[0].Gap != nil && len(have[0].Gap.Server) > 0 && have[1:].Key() == t[1:].Key() {
				gap := *have[0].Gap
				gap.Server = append(gap.Server[:len(gap.Server):len(gap.Server)], t[0].Gap.Server...)
				j.texts[i] = append(strval.Template{{Gap: &gap}}, have[1:]...)
				return
			}
		}
	}
	j.texts = append(j.texts, t)
}

// variable evaluates a package variable or a cell.
func (w *world) variable(fr *frame, e *equation.Expr, as want) value {
	sym := e.Sym
	defs := w.prog.globals[sym]
	if len(defs) == 0 {
		return hole("the variable " + lastName(sym) + " is never set in sight")
	}
	define := func(d definition) value {
		return w.guard(sym, func() value { return w.defined(w.activation(fr, d.fn), sym, d, as) })
	}
	if len(defs) == 1 {
		return define(defs[0])
	}
	if def := w.within(e, defs); def >= 0 {
		return w.before(fr, sym, defs, def, as)
	}
	j := &join{objects: true}
	if as != wantPointer {
		j = w.joinOf(sym, defs)
	}
	if !j.objects {
		if len(j.texts) == 0 {
			return hole("the variable " + lastName(sym) + " is never set in sight")
		}
		return textValue(j.texts[w.ask(question{kind: askDefinition, sym: sym}, len(j.texts))])
	}
	return define(defs[w.ask(question{kind: askDefinition, sym: sym, n: 1}, len(defs))])
}

// guard evaluates unless the symbol is being evaluated already.
func (w *world) guard(sym string, eval func() value) value {
	if w.joining.has(sym) {
		return hole("it is defined by itself")
	}
	return w.during(sym, -1, eval)
}

// during evaluates as a part of a definition of a symbol.
func (w *world) during(sym string, def int, eval func() value) value {
	outer := w.joining
	w.joining = &chain{sym, def, outer}
	v := eval()
	w.joining = outer
	return v
}

// rootAt is the activation in which a definition is looked at, one for each function in
// a world, so that what it asks is asked once.
func (w *world) rootAt(fn *function) *frame {
	key := callKey{nil, -1, fn}
	if w.calls == nil {
		w.calls = map[callKey]*frame{}
	}
	f := w.calls[key]
	if f == nil {
		f = &frame{fn: fn}
		w.calls[key] = f
	}
	return f
}

// field evaluates x.f. Where everything that is ever put into the field agrees, that is
// the answer, run-time values aside. Otherwise the object decides, if it can be found; if not, any of the
// values may be meant.
func (w *world) field(fr *frame, e *equation.Expr, as want) value {
	defs := w.prog.fields[e.Sym]
	if len(defs) > 0 {
		j := &join{objects: true}
		if i := w.joining.definition(e.Sym); as != wantPointer && (i < 0 || defs[i].pointer == nil) {
			j = w.joinOf(e.Sym, defs)
		}
		if !j.objects && (len(j.texts) == 1 || j.known <= 1 && !j.foreign && !j.mixed && len(j.texts) > 0) {
			return textValue(j.texts[w.ask(question{kind: askDefinition, sym: e.Sym}, len(j.texts))])
		}
		object := w.eval(fr, e.Args[0], wantObject)
		if v, ok := w.member(object, e, as); ok {
			return v
		}
		if !j.objects && len(j.texts) > 0 {
			return textValue(j.texts[w.ask(question{kind: askDefinition, sym: e.Sym}, len(j.texts))])
		}
		d := defs[w.ask(question{kind: askDefinition, sym: e.Sym, n: 1}, len(defs))]
		return w.guard(e.Sym, func() value { return w.defined(w.rootAt(d.fn), e.Sym, d, as) })
	}
	object := w.eval(fr, e.Args[0], wantObject)
	if v, ok := w.member(object, e, as); ok {
		return v
	}
	switch e.Sym {
	case sink.BaseField:
		return hole("the base of the client or router is not followed")
	case sink.RequestURL:
		return textValue(strval.Template{{Gap: &strval.Gap{Reason: "it is the URL of an incoming request", Incoming: true}}})
	}
	if object.isHole() && std(e.Sym) {
		return object
	}
	return hole("the field " + e.Text + " is never set in sight")
}

// member reads a field of an object that is known.
func (w *world) member(object value, e *equation.Expr, as want) (value, bool) {
	switch object.kind {
	case kRecord:
		if !urlPart(e) {
			return hole("it is not part of a URL"), true
		}
		return fromPlain(object.rec.Field(e.Text)), true
	case kAlloc:
		if e.Sym == sink.ServerURL {
			id := object.expr.Text + ":" + strconv.Itoa(object.expr.N)
			return textValue(strval.Template{{Gap: &strval.Gap{Reason: "it is the address of a test server", Server: []string{id}}}}), true
		}
		switch e.Sym {
		case sink.BaseField:
			return w.mounted(object), true
		case sink.MethodField:
			return textValue(nil), true
		}
	case kWith:
		if object.expr.Sym == e.Sym {
			return w.held(object, e.Sym, []thunk{object.field}, as), true
		}
		w.steps++
		return w.member(*object.base, e, as)
	case kObject:
		if e.Sym == sink.BaseField || e.Sym == sink.MethodField {
			return textValue(nil), true // a composite literal of a library's type
		}
		if object.expr.Sym+"."+e.Text != e.Sym {
			return value{}, false
		}
		var alternatives []thunk
		for i, key := range object.expr.Keys {
			if key == e.Text {
				alternatives = append(alternatives, thunk{expr: object.expr.Args[i], frame: object.frame})
			}
		}
		// Whoever changes the field through a pointer may have changed this object.
		for _, d := range w.prog.fields[e.Sym] {
			if d.pointer == nil && !d.owned && !w.prog.followed(d.fn, d.param) {
				alternatives = append(alternatives, thunk{expr: d.value, frame: w.rootAt(d.fn)})
			}
		}
		if len(alternatives) == 0 {
			alternatives = []thunk{{known: w.unset(object.expr.Sym, e.N)}}
		}
		return w.held(object, e.Sym, alternatives, as), true
	}
	return value{}, false
}

// unset is what a field holds in an object of a type whose literal leaves it out.
func (w *world) unset(typ string, zero int) *value {
	if w.prog.graph.filled[typ] {
		v := hole("it is filled at run time")
		return &v
	}
	switch zero {
	case equation.ZeroText:
		return &empty
	case equation.ZeroList:
		return &value{kind: kList}
	case equation.ZeroMap:
		return &value{kind: kMap}
	}
	v := hole("the field is not set")
	return &v
}

// handsOn reports whether a function returns the object that it is given, as the methods of
// a fluent builder do.
func (fn *function) handsOn(param int) bool {
	for _, x := range fn.Exits {
		ok := false
		for _, c := range x.Changed {
			for _, r := range x.Results {
				ok = ok || c.Param == param && r.Op == equation.Local && c.Value.Op == equation.Local && r.N == c.Value.N
			}
		}
		if !ok {
			return false
		}
	}
	return len(fn.Exits) > 0
}

// followed reports whether every caller of a function follows what becomes of the object
// that it gives it: then the change is seen where the object is, and nowhere else.
func (p *Program) followed(fn *function, param int) bool {
	if param < 0 || len(fn.sites()) == 0 {
		return false
	}
	if ok, known := fn.visible[param]; known {
		return ok
	}
	all := true
	for _, at := range fn.sites() {
		i := param
		if at.bound {
			i--
		}
		call := &at.fn.Calls[at.call]
		all = all && (slices.Contains(call.Tracked, i) || slices.Contains(call.Temporary, i) && fn.handsOn(param))
	}
	if fn.visible == nil {
		fn.visible = map[int]bool{}
	}
	fn.visible[param] = all
	return all
}

// mounted is the base of a router that has none of its own: where it is mounted.
func (w *world) mounted(object value) value {
	p := w.prog
	if p.mounts == nil {
		p.mounts = map[string][]strval.Template{} // a mount that depends on itself has no base
		for _, u := range p.Uses() {
			if u.Kind != equation.Mount {
				continue
			}
			seen := map[string]bool{}
			p.search(maxJoinSteps, nil, func(in *world) bool {
				fr := &frame{fn: u.fn}
				id, at := identity(in.eval(fr, u.On, wantObject)), in.text(fr, u.URL)
				if id != "" && !seen[id+at.Key()] {
					seen[id+at.Key()] = true
					p.mounts[id] = append(p.mounts[id], at)
				}
				return true
			})
		}
	}
	at := p.mounts[identity(object)]
	if len(at) == 0 {
		return textValue(nil)
	}
	return textValue(at[w.ask(question{kind: askDefinition, sym: identity(object)}, len(at))])
}
