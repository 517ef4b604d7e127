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

func (e *edit) hold(level fixer.Applicability, format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	e.root().held.raise(level, reason)
	e.root().apart.raise(level, reason)
}

// holdDoubt holds edits back that the endpoint table is not certain of. A stand-in for the
// API is no doubt where the same text is sent to the API itself: it moves with it.
func (j *judge) holdDoubt(v *verdict) {
	if v.res.Doubt == "" || len(v.wants) == 0 {
		return
	}
	if v.res.Host == endpoint.HostUnknown && !slices.ContainsFunc(v.wants, func(e *edit) bool {
		return !slices.ContainsFunc(e.wants, func(o *verdict) bool { return o.res.Doubt == "" && o.use.Kind == equation.Request })
	}) {
		return
	}
	v.wants[0].hold(fixer.Review, "%s", v.res.Doubt)
}

// holdTest holds edits back that change what a test of the text says, as in
// strings.Contains(url, "/v1/").
func (j *judge) holdTest(v *verdict) {
	if v.use.Use == nil || v.solved.Incoming || v.use.Kind != equation.Compare && v.use.Kind != equation.Prefix {
		return
	}
	var hit *edit
	for _, t := range []strval.Template{v.solved.URL, v.solved.Other} {
		for _, p := range t {
			for _, e := range j.byLit[p.Lit] {
				if p.Lit != nil && e.within(p) && e.safe() {
					hit = e
				}
			}
		}
	}
	says := func(x, y string) bool {
		switch v.use.Sink {
		case "strings.Contains":
			return strings.Contains(x, y)
		case "strings.HasPrefix", "strings.CutPrefix":
			return strings.HasPrefix(x, y)
		case "strings.HasSuffix":
			return strings.HasSuffix(x, y)
		}
		return x == y
	}
	before := says(v.solved.Other.Flat(), v.flat)
	after := says(j.rewritten(v.solved.Other, (*edit).safe), j.rewritten(v.solved.URL, (*edit).safe))
	if hit != nil && before != after {
		hit.hold(fixer.Review, "%s at %s would say something else about it", v.use.Sink, j.where(v))
	}
}

// holdControls holds the edits of a URL that no use wants back if a string function is told by
// it what to cut off or to replace: what it does there depends on text that is not known.
func (j *judge) holdControls(lit *strval.Literal) {
	edits := j.byLit[lit]
	if edits[0].inner || strings.HasSuffix(lit.File, "_test.go") {
		return
	}
	for _, e := range edits {
		if slices.ContainsFunc(e.wants, func(v *verdict) bool { return v.use.Use != nil }) {
			return // some use has it as a part, or compares with it
		}
	}
	if name := j.prog.Controls(lit); name != "" {
		edits[0].hold(fixer.Review, "it also decides what %s makes of another text", name)
	}
}

// holdEnds holds the edits of a literal back that also goes somewhere else than into HTTP,
// or into a use that could not be solved.
func (j *judge) holdEnds(lit *strval.Literal) {
	uses, ends := j.prog.Reached([]*strval.Literal{lit})
	edits := j.byLit[lit]
	if name := j.prog.Computes(lit); name != "" {
		edits[0].hold(fixer.Review, "the constant %s is computed from it", name)
	}
	part := func(p strval.Part) bool {
		return p.Gap != nil && !p.Gap.Piece && j.prog.Loses(lit, p.Gap) || p.Lit == lit && slices.ContainsFunc(edits, func(e *edit) bool { return e.within(p) })
	}
	// A table by paths that a server answers is looked up with paths that move, too.
	listed := slices.ContainsFunc(edits, (*edit).sent) &&
		slices.ContainsFunc(ends, func(e solve.End) bool { return e.Kind == equation.Listed && e.Meets(j.prog, part) })
	for _, end := range ends {
		if end.Kind == equation.Printed || end.Kind == equation.Listed || end.Kind == equation.Counted {
			continue
		}
		// A fake that a test looks up by what it is asked for knows the old paths; a whole URL
		// is a key that moves by itself.
		if end.Kind == equation.Searched && strings.HasSuffix(end.File, "_test.go") && !words(j.table).Needle(lit.Source) && end.Strands(j.prog, j.changes) {
			edits[0].hold(fixer.Review, "it is looked up in %s at %s:%d, whose keys do not change with it, as far as can be seen", end.To, shortFile(end.File, lit.File), end.Line)
			continue
		}
		// A test compares what it got with what it wanted; both sides move.
		if strings.HasSuffix(end.File, "_test.go") {
			continue
		}
		// A URL inside a longer text is no value of its own: whoever gets the text reads it.
		if edits[0].loose != nil && edits[0].loose.End-edits[0].loose.Start < edits[0].length && end.Kind == equation.Passed {
			continue
		}
		if end.Kind == equation.Searched {
			if listed && end.Misses(j.prog, part) {
				edits[0].hold(fixer.Review, "it is also a key of %s that is looked up at %s:%d", end.To, shortFile(end.File, lit.File), end.Line)
			}
			continue
		}
		if !end.Meets(j.prog, part) {
			continue
		}
		place := fmt.Sprintf("%s:%d", shortFile(end.File, lit.File), end.Line)
		switch end.Kind {
		case equation.Passed:
			edits[0].hold(fixer.Review, "it is also passed to %s at %s, whose use of it cannot be seen", end.To, place)
		case equation.Keyed:
			edits[0].hold(fixer.Review, "it is also the key of %s at %s", end.To, place)
		case equation.Compared:
			edits[0].hold(fixer.Review, "it also meets %s at %s", end.To, place)
		}
	}
	for _, u := range j.unseen {
		if slices.ContainsFunc(uses, func(o solve.Use) bool { return o.ID() == u.ID() }) {
			edits[0].hold(fixer.Review, "what is passed to %s at %s:%d %s", u.Sink, shortFile(u.File().Name, lit.File), u.Pos.Line, j.giveUp(u))
		}
	}
}

