package driver

import (
	"cmp"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// addChecks adds what has to be looked at because of a finding. Those of one endpoint are one,
// with a place for each.
func (s *session) addChecks(to []report.Check, checks []analyzer.Check) []report.Check {
	for _, c := range checks {
		subject := "the " + c.What + " of " + c.Endpoint
		at := report.Place{Path: c.Pos.Filename, Name: s.name(c.Pos.Filename), Line: c.Pos.Line, Column: c.Pos.Column}
		i := slices.IndexFunc(to, func(have report.Check) bool { return have.Subject == subject && have.Why == c.Why })
		if i < 0 {
			i = len(to)
			to = append(to, report.Check{Subject: subject, Why: c.Why})
		}
		if !slices.Contains(to[i].Places, at) {
			to[i].Places = append(to[i].Places, at)
		}
	}
	return to
}

// checksOf adds what has to be looked at because of the groups that a plan carries out. The
// lines are those of the files as the plan leaves them if it has been written.
func (s *session) checksOf(to []report.Check, a *analysis, plan *fixer.Plan, outcomes []fixer.Outcome) []report.Check {
	applied := map[int]bool{}
	for _, o := range outcomes {
		applied[o.Group] = o.Status == fixer.Applied
	}
	for _, f := range a.findings {
		if f.Group < 0 || !applied[f.Group] {
			continue
		}
		checks := slices.Clone(f.Checks)
		for i, c := range checks {
			if s.fix && !s.diff {
				checks[i].Pos.Line = plan.Line(c.Pos.Filename, c.Pos.Offset, c.Pos.Line)
			}
		}
		to = s.addChecks(to, checks)
	}
	slices.SortFunc(to, func(x, y report.Check) int {
		return cmp.Or(cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Why, y.Why))
	})
	for _, c := range to {
		slices.SortFunc(c.Places, func(x, y report.Place) int {
			return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
		})
	}
	return to
}
