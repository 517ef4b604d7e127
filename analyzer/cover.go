package analyzer

import (
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// holdUncovered holds edits back whose request may have another URL than those that were found:
// text that the flow graph lets flow into it, and that is in none of its outcomes. The graph
// knows no order, no branches and no objects, so it has all that there is, and more.
func (j *judge) holdUncovered() {
	type outcomes struct {
		wants   *edit
		covered map[*strval.Literal]bool
	}
	uses := map[int]*outcomes{}
	for _, v := range j.verdicts {
		if v.use.Use == nil || v.use.Kind != equation.Request {
			continue
		}
		o := uses[v.use.ID()]
		if o == nil {
			o = &outcomes{covered: map[*strval.Literal]bool{}}
			uses[v.use.ID()] = o
		}
		if o.wants == nil && len(v.wants) > 0 {
			o.wants = v.wants[0]
		}
		for _, part := range v.solved.URL {
			if part.Lit != nil {
				o.covered[part.Lit] = true
			}
		}
	}
	words := words(j.table)
	for _, v := range j.verdicts {
		if v.use.Use == nil || uses[v.use.ID()] == nil || uses[v.use.ID()].wants == nil {
			continue
		}
		o := uses[v.use.ID()]
		delete(uses, v.use.ID())
		for _, lit := range v.use.Texts() {
			text, _, err := lit.Decode()
			switch {
			case err != nil || o.covered[lit] || strings.ContainsAny(text, " \t\r\n"):
				continue // not a part of a path, or one that was seen
			case words.Needle(text) || strings.Contains(text, "://"):
				continue // not below the base that is about to change, but below its own
			case len(j.byLit[lit]) > 0:
				unite(o.wants, j.byLit[lit][0]) // it moves as well, or none of them does
				continue
			}
			if res := j.table.MatchRelative("", text); res.Kind == endpoint.Mapped && len(res.Edits) == 0 {
				continue // below any of the two bases it is what it was
			}
			o.wants.hold(fixer.Review, "%s at %s:%d may be a part of what is passed to %s at %s and was not followed there", lit.Source, shortFile(lit.File, o.wants.lit.File), lit.Line, v.use.Sink, j.where(v))
			break
		}
	}
}
