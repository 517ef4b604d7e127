package solve

import (
	"regexp"
	"slices"
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
	wantPointer // which variable an address is one of
)

func (w *world) force(t thunk, as want) value {
	if t.known != nil {
		return *t.known
	}
	return w.eval(t.frame, t.expr, as)
}

func (w *world) eval(fr *frame, e *equation.Expr, as want) value {
	v := w.evaluate(fr, e, as)
	if w.prog.marked && v.kind == kText {
		v.text = named(v.text, fr, e)
	}
	return v
}

func (w *world) evaluate(fr *frame, e *equation.Expr, as want) value {
	if w.steps++; w.steps > maxSteps {
		w.broken = true
		return textValue(strval.TooComplex("the program builds it in a way that is too complex to follow"))
	}
	switch e.Op {
	case equation.Opaque:
		v := lost(e.Text, w.prog.graph.opaque[e])
		v.text[0].Gap.Piece = e.Sym == equation.Piece
		return v
	case equation.Text:
		return textValue(strval.Text(e.Text))
	case equation.Lit:
		t := strval.FromLiteral(w.prog.literal(fr.fn.pkg, e.N))
		if e.I > 0 {
			t = t.Slice(e.I-1, e.I-1+len(e.Text))
		}
		return textValue(t)
	case equation.Computed:
		return textValue(w.computed(fr, e))
	case equation.Const:
		return textValue(w.constant(e))
	case equation.Global:
		return w.variable(fr, e, as)
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
	case equation.Blank:
		return w.blank(fr, e)
	case equation.Render:
		return w.render(fr, e)
	case equation.Either:
		if len(w.prog.globals[e.Args[0].Sym]) == 0 {
			return w.eval(fr, e.Args[2], as)
		}
		defined := e.Args[:0:0]
		for _, a := range e.Args[:2] {
			if len(w.prog.globals[a.Sym]) > 0 {
				defined = append(defined, a)
			}
		}
		return w.eval(fr, defined[w.ask(question{frame: fr, kind: askDefinition, sym: e.Args[0].Sym, n: 3}, len(defined))], as)
	case equation.Effect:
		return w.effect(fr, e)
	case equation.Address:
		if as == wantPointer {
			return value{kind: kPointer, expr: e}
		}
		return w.eval(fr, e.Args[0], as)
	case equation.Through:
		if as == wantPointer {
			return w.eval(fr, e.Args[0], as)
		}
		return w.eval(fr, e.Args[1], as)
	case equation.Default:
		return w.eval(fr, e.Args[0], as)
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
	w.prog.constText[e.Sym] = t
	return t
}

// computed evaluates a constant that the type checker has computed: its value stands, its
// spelling only if that comes to the same, and neither if it depends on text that is edited.
func (w *world) computed(fr *frame, e *equation.Expr) strval.Template {
	spelled := w.text(fr, e.Args[0])
	if text, known := spelled.Known(); known && text == e.Text {
		return spelled
	}
	if w.prog.outdated(fr.fn.pkg, e) {
		return strval.Unknown("it is computed from text that changes")
	}
	return strval.Text(e.Text)
}

func lastName(sym string) string { return sym[strings.LastIndexByte(sym, '.')+1:] }

func (w *world) local(fr *frame, n int, as want) value {
	fr = fr.owner(n, func(s equation.Span) (int, int) { return s.LocalFrom, s.LocalTo })
	key := localKey{fr, n}
	if v, ok := w.locals[key]; ok && as != wantPointer {
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
	if as == wantObject || as == wantText && !v.isHole() {
		w.locals[key] = v
	}
	return v
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
	if w.prog.graph.undecided(fr.fn, e) {
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
