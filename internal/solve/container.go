package solve

import (
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

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

// empty is an element that nobody has assigned to.
var empty = value{}

// blank is a list as long as another one.
func (w *world) blank(fr *frame, e *equation.Expr) value {
	like := w.eval(fr, e.Args[0], wantObject)
	if like.kind != kList || like.open {
		return value{kind: kList}
	}
	v := value{kind: kList, list: make([]thunk, len(like.list))}
	for i := range v.list {
		v.list[i].known = &empty
	}
	return v
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
		} else if len(list) > 0 && !slices.ContainsFunc(list, func(t thunk) bool { return t.known != &empty }) {
			// A loop that is not followed fills the list.
			return value{kind: kList, list: []thunk{{expr: e.Args[2], frame: fr}}, open: len(list) > 1}
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
