package analyzer

import (
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// checks returns what has to be looked at where the edits come into effect, each once.
func checks(edits []*edit) []Check {
	var all []Check
	for _, e := range edits {
		for _, v := range e.wants {
			if c, ok := v.check(); ok && !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// check is what the table says about an endpoint besides its URL, and false if that is nothing
// or if nothing is decoded or answered here.
func (v *verdict) check() (Check, bool) {
	r := v.res.Rule
	if r == nil || r.Check == "" || v.use.Use == nil {
		return Check{}, false
	}
	c := Check{What: "decoding", Endpoint: r.Method + " " + r.New, Pos: v.place(), Why: r.Check}
	switch {
	case v.use.Kind == equation.Request:
	case v.use.Kind == equation.Route, v.use.Kind == equation.Compare && v.solved.Incoming:
		c.What = "answer"
	default:
		return Check{}, false
	}
	return c, true
}

// advice is the checks of a finding for a reader who looks at it: those of one endpoint are one,
// and if the finding is about one endpoint only, they need not name it.
func (f *Finding) advice(several bool) []string {
	var texts []string
	for _, c := range f.Checks {
		text := "check the " + c.What + ": " + c.Why
		if several {
			text = "check the " + c.What + " of " + c.Endpoint + ": " + c.Why
		}
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}
