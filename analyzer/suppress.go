package analyzer

import (
	"fmt"
	"go/token"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// suppress takes the findings out that a comment in the source answers for, and reports
// the comments that answer for nothing or say no reason. A literal that is to stay as it
// is holds its whole group back.
func (j *judge) suppress(res *Result) {
	at := map[string][]*equation.Ignore{} // by file
	used := map[*equation.Ignore]bool{}
	for _, pkg := range j.pkgs {
		for i := range pkg.Ignores {
			ig := &pkg.Ignores[i]
			name := pkg.Files[ig.Pos.File].Name
			at[name] = append(at[name], ig)
		}
	}
	if len(at) == 0 {
		return
	}
	stays := map[int]token.Position{}
	res.Findings = slices.DeleteFunc(res.Findings, func(f Finding) bool {
		for _, ig := range at[f.Pos.Filename] {
			if f.Pos.Line < ig.First || ig.Last < f.Pos.Line {
				continue
			}
			if ig.Rule != f.Rule && ig.Rule != "" || ig.Reason == "" && ig.Rule != "" {
				continue
			}
			used[ig] = true
			if f.Group >= 0 {
				stays[f.Group] = f.Pos
			}
			return true
		}
		return false
	})
	for i := range res.Groups {
		g := &res.Groups[i]
		pos, ok := stays[g.ID]
		if !ok {
			continue
		}
		g.Applicability, g.Reason = fixer.Manual, fmt.Sprintf("held back: a comment keeps line %d of %s as it is", pos.Line, shortFile(pos.Filename, pos.Filename))
		for k := range res.Findings {
			if f := &res.Findings[k]; f.Group == g.ID && f.Applicability != fixer.Manual {
				*f = f.Judged(fixer.Manual, g.Reason)
			}
		}
	}
	for _, pkg := range j.pkgs {
		for i := range pkg.Ignores {
			ig := &pkg.Ignores[i]
			if used[ig] || ig.Rule == "" {
				continue // //nolint is judged by golangci-lint
			}
			what := "answers for no finding of " + ig.Rule + " on its line or in what begins on the next"
			if ig.Reason == "" {
				what = "gives no reason: write //orbitmigrate:ignore RULE REASON"
			}
			pos := token.Position{Filename: pkg.Files[ig.Pos.File].Name, Line: ig.Pos.Line, Column: ig.Pos.Column, Offset: ig.Pos.Offset}
			message := "the comment //orbitmigrate:ignore " + what
			claim := Claim{Rule: "orbit-ignore", Parts: []Place{spotOf(pos)}, Group: -1}
			res.Claims = append(res.Claims, claim)
			res.Findings = append(res.Findings, Finding{Rule: "orbit-ignore", Pos: pos, End: pos, Group: -1, Applicability: fixer.Manual, Reason: message, Message: message,
				via: []token.Position{pos}, Claims: []Claim{claim},
				say: func(string, fixer.Applicability, string) string { return message }})
		}
	}
}