// changes reports whether an edit changes a part of a text.
func (j *judge) changes(p strval.Part) bool {
	return p.Lit != nil && slices.ContainsFunc(j.byLit[p.Lit], func(e *edit) bool { return e.within(p) })
}

// sent reports whether any request wants the edit.
func (e *edit) sent() bool {
	return slices.ContainsFunc(e.wants, func(v *verdict) bool { return v.use.Use != nil && v.use.Kind == equation.Request })
}

// objection says how strongly a use that does not want an edit of its bytes speaks
// against it.
func (j *judge) objection(v *verdict) (fixer.Applicability, string) {
	switch v.res.Kind {
	case endpoint.Unclear:
		return fixer.Review, "where " + v.res.Reason
	case endpoint.Mapped, endpoint.BaseOnly, endpoint.HalfMigrated:
		if len(v.wants) > 0 || v.stuck != "" {
			return fixer.Manual, "which wants another change"
		}
		return fixer.Safe, ""
	case endpoint.NotOurs:
		switch {
		case v.use.Kind == equation.Route:
			return fixer.Review, "a route of this program"
		case v.use.Kind == equation.Compare || v.use.Kind == equation.Prefix:
			return fixer.Review, "which is compared and not sent"
		}
		return fixer.Manual, "which is not ours: " + v.res.Reason
	}
	return fixer.Manual, "which has no v2 equivalent: " + v.res.Reason
}

// hold finds what speaks against each edit: another use of the same bytes that does not
// want it, a way of the literal out of sight, or a second opinion.
func (j *judge) hold() {
	for _, v := range j.verdicts {
		if v.neutral && !(v.use.Kind == equation.Route && !v.solved.Incoming) {
			continue
		}
		for _, part := range v.solved.URL {
			if part.Lit == nil {
				continue
			}
			for _, e := range j.byLit[part.Lit] {
				if !e.within(part) || slices.Contains(v.wants, e) || e.inner {
					continue
				}
				// A longer text with the URL in it that a test compares with what it got is tied to the
				// requests of the URL, which is what it has from them.
				if e.loose != nil && e.loose.End-e.loose.Start < e.length && v.use.Kind == equation.Compare && v.use.File().Test && !v.solved.Incoming {
					continue
				}
				level, why := j.objection(v)
				why = fmt.Sprintf("held back: also used at %s for %s, %s", j.where(v), v.display(), why)
				switch level {
				case fixer.Review:
					e.hold(level, "%s", why)
				case fixer.Manual:
					e.root().held.raise(level, why)
					e.against = append(e.against, v)
				}
			}
		}
	}
	for _, lit := range j.edited() {
		if err := j.attempt(lit, func() {
			j.holdEnds(lit)
			j.holdControls(lit)
			j.holdLost(lit)
		}); err != nil {
			j.byLit[lit][0].hold(fixer.Manual, "%v", err)
		}
	}
	for _, pkg := range j.pkgs {
		for i := range pkg.Lits {
			edits := j.byLit[&pkg.Lits[i]]
			switch {
			case len(edits) == 0:
			case pkg.Dependency != "":
				edits[0].hold(fixer.Manual, "held back: text that must change with it is in the dependency %s, which is never edited", pkg.Dependency)
			case pkg.Broken:
				edits[0].hold(fixer.Review, "its package does not compile")
			}
		}
	}
	for _, v := range j.verdicts {
		j.holdDoubt(v)
		j.holdTest(v)
	}
	for _, e := range j.order {
		if e.also != "" || slices.ContainsFunc(j.byLit[e.lit], func(o *edit) bool { return o != e && o.from < e.to && e.from < o.to }) {
			e.hold(fixer.Manual, "its uses want different changes")
		}
		if !e.lit.Plain && e.lit.Source[0] == '\'' {
			e.hold(fixer.Manual, "a single character is not rewritten")
		}
	}
	for _, v := range j.verdicts {
		if v.stuck == "" {
			continue
		}
		for _, e := range v.wants {
			e.hold(fixer.Manual, "held back: also used at %s for %s: %s", j.where(v), v.display(), v.stuck)
		}
	}
}
