package analyzer

import (
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A literal that is one path segment and becomes two can be changed in three ways. As an
// element of a list it becomes two elements, which stays right where a helper escapes
// each of them. Where that is not possible it holds both. And where it is escaped on its
// way, the first of the two can stand in front of the hole that the literal fills:
//
//	url.JoinPath(base, "locations")             url.JoinPath(base, "licenses", "locations")
//	base + "/" + "locations"                    base + "/" + "licenses/locations"
//	Sprintf("/v1/%s", PathEscape("locations"))  Sprintf("/v2/licenses/%s", PathEscape("locations"))
//
// The first way that comes out right when the program is solved again is taken.

// chooseForms decides how the segments that become several are changed.
func (j *judge) chooseForms() {
	growing := map[*edit]bool{}
	for _, e := range j.order {
		if j.grows(e) {
			growing[e] = true
		}
	}
	if len(growing) == 0 {
		return
	}
	spots := j.spots()
	for e := range growing {
		e.split = spots[e.lit].Element && !j.counted(e.lit)
	}
	all := func(*edit) bool { return true }
	wrong := func(some map[*edit]bool) map[*edit]bool {
		out := map[*edit]bool{}
		for _, v := range j.wrong(all, func(v *verdict) bool { return len(j.meets(v, some)) > 0 }) {
			for _, e := range j.meets(v, some) {
				out[e] = true
			}
		}
		return out
	}
	failed := wrong(growing)
	again := map[*edit]bool{}
	for e := range failed {
		if e.split {
			e.split, again[e], failed[e] = false, true, false
		}
	}
	for e := range wrong(again) {
		failed[e] = true
	}
	moves := j.moves(failed, spots)
	moved := map[*edit]bool{}
	for _, m := range moves {
		m.make(j)
		moved[m.to] = true
	}
	for e := range wrong(moved) {
		for _, m := range moves {
			if m.to == e {
				m.undo(j)
			}
		}
	}
}

// A spot is where a literal stands.
type spot struct {
	equation.Spot
	pkg *equation.Package
}

func (j *judge) spots() map[*strval.Literal]spot {
	out := map[*strval.Literal]spot{}
	for _, pkg := range j.pkgs {
		for i := range pkg.Lits {
			out[&pkg.Lits[i]] = spot{pkg.Spot(i), pkg}
		}
	}
	return out
}

// grows reports whether an edit makes several segments of a literal that is one.
func (j *judge) grows(e *edit) bool {
	value, _, err := e.lit.Decode()
	if err != nil || e.lit.Plain || e.loose != nil || e.also != "" || len(j.byLit[e.lit]) != 1 || value == "" || strings.Contains(value, "/") {
		return false
	}
	after := value[:e.from] + e.text + value[e.to:]
	return strings.Contains(after, "/") && !slices.Contains(strings.Split(after, "/"), "")
}

// counted reports whether the number of elements matters of a list that a literal is in.
func (j *judge) counted(lit *strval.Literal) bool {
	_, ends := j.prog.Reached([]*strval.Literal{lit})
	for _, end := range ends {
		if end.Kind == equation.Counted && end.Meets(j.prog, func(p strval.Part) bool { return p.Lit == lit }) {
			return true
		}
	}
	return false
}

// meets lists those of some edits that a verdict wants, or whose text is in its URL.
func (j *judge) meets(v *verdict, some map[*edit]bool) []*edit {
	var out []*edit
	for _, p := range v.solved.URL {
		for _, e := range j.byLit[p.Lit] {
			if some[e] && e.within(p) && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// A move puts the text that several edits insert at the start of what fills a hole in
// front of that hole.
type move struct {
	to   *edit
	from []*edit
}

// moves finds those of some edits that can be made in front of a hole: the text there ends
// with a slash, every use of this slash wants the same, and the hole is filled by the
// function that spells it. What callers fill in may be something else tomorrow.
func (j *judge) moves(some map[*edit]bool, spots map[*strval.Literal]spot) []*move {
	byKey := map[editKey]*move{}
	var order []*move
	for _, e := range j.order {
		if !some[e] || e.from != 0 || e.to != 0 || !plainSegments(e.text) {
			continue
		}
		key, ok := editKey{}, true
		for i, v := range e.wants {
			at, found := slashBefore(v.solved.URL, e.lit)
			a, b := spots[at.lit], spots[e.lit]
			if ok = ok && found && a.Func > 0 && a.Func == b.Func && a.pkg == b.pkg && (i == 0 || at == key); i == 0 {
				key = at
			}
		}
		if !ok {
			continue
		}
		m := byKey[key]
		if m == nil {
			m = &move{to: &edit{editKey: key, text: "/" + e.text}}
			byKey[key] = m
			order = append(order, m)
		}
		if m.to.text == "/"+e.text {
			m.from = append(m.from, e)
			for _, v := range e.wants {
				if !slices.Contains(m.to.wants, v) {
					m.to.wants = append(m.to.wants, v)
				}
			}
		}
	}
	return slices.DeleteFunc(order, func(m *move) bool {
		for _, o := range j.byLit[m.to.lit] {
			if o.from < m.to.to && m.to.from < o.to || o.from == m.to.to {
				return true
			}
		}
		for _, v := range j.verdicts {
			for _, p := range v.solved.URL {
				if m.to.within(p) && !slices.Contains(m.to.wants, v) {
					return true
				}
			}
		}
		return false
	})
}

// slashBefore finds the slash in front of the part that a literal spells.
func slashBefore(t strval.Template, lit *strval.Literal) (editKey, bool) {
	for i := 1; i < len(t); i++ {
		p := t[i-1]
		if t[i].Lit == lit && t[i].At == 0 && p.Lit != nil && p.Lit != lit && !p.Lit.Plain && strings.HasSuffix(p.Text, "/") {
			end := p.At + len(p.Text)
			return editKey{p.Lit, end - 1, end}, true
		}
	}
	return editKey{}, false
}

// plainSegments reports whether a text is segments that mean the same in a format string,
// a template and a route pattern, with a slash at the end.
func plainSegments(text string) bool {
	return strings.HasSuffix(text, "/") && !strings.ContainsFunc(text, func(r rune) bool {
		return r != '/' && r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

// make replaces the edits by the one in front of the hole, in the same group.
func (m *move) make(j *judge) {
	for _, e := range m.from {
		unite(e, m.to)
		j.remove(e)
	}
	j.add(m.to)
	for _, v := range m.to.wants {
		v.wants = slices.DeleteFunc(v.wants, func(e *edit) bool { return slices.Contains(m.from, e) })
		v.wants = append(v.wants, m.to)
	}
}

func (m *move) undo(j *judge) {
	j.remove(m.to)
	for _, e := range m.from {
		j.add(e)
	}
	for _, v := range m.to.wants {
		v.wants = slices.DeleteFunc(v.wants, func(e *edit) bool { return e == m.to })
		for _, e := range m.from {
			if slices.Contains(e.wants, v) {
				v.wants = append(v.wants, e)
			}
		}
	}
}
