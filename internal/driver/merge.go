package driver

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
)

// merge adds the result of a program, as far as it is about packages that the
// patterns name. A place that is found twice is one finding.
func (a *analysis) merge(prog *program, result *analyzer.Result) {
	files, b := prog.byFile, prog.build
	named := func(file string) bool { u := files[file]; return u != nil && u.names(file) || a.texts[file] }
	maps.Copy(a.hash, prog.hash)
	// No pattern for directories reaches a module that replaces another, and what such a one makes
	// a named package send would be said nowhere.
	beyond := func(file string) bool {
		u := files[file]
		return u != nil && u.local && !u.named && u.Module != nil && !u.Module.Main
	}
	sent := map[int]bool{} // groups with text of such modules that named files send
	for _, f := range result.Findings {
		if f.Group >= 0 && beyond(f.Pos.Filename) && f.Touches(named) {
			sent[f.Group] = true
		}
	}

	// The groups, each with its ID here. A build that does not use a text has less of a say
	// than one that does.
	ids := map[int]int{}
	loose := looseGroups(result)
	earlier, own := map[fixer.Change][]int{}, map[fixer.Change]bool{}
	for i, g := range a.groups {
		for _, c := range g.Changes {
			earlier[c] = append(earlier[c], i)
		}
	}
	for _, g := range result.Groups {
		for _, c := range g.Changes {
			own[c] = true
			for _, i := range earlier[c] {
				switch {
				case loose[g.ID] && !a.loose[i]:
					yield(&g, a.groups[i])
				case !loose[g.ID] && a.loose[i]:
					yield(&a.groups[i], g)
					a.loose[i] = false
				}
			}
		}
		if !sent[g.ID] && !slices.ContainsFunc(g.Changes, func(c fixer.Change) bool { return named(c.File) }) {
			continue
		}
		i := slices.IndexFunc(a.groups, func(old fixer.Group) bool { return slices.Equal(old.Changes, g.Changes) })
		if i < 0 {
			i = len(a.groups)
			a.groups, a.loose = append(a.groups, g), append(a.loose, loose[g.ID])
			a.groups[i].ID = i
		} else if g.Applicability > a.groups[i].Applicability {
			a.groups[i].Applicability, a.groups[i].Reason = g.Applicability, g.Reason
		}
		ids[g.ID] = i
	}
	// A change of a file that several configurations build has to be wanted in
	// all of them that have its text in sight: the other uses may need it as it is.
	if len(a.programs) > 0 {
		for i, g := range a.groups {
			for _, c := range g.Changes {
				u := files[c.File]
				switch {
				case !own[c] && u != nil && !u.broken && (prog.checker.Sees(c) || !a.sees(c)):
					a.doubt(i, fmt.Sprintf("the build for %s does not confirm the change of line %d of %s", configuration(b), lineOf(c), filepath.Base(c.File)))
				case own[c] && !a.confirmed[c] && a.unit(c.File) != nil && !a.unit(c.File).broken && !a.unused(c):
					a.doubt(i, fmt.Sprintf("only the build for %s confirms the change of line %d of %s", configuration(b), lineOf(c), filepath.Base(c.File)))
				}
			}
		}
	}
	maps.Copy(a.confirmed, own)
	a.programs = append(a.programs, prog)

	// Two builds may see one text in different ways: what the first one says stands, unless
	// the second is less sure, or the only one that uses it.
	type place struct {
		file       string
		start, end int
	}
	at := func(f analyzer.Finding) place { return place{f.Pos.Filename, f.Pos.Offset, f.End.Offset} }
	seen := map[place]int{}
	for i, f := range a.findings {
		seen[at(f)] = i
	}
	for _, f := range result.Findings {
		if !named(f.Pos.Filename) && !(sent[f.Group] && beyond(f.Pos.Filename)) {
			continue
		}
		if id, ok := ids[f.Group]; ok {
			f.Group = id
		} else {
			f.Group = -1
		}
		i, ok := seen[at(f)]
		if ok && f.Group >= 0 && f.Group == a.findings[i].Group && f.Loose == a.findings[i].Loose {
			f, a.findings[i] = f.Joined(a.findings[i]), a.findings[i].Joined(f)
		}
		switch {
		case !ok:
			a.findings = append(a.findings, f)
		case a.findings[i].Loose != f.Loose && f.Loose:
		case a.findings[i].Loose != f.Loose || f.Applicability > a.findings[i].Applicability:
			a.findings[i] = f
		}
	}
	for _, u := range result.Unsolved {
		for _, u := range toldWhere(u, named) {
			// One text may be part of several uses: the first is enough to look for the others.
			if !slices.ContainsFunc(a.unsolved, func(have analyzer.Unsolved) bool {
				return have.Pos == u.Pos && (have.Reason == u.Reason || have.Of != have.Pos && u.Of != u.Pos)
			}) {
				a.unsolved = append(a.unsolved, u)
			}
		}
	}
}

