package analyzer

import (
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// looseLiterals looks at the literals that reach no HTTP use: help texts, tables,
// constants for somebody else. What one spells in full is complete in itself.
func (j *judge) looseLiterals() {
	needle := words(j.table).Needle
	for _, pkg := range j.pkgs {
		for i := range pkg.Lits {
			lit := &pkg.Lits[i]
			value, _, err := lit.Decode()
			if err != nil || !needle(value) {
				continue
			}
			spans := j.table.Loose(value)
			if len(spans) == 0 {
				continue
			}
			if j.judged[lit] || len(j.byLit[lit]) > 0 {
				for k := range spans {
					if s := &spans[k]; j.inner(lit, value, s) {
						j.proposeLoose(lit, value, s, nil)
						for _, e := range j.byLit[lit] {
							e.inner = e.inner || e.loose == s
						}
					}
				}
				continue
			}
			test := strings.HasSuffix(lit.File, "_test.go")
			printed, keyed, used, unseen := false, false, false, false
			uses, ends := j.prog.Reached([]*strval.Literal{lit})
			used = slices.ContainsFunc(uses, func(u solve.Use) bool { return !u.Guess })
			for _, end := range ends {
				printed = printed || end.Kind == equation.Printed
				keyed = keyed || end.Kind == equation.Keyed || end.Kind == equation.Listed
				unseen = unseen || end.Unseen()
			}
			for k := range spans {
				s := &spans[k]
				// A constant or field that others can see, and that is a path of the API and nothing
				// else, is there to be used by them.
				whole := s.Start == 0 && s.End == len(value) && s.Result.Rule != nil && j.prog.Declared(lit) && !printed && !keyed
				var by *edit
				var tied []*edit
				if test && (s.Start == 0 && s.End == len(value) || s.Result.Kind == endpoint.Mapped || s.Result.Kind == endpoint.BaseOnly) {
					if tied = j.expectation(pkg.Path, s.Result); len(tied) > 0 {
						by = tied[0]
					}
				}
				if j.foreign[lit] && s.Start == 0 {
					continue // it was solved, and is somebody else's
				}
				if j.current[lit] && (s.Result.Kind == endpoint.Unclear || j.onlyCurrent(lit) && (!unseen && !j.prog.Declared(lit) || j.queried(lit))) {
					continue // it was solved, and is v2 by the time that it is sent
				}
				quoted := s.Start > 0 && strings.IndexByte("'\"`=", value[s.Start-1]) >= 0
				switch {
				case by != nil:
				case keyed && !printed:
					continue // an identifier, not an address
				case s.Result.Host == endpoint.HostOurs || whole || quoted:
				case printed || keyed || !used && !unseen || s.Result.Rule == nil:
					continue // a path in a message, or one that nobody reads, is no URL of ours for certain
				}
				j.proposeLoose(lit, value, s, by)
				for _, e := range tied {
					unite(by, e)
				}
			}
		}
	}
}

// inner reports whether a span of a literal that is part of URLs is a whole URL of the API in
// the query of each of them, and they move as well.
func (j *judge) inner(lit *strval.Literal, value string, s *endpoint.Span) bool {
	if s.Result.Host != endpoint.HostOurs || len(s.Result.Edits) == 0 || !strings.Contains(value[s.Start:s.End], "://") {
		return false
	}
	for _, e := range j.byLit[lit] {
		if e.from < s.End && s.Start <= e.to {
			return false
		}
	}
	for _, v := range j.verdicts {
		before := 0
		for _, p := range v.solved.URL {
			if at := before + s.Start - p.At; p.Lit == lit && (v.res.Kind != endpoint.Mapped || at <= 0 || at > len(v.flat) || !strings.Contains(v.flat[:at], "?")) {
				return false
			}
			before += max(len(p.Text), 1) // a gap is one byte in flat
		}
	}
	return true
}

// onlyCurrent reports whether a literal is part of no use but those that are v2 already.
func (j *judge) onlyCurrent(lit *strval.Literal) bool {
	return !slices.ContainsFunc(j.verdicts, func(v *verdict) bool {
		return v.res.Kind != endpoint.Current && slices.ContainsFunc(v.solved.URL, func(p strval.Part) bool { return p.Lit == lit })
	})
}

// queried reports whether a literal is part of nothing but queries and fragments. Whoever else
// can see its name gets part of a query, too.
func (j *judge) queried(lit *strval.Literal) bool {
	for _, v := range j.verdicts {
		behind := false
		for _, p := range v.solved.URL {
			if p.Lit == lit && !behind {
				return false
			}
			behind = behind || p.Gap == nil && strings.ContainsAny(p.Text, "?#")
		}
	}
	return true
}

// within reports whether a literal is part of a request's URL, behind its beginning, that is
// one of the API and has nothing to move.
func (j *judge) within(lit *strval.Literal) bool {
	return slices.ContainsFunc(j.verdicts, func(v *verdict) bool {
		return v.neutral && v.res.Kind == endpoint.BaseOnly && slices.ContainsFunc(v.solved.URL[1:], func(p strval.Part) bool { return p.Lit == lit })
	})
}

// expectation returns the edits that a path or base in a test goes with: the test checks what a
// request of its package that migrates looks like. These are the requests of the same endpoint, or
// else, where none is known, any.
func (j *judge) expectation(pkg string, res endpoint.Result) []*edit {
	if len(res.Edits) == 0 {
		return nil
	}
	pkg = strings.TrimSuffix(pkg, "_test")
	var some, same []*edit
	for _, v := range j.verdicts {
		if v.use.Use == nil || len(v.wants) == 0 || strings.TrimSuffix(v.use.Package(), "_test") != pkg || v.res.Base != res.Base && res.Host != endpoint.HostAbsent {
			continue
		}
		if some == nil {
			some = v.wants[:1]
		}
		if v.use.Kind == equation.Request && v.res.Rule != nil && res.Rule != nil && v.res.Rule.Old == res.Rule.Old {
			same = append(same, v.wants[0])
		}
	}
	if same != nil {
		return same
	}
	return some
}

// proposeLoose asks for the edits of a URL in a text, in the group of another edit if
// there is one.
func (j *judge) proposeLoose(lit *strval.Literal, value string, s *endpoint.Span, by *edit) {
	v := &verdict{solved: solveLoose(s, lit, value), flat: value[s.Start:s.End], res: s.Result}
	if len(s.Result.Edits) == 0 {
		v.stuck = s.Result.Reason
	}
	j.propose(v, strval.Template{{Text: value, Lit: lit}}, s.Result.Edits)
	for _, e := range v.wants {
		e.loose, e.length = s, len(value)
	}
	if len(v.wants) > 0 {
		switch {
		case by != nil:
			unite(by, v.wants[0])
		case j.within(lit):
			v.wants[0].hold(fixer.Review, "it is sent as part of another URL, which stays as it is")
		case s.Result.Kind == endpoint.BaseOnly:
			v.wants[0].hold(fixer.Review, "no request that uses this base is in sight")
		case s.Result.Host != endpoint.HostOurs:
			v.wants[0].hold(fixer.Review, "no request that uses this path is in sight")
		}
	}
	j.verdicts = append(j.verdicts, v)
}
