package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// verify holds back the safe edits after which a use that wants them does not come out as
// the endpoint table has it: text that is escaped, cut off or compared on its way.
func (j *judge) verify() {
	wrong := j.wrong((*edit).safe, func(v *verdict) bool { return len(v.wants) > 0 && v.wants[0].safe() })
	for _, v := range wrong {
		v.wants[0].hold(fixer.Manual, "the text is changed on its way to %s at %s, so that the URL would not come out right", v.use.Sink, j.where(v))
	}
}

// wrong makes the chosen edits in the equations, solves the uses of the chosen verdicts
// once more and returns the verdicts whose URL is not what the edits make of it.
func (j *judge) wrong(made func(*edit) bool, asked func(*verdict) bool) []*verdict {
	values := map[*strval.Literal][]string{}
	for _, lit := range j.edited() {
		if v := j.values(lit, made); v != nil {
			values[lit] = v
		}
	}
	expected := map[int]map[string][]*verdict{} // by use and result
	for _, v := range j.verdicts {
		if v.use.Use == nil || !asked(v) {
			continue
		}
		if expected[v.use.ID()] == nil {
			expected[v.use.ID()] = map[string][]*verdict{}
		}
		want := v.solved.Method + " " + j.rewritten(v.solved.URL, made)
		expected[v.use.ID()][want] = append(expected[v.use.ID()][want], v)
	}
	if len(expected) == 0 {
		return nil
	}
	var out []*verdict
	for _, u := range j.prog.Edited(values).Uses() {
		want := expected[u.ID()]
		if want == nil {
			continue
		}
		got := map[string]bool{}
		// If it fails, the URL does not come out right as far as anybody knows.
		_ = fault.Catch(func() { u.Solve(func(s solve.Solved) { got[s.Method+" "+s.URL.Flat()] = true }) })
		for url, verdicts := range want {
			if !got[url] {
				out = append(out, verdicts...)
			}
		}
	}
	return out
}

// values are what a literal, or the literals that take its place, spell after some edits.
func (j *judge) values(lit *strval.Literal, made func(*edit) bool) []string {
	value, _, err := lit.Decode()
	if err != nil {
		return nil
	}
	after := j.withEdits(strval.Part{Text: value, Lit: lit}, made)
	if edits := j.byLit[lit]; len(edits) > 0 && edits[0].split && made(edits[0]) {
		return strings.Split(after, "/")
	}
	return []string{after}
}

// rewritten is the flat form of a template after some edits.
func (j *judge) rewritten(t strval.Template, made func(*edit) bool) string {
	var b strings.Builder
	for _, p := range t {
		if p.Gap != nil {
			b.WriteByte(strval.Hole)
		} else {
			b.WriteString(j.withEdits(p, made))
		}
	}
	return b.String()
}

// withEdits is the text of a part after some edits of its literal.
func (j *judge) withEdits(p strval.Part, made func(*edit) bool) string {
	text := p.Text
	if p.Lit == nil {
		return text
	}
	edits := slices.Clone(j.byLit[p.Lit])
	slices.SortFunc(edits, func(a, b *edit) int { return cmp.Or(cmp.Compare(b.from, a.from), cmp.Compare(b.to, a.to)) })
	from := p.At + len(p.Text) // of the edit made last: those before must not reach into it
	for _, e := range edits {
		if e.within(p) && e.to <= from && made(e) {
			text = text[:e.from-p.At] + e.text + text[e.to-p.At:]
			from = e.from
		}
	}
	return text
}
