package analyzer

import (
	"go/token"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// checks returns what has to be looked at where the edits come into effect, each once.
func (j *judge) checks(edits []*edit) []Check {
	var all []Check
	for _, e := range edits {
		for _, v := range e.wants {
			if c, ok := j.check(v); ok && !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// check is what the table says about an endpoint besides its URL, and false if that is nothing
// or if nothing is decoded or answered here.
func (j *judge) check(v *verdict) (Check, bool) {
	r := v.res.Rule
	if r == nil || r.Check == "" || v.use.Use == nil {
		return Check{}, false
	}
	c := Check{What: "decoding", Endpoint: r.Method + " " + r.New, Pos: j.decodes(v), Why: r.Check}
	switch {
	case v.use.Kind == equation.Request:
	case v.use.Kind == equation.Route, v.use.Kind == equation.Compare && v.solved.Incoming:
		c.What = "answer"
	default:
		return Check{}, false
	}
	return c, true
}

// decodes is where a reader finds what becomes of an answer: at the use, unless that is in a
// helper which others give the path to. Then it is where the path is spelled.
func (j *judge) decodes(v *verdict) token.Position {
	var last *strval.Literal
	for _, part := range v.solved.URL {
		if part.Lit != nil && strings.Trim(part.Text, "/") != "" {
			last = part.Lit
		}
		if strings.Contains(part.Text, "?") {
			break
		}
	}
	if last == nil || last.Plain {
		return v.place()
	}
	for _, pkg := range j.pkgs {
		i := slices.IndexFunc(pkg.Lits, func(l strval.Literal) bool { return l.File == last.File && l.Start == last.Start })
		if i < 0 {
			continue
		}
		// What no function spells may be used by any.
		if fn := pkg.Spot(i).Func; fn > 0 && pkg.Funcs[fn-1].Sym != v.use.Func() {
			return place(last, 0)
		}
		break
	}
	return v.place()
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
