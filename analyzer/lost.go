package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Text that goes through an operation which is not modelled comes out as a hole that remembers
// what went in. A URL with such a hole may hold the text, changed or not: nobody knows what an
// edit of the text makes of the URL.

// lostIn returns a hole of a verdict's URL, in front of the query, that text of a literal may
// be in, or nil.
func (j *judge) lostIn(v *verdict, lit *strval.Literal) *strval.Gap {
	if v.use.Use == nil || v.use.Kind == equation.Compare && !v.solved.Incoming {
		return nil
	}
	if len(v.solved.URL) == 1 && v.solved.URL[0].Gap != nil && v.solved.URL[0].Gap.Piece {
		return nil // a URL that is whole in the text moves as a whole
	}
	for _, p := range v.solved.URL {
		switch {
		case p.Gap == nil && strings.ContainsAny(p.Text, "?#"):
			return nil // what follows is not part of the path
		case j.prog.Loses(lit, p.Gap):
			return p.Gap
		}
	}
	return nil
}

// holdLost holds the edits of a literal back whose text may also be where nobody can follow it.
func (j *judge) holdLost(lit *strval.Literal) {
	for _, v := range j.verdicts {
		if gap := j.lostIn(v, lit); gap != nil {
			j.byLit[lit][0].hold(fixer.Review, "it also goes to %s at %s:%d, changed in a way that is not followed: %s", v.use.Sink, shortFile(v.use.File().Name, lit.File), v.use.Pos.Line, gap.Reason)
			return
		}
	}
}

// reportLost notes the literals of the API that go to HTTP and have no finding, because what
// they become on their way is not known.
func (j *judge) reportLost() {
	needle := words(j.table).Needle
	var lost []*verdict
	for _, v := range j.verdicts {
		if v.use.Use != nil && v.neutral && v.res.Kind == endpoint.NotOurs && !v.use.Guess && slices.ContainsFunc(v.solved.URL, func(p strval.Part) bool { return p.Gap != nil && p.Gap.Lost != 0 }) {
			lost = append(lost, v)
		}
	}
	if len(lost) == 0 {
		return
	}
	for _, pkg := range j.pkgs {
		for i := range pkg.Lits {
			lit := &pkg.Lits[i]
			if j.judged[lit] || len(j.byLit[lit]) > 0 || j.foreign[lit] {
				continue
			}
			value, _, err := lit.Decode()
			// An encoded slash alone, as in code that takes URLs apart, is no text of the API.
			if err != nil || !needle(value) || !spelled([]byte(value), nameInURL) {
				continue
			}
			for _, v := range lost {
				gap := j.lostIn(v, lit)
				if gap == nil {
					continue
				}
				j.judged[lit] = true
				j.verdicts = append(j.verdicts, &verdict{
					use:    v.use,
					solved: solve.Solved{Method: v.solved.Method, URL: strval.Template{{Text: value, Lit: lit}}},
					flat:   value, res: j.table.Match(v.solved.Method, value), neutral: true,
					stuck: fmt.Sprintf("it becomes part of a URL in a way that is not followed: %s", gap.Reason),
				})
				break
			}
		}
	}
}