// toldWhere returns what is said about a use that could not be followed: in named files the use
// itself, and each text that may be a part of what got lost. A text with a finding of its own is
// told only if nothing else is.
func toldWhere(u analyzer.Unsolved, named func(file string) bool) (out []analyzer.Unsolved) {
	if named(u.Pos.Filename) {
		out = append(out, u)
	}
	tell := func(t analyzer.Text) {
		place := fmt.Sprintf("line %d", u.Pos.Line)
		if u.Pos.Filename != t.Pos.Filename {
			place = fmt.Sprintf("%s:%d", filepath.Join(filepath.Base(filepath.Dir(u.Pos.Filename)), filepath.Base(u.Pos.Filename)), u.Pos.Line)
		}
		out = append(out, analyzer.Unsolved{Pos: t.Pos, Of: u.Of, Reason: fmt.Sprintf("this text may be a part of it: at %s, %s", place, u.Reason)})
	}
	for _, t := range u.Texts {
		if !t.Found && named(t.Pos.Filename) {
			tell(t)
		}
	}
	if i := slices.IndexFunc(u.Texts, func(t analyzer.Text) bool { return named(t.Pos.Filename) }); len(out) == 0 && i >= 0 {
		tell(u.Texts[i])
	}
	return out
}

// yield leaves it to another group, which has all changes of this one and knows uses of them,
// whether they are safe. This one is for review for no other reason than that it knows none.
func yield(g *fixer.Group, to fixer.Group) {
	if g.Applicability == fixer.Review && !slices.ContainsFunc(g.Changes, func(c fixer.Change) bool { return !slices.Contains(to.Changes, c) }) {
		g.Applicability, g.Reason = to.Applicability, to.Reason
	}
}

// looseGroups returns the groups with changes of texts that nothing in sight uses, and no others.
func looseGroups(result *analyzer.Result) map[int]bool {
	loose := map[int]bool{}
	for _, f := range result.Findings {
		if was, ok := loose[f.Group]; f.Loose && (was || !ok) {
			loose[f.Group] = true
		} else {
			loose[f.Group] = false
		}
	}
	return loose
}

// unused says whether all builds so far that have the literal of a change know all about it,
// and do not use it.
func (a *analysis) unused(c fixer.Change) bool {
	alone := fixer.Group{Changes: []fixer.Change{c}}
	return !slices.ContainsFunc(a.programs, func(p *program) bool {
		unasked := func(w analyzer.Want) bool { return !p.asked[w] }
		return p.byFile[c.File] != nil && (!p.checker.Unused(c) || slices.ContainsFunc(p.checker.WantsOf(alone), unasked))
	})
}

// sees says whether a change is about a literal.
func (a *analysis) sees(c fixer.Change) bool {
	return slices.ContainsFunc(a.programs, func(p *program) bool { return p.checker.Sees(c) })
}

// doubt makes a group that was safe one for review.
func (a *analysis) doubt(i int, reason string) {
	if a.groups[i].Applicability == fixer.Safe {
		a.groups[i].Applicability, a.groups[i].Reason = fixer.Review, reason
	}
}

// lineOf returns the line of a change in its file as it is on disk.
func lineOf(c fixer.Change) int {
	src, err := disk.Source(c.File)
	if err != nil || c.Start > len(src) {
		return 0
	}
	return bytes.Count(src[:c.Start], []byte("\n")) + 1
}

// unit returns the package of a file, of the current configuration if possible.
func (a *analysis) unit(file string) *unit {
	for _, p := range a.programs {
		if u := p.byFile[file]; u != nil {
			return u
		}
	}
	return nil
}
