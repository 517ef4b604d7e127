package driver

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// check type-checks the packages whose files are replaced, and those that import them as
// far as the change can matter to them, and returns the errors that were not there before,
// by the file that is to blame: the one they are in or, in a package without a replaced file,
// each replaced file of the packages that it imports.
func (prog *program) check(ctx context.Context, files *workspace.Inventory, overlay map[string][]byte) map[string]error {
	var touched []*packages.Package
	var parts []workspace.Part
	before := map[string][]packages.Error{} // by ID
	for _, u := range prog.units {
		if slices.ContainsFunc(u.GoFiles, func(name string) bool { return overlay[name] != nil }) {
			touched = append(touched, u.Package)
			part := u.part.of(u.Package)
			part.Whole = true
			parts = append(parts, part)
			before[u.ID] = u.errors
		}
	}
	if len(touched) == 0 {
		return nil
	}
	changed := prog.types.Changed(overlay)
	var paths []string
	for _, p := range touched {
		paths = append(paths, workspace.BarePath(p))
	}
	prog.after = prog.checker.Without(paths)
	read := func(name string) ([]byte, error) {
		if src, ok := overlay[name]; ok {
			return src, nil
		}
		return os.ReadFile(name)
	}
	errs := map[string]error{}
	var mu sync.Mutex
	compare := func(u *workspace.Unit) {
		mu.Lock()
		defer mu.Unlock()
		for name, err := range newErrors(before[u.ID], u.Problems) {
			if errs[name] == nil {
				errs[name] = err
			}
		}
	}
	// If ctx ends nothing is written, whatever has been found so far.
	_ = changed.Check(ctx, parts, func(loaded *workspace.Unit) {
		compare(loaded)
		pkg := prog.units[loaded.Path].input(loaded)
		pkg.Source = read
		if err := guard(func() { prog.after.Add(pkg) }); err != nil {
			mu.Lock()
			defer mu.Unlock()
			errs[loaded.GoFiles[0]] = err
		}
	})
	// Of what literals spell, importers see nothing but the values of constants.
	var mentions []workspace.Mention
	for _, p := range touched {
		if slices.ContainsFunc(p.GoFiles, func(name string) bool { return errs[name] != nil }) {
			continue // what it declares is not certain, and it goes back anyway
		}
		for _, name := range prog.types.Differing(ctx, changed, p) {
			mentions = append(mentions, workspace.Mention{Form: workspace.Qualified, Package: workspace.ListPath(p), Name: name})
		}
	}
	var dependents []workspace.Part
	for _, path := range slices.Sorted(maps.Keys(files.Mentioning(mentions))) {
		for _, variant := range []string{path, path + "_test"} {
			if p := prog.list.Largest(variant); p != nil && !slices.Contains(touched, p) {
				dependents = append(dependents, workspace.Part{Package: p})
			}
		}
	}
	if len(dependents) > 0 {
		_ = prog.types.Check(ctx, dependents, func(u *workspace.Unit) {
			mu.Lock()
			defer mu.Unlock()
			before[u.ID] = u.Problems
		})
		// The error is where nothing changes: what is to blame is what the package imports.
		_ = changed.Check(ctx, dependents, func(u *workspace.Unit) {
			mu.Lock()
			defer mu.Unlock()
			for name, err := range newErrors(before[u.ID], u.Problems) {
				err = fmt.Errorf("in %s of package %s, %w", filepath.Base(name), u.Path, err)
				for _, p := range touched {
					if !prog.list.Reaches(u.Package, workspace.ListPath(p)) {
						continue
					}
					for _, file := range p.GoFiles {
						if overlay[file] != nil && errs[file] == nil {
							errs[file] = err
						}
					}
				}
			}
		})
	}
	return errs
}

// complete checks the packages that groups would change as a whole, where only parts of them
// have been looked at: what does not compile is not changed.
func (a *analysis) complete(ctx context.Context) error {
	files := map[string]bool{}
	for _, g := range a.groups {
		for _, c := range g.Changes {
			files[c.File] = true
		}
	}
	for _, prog := range a.programs {
		var parts []workspace.Part
		for _, path := range slices.Sorted(maps.Keys(prog.units)) {
			u := prog.units[path]
			if !u.complete && u.local && slices.ContainsFunc(u.GoFiles, func(name string) bool { return files[name] }) {
				u.complete = true
				if u.part.bodies != nil {
					parts = append(parts, workspace.Part{Package: u.Package})
				}
			}
		}
		if len(parts) == 0 {
			continue // nothing more to know
		}
		var mu sync.Mutex
		if err := prog.types.Check(ctx, parts, func(loaded *workspace.Unit) {
			mu.Lock()
			defer mu.Unlock()
			u := prog.units[loaded.Path]
			u.errors, u.broken = loaded.Problems, len(loaded.Problems) > 0
		}); err != nil {
			return err
		}
		for _, p := range prog.complaints() {
			if !slices.Contains(prog.problems, p) && !slices.Contains(a.problems, p) {
				a.problems = append(a.problems, p)
			}
		}
	}
	return nil
}

