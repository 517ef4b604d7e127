package driver

import (
	"fmt"
	"go/parser"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
)

// check type-checks the packages whose files are replaced, and those that
// import them, and returns the errors that were not there before, by the file
// that is to blame: the one they are in or, in a package without a replaced
// file, each replaced file of the packages that it imports.
func (prog *program) check(overlay map[string][]byte) map[string]error {
	errs := map[string]error{}
	replaced := map[string]*types.Package{}
	behind := map[string][]string{} // by package ID: replaced files of it and of what it imports
	for _, u := range prog.all {    // importers last
		own := slices.DeleteFunc(slices.Clone(u.GoFiles), func(name string) bool { return overlay[name] == nil })
		culprits := slices.Clone(own)
		for _, imp := range u.Imports {
			culprits = append(culprits, behind[imp.ID]...)
		}
		if len(culprits) == 0 {
			continue
		}
		slices.Sort(culprits)
		behind[u.ID] = slices.Compact(culprits)
		files := slices.Clone(u.syntax)
		for i, f := range files {
			name := u.Fset.PositionFor(f.FileStart, false).Filename
			src, ok := overlay[name]
			if !ok {
				continue
			}
			parsed, err := parser.ParseFile(u.Fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				errs[name] = err
				continue
			}
			files[i] = parsed
		}
		pkg, after := u.check(files, nil, replaced)
		replaced[u.ID] = pkg
		if len(after) == 0 {
			continue
		}
		_, before := u.check(u.syntax, nil, nil)
		found := newErrors(before, after)
		for _, name := range slices.Sorted(maps.Keys(found)) {
			guilty, err := []string{name}, found[name]
			if len(own) == 0 {
				guilty, err = behind[u.ID], fmt.Errorf("in %s of package %s, %w", filepath.Base(name), u.path, err)
			}
			for _, file := range guilty {
				if errs[file] == nil {
					errs[file] = err
				}
			}
		}
	}
	return errs
}

// newErrors returns the errors of after that before has not, by file. Changes
// do not move lines, but may move columns.
func newErrors(before, after []types.Error) map[string]error {
	type key struct {
		file string
		line int
		msg  string
	}
	keyOf := func(e types.Error) key {
		pos := e.Fset.PositionFor(e.Pos, false)
		return key{pos.Filename, pos.Line, e.Msg}
	}
	old := map[key]int{}
	for _, e := range before {
		old[keyOf(e)]++
	}
	errs := map[string]error{}
	for _, e := range after {
		k := keyOf(e)
		if old[k]--; old[k] < 0 && errs[k.file] == nil {
			errs[k.file] = fmt.Errorf("line %d: %s", k.line, k.msg)
		}
	}
	return errs
}
