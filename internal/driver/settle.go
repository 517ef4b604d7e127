package driver

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// settledPlan decides which groups can be carried out, and makes sure that the changed program
// is what it should be. Whatever is shown of the plan then holds in every respect.
func (s *session) settledPlan(ctx context.Context, a *analysis) (*fixer.Plan, error) {
	for {
		plan, err := s.plan(ctx, a)
		if err != nil {
			return nil, err
		}
		done := s.stage("verify")
		wrong, odd := map[int]string{}, []report.Problem(nil)
		if c := newChange(a, plan); len(c.groups) > 0 {
			for _, p := range a.programs {
				if p.after == nil {
					continue
				}
				if err := fault.Catch(func() { odd = append(odd, s.unsettled(a, p, c, wrong)...) }); err != nil {
					return nil, err
				}
			}
		}
		done("%s taken out", count(len(wrong), "group"))
		if len(wrong) == 0 {
			// What is odd now would be so in any other round as well.
			for _, p := range odd {
				if !slices.Contains(s.odd, p) {
					s.odd = append(s.odd, p)
				}
			}
			return plan, ctx.Err()
		}
		for i, reason := range wrong {
			a.groups[i].Applicability, a.groups[i].Reason = fixer.Manual, reason
		}
	}
}

// unsettled compares the findings of the changed program with those that were to be left, by
// what they are about and not by what they say. For one that should not be there it adds the
// groups to blame, with the reason: those that change its text or, if there are none, another
// text that its use is made of. Findings that no change can have caused are mistakes of the
// analysis, and none of the changes.
func (s *session) unsettled(a *analysis, prog *program, c *change, wrong map[int]string) (odd []report.Problem) {
	made := map[int]bool{} // groups of the program, by ID
	for _, g := range prog.result.Groups {
		made[g.ID] = c.makes(g)
	}
	left := map[string]bool{}
	of := map[analyzer.Place][]analyzer.Claim{} // by use: those that are made
	for _, claim := range prog.result.Claims {
		if claim.Group < 0 || !made[claim.Group] {
			left[identity(claim)] = true
		} else {
			of[claim.Use] = append(of[claim.Use], claim)
		}
	}
	for _, f := range prog.after.Result().Findings {
		reason := fmt.Sprintf("held back: with the change, %s:%d would be: %s", filepath.Base(f.Pos.Filename), f.Pos.Line, f.Message)
		for _, claim := range f.Claims {
			claim = c.original(claim)
			if left[identity(claim)] {
				continue
			}
			suspects := c.touching(a, claim.Parts)
			if len(suspects) == 0 && claim.Sink != "" {
				for _, other := range of[claim.Use] {
					suspects = append(suspects, c.touching(a, other.Parts)...)
				}
			}
			for _, i := range suspects {
				wrong[i] = reason
			}
			if len(suspects) == 0 {
				odd = append(odd, report.Problem{
					Pos:     fmt.Sprintf("%s:%d:%d", f.Pos.Filename, f.Pos.Line, f.Pos.Column),
					Message: "internal error, please report it with the source that causes it: the changed program would have a finding here that none of the changes explains: " + f.Message,
				})
				break
			}
		}
	}
	return odd
}

// identity tells claims apart.
func identity(c analyzer.Claim) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %q %q:%d", c.Rule, c.Kind, c.Method, c.Sink, c.Use.File, c.Use.At)
	for _, p := range c.Parts {
		fmt.Fprintf(&b, " %q:%d", p.File, p.At)
	}
	return b.String()
}

// A change is what a plan makes of the files.
type change struct {
	groups []int                     // indexes into analysis.groups of those that are made
	made   map[fixer.Change]bool     // all that they change
	moves  map[string]*fixer.Offsets // by file
}

func newChange(a *analysis, plan *fixer.Plan) *change {
	c := &change{made: map[fixer.Change]bool{}, moves: plan.Offsets()}
	for _, o := range plan.Outcomes() {
		if o.Status != fixer.Applied {
			continue
		}
		c.groups = append(c.groups, o.Group)
		for _, x := range a.groups[o.Group].Changes {
			c.made[x] = true
		}
	}
	return c
}

// makes says whether all that a group changes is changed.
func (c *change) makes(g fixer.Group) bool {
	return !slices.ContainsFunc(g.Changes, func(x fixer.Change) bool { return !c.made[x] })
}

// original returns a claim about the changed program in places of the program as it was.
func (c *change) original(claim analyzer.Claim) analyzer.Claim {
	claim.Use = c.originalPlace(claim.Use)
	claim.Parts = slices.Clone(claim.Parts)
	for i, p := range claim.Parts {
		claim.Parts[i] = c.originalPlace(p)
	}
	return claim
}

func (c *change) originalPlace(p analyzer.Place) analyzer.Place {
	if m := c.moves[p.File]; m != nil {
		p.Start, p.End, p.At = m.Original(p.Start), m.Original(p.End), m.Original(p.At)
	}
	return p
}

// touching returns the groups that are made and change something in one of the places.
func (c *change) touching(a *analysis, places []analyzer.Place) []int {
	var out []int
	for _, i := range c.groups {
		if slices.ContainsFunc(a.groups[i].Changes, func(x fixer.Change) bool {
			return slices.ContainsFunc(places, func(p analyzer.Place) bool { return p.File == x.File && p.Start <= x.End && x.Start <= p.End })
		}) {
			out = append(out, i)
		}
	}
	return out
}
