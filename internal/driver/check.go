package driver

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// check type-checks the packages whose files are replaced, and those that import them as
// far as the change can matter to them, and returns the errors that were not there before,
// by the replaced file that is to blame: the one they are in, or each one of the package they
// are in or, in a package without any, of those that it imports. The program with the
// replaced files, those that are not Go included, is then that of prog.after.
func (prog *program) check(ctx context.Context, files *workspace.Inventory, overlay map[string][]byte) map[string]error {
	prog.after = nil
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
	if len(touched) == 0 && !prog.texts {
		return nil
	}
	var paths []string
	for _, p := range touched {
		paths = append(paths, workspace.BarePath(p))
	}
	prog.after = prog.checker.Without(paths, func(name string) ([]byte, bool) {
		src, ok := overlay[name]
		return src, ok
	})
	if len(touched) == 0 {
		return nil
	}
	changed := prog.types.Changed(overlay)
	read := func(name string) ([]byte, error) {
		if src, ok := overlay[name]; ok {
			return src, nil
		}
		return disk.Source(name)
	}
	errs := map[string]error{}
	var mu sync.Mutex
	// blame makes replaced files answer for an error.
	blame := func(names []string, err error) {
		for _, name := range names {
			if overlay[name] != nil && errs[name] == nil {
				errs[name] = err
			}
		}
	}
	compare := func(u *workspace.Unit) {
		mu.Lock()
		defer mu.Unlock()
		for name, err := range newErrors(before[u.ID], u.Problems) {
			if overlay[name] != nil {
				blame([]string{name}, err)
			} else {
				blame(u.GoFiles, fmt.Errorf("in %s, %w", filepath.Base(name), err))
			}
		}
	}
	// If ctx ends nothing is written, whatever has been found so far.
	_ = changed.Check(ctx, parts, func(loaded *workspace.Unit) {
		compare(loaded)
		pkg := prog.units[loaded.Path].input(loaded)
		pkg.Source = read
		if err := fault.Catch(func() { prog.after.Add(pkg) }); err != nil {
			mu.Lock()
			defer mu.Unlock()
			blame(loaded.GoFiles, err)
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
					blame(p.GoFiles, err)
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
	slices.SortStableFunc(a.problems, byPlace)
	return nil
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
