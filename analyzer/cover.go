package analyzer

import (
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// holdUncovered holds edits back whose request may have another URL than those that were found:
// a path that the flow graph lets flow into it, that is in no outcome of any request, and that
// would be another one below the new base. The graph knows no order, no branches and no
// objects, so it has all ways that there are, and more. Paths that move for another reason are
// made to move together with it.
func (j *judge) holdUncovered() {
	covered := map[*strval.Literal]bool{}
	solved := map[int]bool{}
	for _, v := range j.verdicts {
		if v.use.Use == nil || v.use.Kind != equation.Request {
			continue
		}
		solved[v.use.ID()] = true
		for _, part := range v.solved.URL {
			covered[part.Lit] = true
		}
	}
	// A request that has no outcome at all was refuted somewhere, and callers out of sight may
	// make it all the same.
	for _, lit := range j.edited() {
		uses, _ := j.prog.Reached([]*strval.Literal{lit})
		for _, u := range uses {
			if u.Kind == equation.Request && !u.Guess && !solved[u.ID()] && !u.File().Test {
				j.byLit[lit][0].hold(fixer.Review, "it may be a part of what is passed to %s at %s:%d, which no call in sight gets to", u.Sink, shortFile(u.File().Name, lit.File), u.Pos.Line)
			}
		}
	}
	words := words(j.table)
	asked := map[int]bool{}
	for _, v := range j.verdicts {
		if v.use.Use == nil || v.use.Kind != equation.Request || len(v.wants) == 0 || asked[v.use.ID()] {
			continue
		}
		asked[v.use.ID()] = true
		for _, lit := range v.use.Texts() {
			text, _, err := lit.Decode()
			switch {
			case err != nil || covered[lit] || strings.ContainsAny(text, " \t\r\n"):
				continue // it is no part of a path, or was followed
			case words.Needle(text) || strings.Contains(text, "://"):
				continue // it is not below the base that changes, but below its own
			case len(j.byLit[lit]) > 0:
				unite(v.wants[0], j.byLit[lit][0])
				continue
			}
			if res := j.table.MatchRelative("", text); res.Kind != endpoint.Mapped || len(res.Edits) == 0 {
				continue // it is the same below both bases, or below none of them
			}
			v.wants[0].hold(fixer.Review, "%s at %s:%d may be a part of what is passed to %s at %s and could not be followed there", lit.Source, shortFile(lit.File, v.wants[0].lit.File), lit.Line, v.use.Sink, j.where(v))
			break
		}
	}
}
