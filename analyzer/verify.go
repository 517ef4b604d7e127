package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// verify makes the safe edits in the equations, solves the uses that want them once more
// and holds back what does not come out as the endpoint table has it: text that is
// escaped, cut off or compared on its way.
func (j *judge) verify() {
	values := map[*strval.Literal]string{}
	for _, lit := range j.edited() {
		value, _, err := lit.Decode()
		if err != nil {
			continue
		}
		values[lit] = j.withEdits(strval.Part{Text: value, Lit: lit})
	}
	if len(values) == 0 {
		return
	}
	expected := map[int]map[string][]*verdict{} // by use and result
	for _, v := range j.verdicts {
		if v.use.Use == nil || len(v.wants) == 0 || v.wants[0].root().held.level != fixer.Safe {
			continue
		}
		if expected[v.use.ID()] == nil {
			expected[v.use.ID()] = map[string][]*verdict{}
		}
		want := v.solved.Method + " " + j.rewritten(v.solved.URL)
		expected[v.use.ID()][want] = append(expected[v.use.ID()][want], v)
	}
	for _, u := range j.prog.Edited(values).Uses() {
		want := expected[u.ID()]
		if want == nil {
			continue
		}
		got := map[string]bool{}
		u.Solve(func(s solve.Solved) { got[s.Method+" "+s.URL.Flat()] = true })
		for url, verdicts := range want {
			if !got[url] {
				for _, v := range verdicts {
					v.wants[0].hold(fixer.Manual, "the text is changed on its way to %s at %s, so that the URL would not come out right", v.use.Sink, j.where(v))
				}
			}
		}
	}
}

// rewritten is the flat form of a template after the safe edits.
func (j *judge) rewritten(t strval.Template) string {
	var b strings.Builder
	for _, p := range t {
		if p.Gap != nil {
			b.WriteByte(strval.Hole)
		} else {
			b.WriteString(j.withEdits(p))
		}
	}
	return b.String()
}

// withEdits is the text of a part after the safe edits of its literal.
func (j *judge) withEdits(p strval.Part) string {
	text := p.Text
	if p.Lit == nil {
		return text
	}
	edits := slices.Clone(j.byLit[p.Lit])
	slices.SortFunc(edits, func(a, b *edit) int { return cmp.Or(cmp.Compare(b.from, a.from), cmp.Compare(b.to, a.to)) })
	from := p.At + len(p.Text) // of the edit made last: those before must not reach into it
	for _, e := range edits {
		if e.within(p) && e.to <= from && e.root().held.level == fixer.Safe {
			text = text[:e.from-p.At] + e.text + text[e.to-p.At:]
			from = e.from
		}
	}
	return text
}
