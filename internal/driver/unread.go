package driver

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// unread notes that nothing is known of a package because of a mistake of this program.
func (prog *program) unread(u *unit, err error) {
	u.broken, u.unread = true, err.Error()
	prog.problems = append(prog.problems, report.Problem{Package: u.path, Message: err.Error()})
}

// leftOut notes what the checker has left out, and returns what is to be said of it.
func (prog *program) leftOut() (problems []report.Problem) {
	for _, f := range prog.checker.Faults() {
		if f.Package == "" {
			problems = append(problems, report.Problem{Pos: f.File, Message: f.Err.Error()})
			continue
		}
		if u := prog.units[f.Package]; u != nil {
			u.broken, u.unread = true, f.Err.Error()
		}
		problems = append(problems, report.Problem{Package: f.Package, Message: f.Err.Error()})
	}
	return problems
}

// spread replaces patterns that the go command gives up because it cannot read a directory by
// the directories that they match.
func (s *session) spread(patterns []string) []string {
	if len(s.files.Shut()) == 0 {
		return patterns
	}
	var out []string
	for _, pattern := range patterns {
		if !strings.Contains(pattern, wild) && !slices.Contains(sets, pattern) {
			out = append(out, pattern)
			continue
		}
		for _, dir := range s.files.Dirs() {
			mod, path := s.files.Module(filepath.Join(dir, "x.go"))
			if !s.worksOn(mod) || workspace.PassedOver(mod, filepath.Join(dir, "x.go")) != "" {
				continue
			}
			means := s.scope.meansAll(dir)
			if !isPath(pattern) {
				path = strings.TrimSuffix(path+"/"+filepath.ToSlash(relative(mod, dir)), "/.")
				means = slices.Contains(sets, pattern) || likeness(pattern).MatchString(path)
			}
			if known := s.env.spelled(dir); means && !slices.Contains(out, known) {
				out = append(out, known)
			}
		}
	}
	return out
}

// shut says that a directory was not looked at, once.
func (s *session) shut(a *analysis, dir string, err error) {
	u := report.Unchecked{Name: s.name(dir), Reason: disk.Reason(err)}
	if !slices.Contains(a.unchecked, u) {
		a.unchecked = append(a.unchecked, u)
	}
}

// unparsed parses the files of the packages that the patterns name, as far as they have not
// been looked at: one that does not parse may take part in what the others do. If no file in
// sight holds text of the API, there is nothing to take part in, and a clean tree costs no more
// than to read it.
func (s *session) unparsed(ctx context.Context, a *analysis, list *workspace.Listing) error {
	if len(s.files.Hits()) == 0 {
		return ctx.Err()
	}
	for _, dir := range slices.Sorted(maps.Keys(s.files.Shut())) {
		if s.scope.meansAll(dir) {
			s.shut(a, dir, s.files.Shut()[dir])
		}
	}
	named := s.namedIn(list)
	prog := a.programs[0]
	var pkgs []*packages.Package
	owner := map[string]string{}
	for _, path := range slices.Sorted(maps.Keys(named)) {
		for _, variant := range []string{path, path + "_test"} {
			if p := list.Largest(variant); p != nil && (prog.units[variant] == nil || prog.units[variant].part.bodies != nil) {
				pkgs = append(pkgs, p)
				for _, file := range p.GoFiles {
					owner[file] = workspace.BarePath(p)
				}
			}
		}
	}
	known := map[string]bool{} // files with a problem
	for _, p := range a.problems {
		file, _ := splitPos(p.Pos)
		known[file] = true
	}
	if !s.parsed {
		done := s.stage("parse")
		s.syntax = workspace.SyntaxErrors(ctx, pkgs)
		s.parsed = true // what this run writes parses
		done("%s, %s with errors", count(len(pkgs), "package"), count(len(s.syntax), "file"))
	}
	for _, e := range s.syntax {
		// A file may be gone by now, or part of what is looked at.
		if file, _ := splitPos(e.Pos); !known[file] && owner[file] != "" {
			known[file] = true
			if u := a.unit(file); u != nil {
				u.broken = true
				if u.syntax == nil {
					u.syntax = map[string]bool{}
				}
				u.syntax[file] = true
			}
			a.problems = append(a.problems, report.Problem{Package: owner[file], Pos: e.Pos, Message: e.Msg})
		}
	}
	slices.SortStableFunc(a.problems, byPlace)
	return ctx.Err()
}

// doubtUnread doubts the groups whose text may meet what has not been looked at, or not as a
// whole: files that do not parse, packages that do not compile, and what this program failed
// at. What the pieces that are known do with it is not all. Groups that change such a package
// itself are refused for that reason.
func (s *session) doubtUnread(a *analysis) {
	reported := map[string]bool{} // files with a problem
	for _, p := range a.problems {
		file, _ := splitPos(p.Pos)
		reported[file] = true
	}
	for _, prog := range a.programs {
		for _, path := range slices.Sorted(maps.Keys(prog.units)) {
			u := prog.units[path]
			if !u.broken {
				continue
			}
			why := u.unread
			if why == "" {
				why = fmt.Sprintf("package %s does not compile", u.path)
			}
			for _, file := range u.GoFiles {
				if s.files.Err(file) == nil {
					s.doubtUsers(a, prog, file, why, u.GoFiles)
				}
			}
		}
	}
	for _, file := range s.files.Hits() {
		err := s.files.Err(file)
		if err == nil {
			continue
		}
		for _, prog := range a.programs {
			if p := prog.owner(file); p != nil && (workspace.IsLocal(p) || prog.named[workspace.ListPath(p)]) {
				s.doubtReachable(a, prog, p, file, disk.Reason(err))
				if !reported[file] {
					reported[file] = true
					a.unchecked = append(a.unchecked, report.Unchecked{Name: s.name(file), Reason: disk.Reason(err)})
				}
			}
		}
	}
}

// owner returns the package that a file belongs to, nil if the build leaves it out.
func (prog *program) owner(file string) *packages.Package {
	for _, p := range prog.list.All() {
		if slices.Contains(p.GoFiles, file) {
			return p
		}
	}
	return nil
}

// doubtReachable doubts the groups whose text a file may meet that cannot be read: by what its
// package imports, as that is all there is to go by.
func (s *session) doubtReachable(a *analysis, prog *program, p *packages.Package, file, why string) {
	near := map[string]bool{}
	linked := s.files.Linked(file)
	for i, g := range a.groups {
		if g.Applicability != fixer.Safe || !slices.ContainsFunc(g.Changes, func(c fixer.Change) bool { return linked(c.File) }) {
			continue
		}
		for _, m := range prog.mentionsOf(i, g) {
			_, known := near[m.Package]
			if !known {
				near[m.Package] = m.Package == "" || m.Package == workspace.ListPath(p) || prog.list.Reaches(p, m.Package)
			}
			if near[m.Package] || m.Form == workspace.Spelled || m.Form == workspace.Received {
				a.doubt(i, fmt.Sprintf("%s may use %s and could not be looked at: %s", s.name(file), m.Name, why))
				break
			}
		}
	}
}