// settle solves the planned program once more and takes out the groups whose result does not
// hold: nothing may be found that was not found before, and what is fixed may not be found
// again.
func (s *session) settle(ctx context.Context, a *analysis, plan *fixer.Plan) (*fixer.Plan, error) {
	for range maxRounds {
		done := s.stage("verify")
		applied := map[int]bool{}
		for _, o := range plan.Outcomes() {
			applied[o.Group] = o.Status == fixer.Applied
		}
		wrong := map[int]string{}
		for _, p := range a.programs {
			if p.after != nil {
				if err := guard(func() { a.unsettled(p, applied, wrong) }); err != nil {
					return nil, err
				}
			}
		}
		done("%s taken out", count(len(wrong), "group"))
		if len(wrong) == 0 {
			return plan, ctx.Err()
		}
		for i, reason := range wrong {
			a.groups[i].Applicability, a.groups[i].Reason = fixer.Manual, reason
		}
		var err error
		if plan, err = s.plan(ctx, a); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("internal error, please report it: the changed program differs from what was planned, however much is taken out; nothing was written")
}

// unsettled adds the groups that are to blame for findings of the changed program that should
// not be there, with the reason.
func (a *analysis) unsettled(prog *program, applied map[int]bool, wrong map[int]string) {
	type key struct{ file, rule, old string }
	left := map[key]int{}
	for _, f := range prog.result.Findings {
		i := a.groupOf(prog, f)
		if i < 0 || !applied[i] {
			left[key{f.Pos.Filename, f.Rule, f.Old}]++
		}
	}
	for _, f := range prog.after.Result().Findings {
		k := key{f.Pos.Filename, f.Rule, f.Old}
		if left[k]--; left[k] >= 0 {
			continue
		}
		reason := fmt.Sprintf("held back: with the change, %s:%d would be: %s", filepath.Base(f.Pos.Filename), f.Pos.Line, f.Message)
		blame := func(guilty func(fixer.Change) bool) (found bool) {
			for i, g := range a.groups {
				if applied[i] && slices.ContainsFunc(g.Changes, guilty) {
					wrong[i], found = reason, true
				}
			}
			return found
		}
		if blame(func(c fixer.Change) bool { return c.File == f.Pos.Filename }) ||
			blame(func(c fixer.Change) bool { return filepath.Dir(c.File) == filepath.Dir(f.Pos.Filename) }) {
			continue
		}
		blame(func(fixer.Change) bool { return true })
	}
}

// groupOf is the group of a program's own finding among those of the analysis, or -1.
func (a *analysis) groupOf(prog *program, f analyzer.Finding) int {
	for _, g := range prog.result.Groups {
		if g.ID == f.Group {
			return slices.IndexFunc(a.groups, func(have fixer.Group) bool { return slices.Equal(have.Changes, g.Changes) })
		}
	}
	return -1
}

// newErrors returns the errors of after that before has not, by file. A change may move
// lines and columns, so errors are told apart by what they say.
func newErrors(before, after []packages.Error) map[string]error {
	type key struct{ file, msg string }
	keyOf := func(e packages.Error) (k key, line string) {
		file, line := splitPos(e.Pos)
		return key{file, e.Msg}, line
	}
	old := map[key]int{}
	for _, e := range before {
		k, _ := keyOf(e)
		old[k]++
	}
	errs := map[string]error{}
	for _, e := range after {
		k, line := keyOf(e)
		if old[k]--; old[k] < 0 && errs[k.file] == nil {
			errs[k.file] = fmt.Errorf("line %s: %s", line, k.msg)
		}
	}
	return errs
}

// splitPos divides "file:line:column" or "file:line".
func splitPos(pos string) (file, line string) {
	m := positionPattern.FindStringSubmatch(pos)
	if m == nil {
		return pos, "?"
	}
	return m[1], m[2]
}

var positionPattern = regexp.MustCompile(`^(.*?):(\d+)(?::\d+)?$`)
