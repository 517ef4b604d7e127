package analyzer

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
)

// Recorded answers, golden files, and fixtures whose names are made of the paths of requests
// would have to move with the code that they are for. As long as they stay, so does the code.

// holdFixtures holds the groups back whose data would not move with them, and makes texts that
// are to move as well move with the groups that they are data of.
func (j *judge) holdFixtures() {
	f := j.findFixtures()
	if len(f.data) == 0 {
		return
	}
	for _, group := range j.groups() {
		for _, e := range f.texts(group) {
			unite(group[0], e)
		}
	}
	for _, group := range j.groups() {
		if ev, ok := f.against(group); ok {
			ev.raise()
		}
	}
}

// fixtures are the data that may have to do with the changes, and what joins both.
type fixtures struct {
	*judge
	data    []datum
	imports map[string]map[string]bool // by import path: what a package imports, itself and all behind it included
	owner   map[string]string          // import paths by Go file
	moved   []*endpoint.Rule           // rows whose path below the base changes as well
	edits   map[string][]*edit         // of texts that are no code, by file
}

// findFixtures looks for the data of the packages with changes, and of those that import them.
func (j *judge) findFixtures() *fixtures {
	f := &fixtures{judge: j, imports: j.importing(), owner: map[string]string{}, edits: map[string][]*edit{}}
	for _, pkg := range j.pkgs {
		for _, file := range pkg.Files {
			f.owner[file.Name] = tested(pkg.Path)
		}
	}
	edited := map[string]bool{}
	var files []string
	for _, e := range j.order {
		if name, ok := f.owner[e.lit.File]; ok {
			edited[name] = true
			files = append(files, e.lit.File)
		} else {
			f.edits[e.lit.File] = append(f.edits[e.lit.File], e)
		}
	}
	if len(edited) == 0 {
		return f
	}
	for _, r := range j.table.Rules() {
		if r.Old != "" && r.Old != r.New {
			f.moved = append(f.moved, r)
		}
	}
	sources, owner := f.readers(edited, files)
	f.data = dataOf(sources, func(dir string) string { return owner[dir] }, func(text []byte) bool { return Mentions(text) || f.speaksOfMoved(text) })
	return f
}

// importing says by import path what each package of the program imports, itself and all behind
// it included. An external test is a part of the package that it is for.
func (j *judge) importing() map[string]map[string]bool {
	direct := map[string][]string{}
	for _, pkg := range j.pkgs {
		direct[tested(pkg.Path)] = append(direct[tested(pkg.Path)], pkg.Imports...)
	}
	out := map[string]map[string]bool{}
	for name := range direct {
		all := map[string]bool{name: true}
		for todo := []string{name}; len(todo) > 0; todo = todo[1:] {
			for _, imp := range direct[todo[0]] {
				if !all[imp] {
					all[imp] = true
					todo = append(todo, imp)
				}
			}
		}
		out[name] = all
	}
	return out
}

// readers lists the Go files, by directory, of the packages that are worked on and may read data
// of what some packages do: those, and all that import them. owner has the import paths of the
// directories whose package is in sight.
func (f *fixtures) readers(edited map[string]bool, files []string) (sources map[string][]string, owner map[string]string) {
	sources, owner = map[string][]string{}, map[string]string{}
	for _, pkg := range f.pkgs {
		name := tested(pkg.Path)
		if pkg.Dependency != "" || !slices.ContainsFunc(slices.Collect(maps.Keys(edited)), func(e string) bool { return f.imports[name][e] }) {
			continue
		}
		for _, file := range pkg.Files {
			if dir := filepath.Dir(file.Name); filepath.IsAbs(dir) {
				sources[dir] = append(sources[dir], file.Name)
				owner[dir] = name
			}
		}
	}
	if f.importers != nil {
		for dir, names := range f.importers(files) {
			sources[dir] = names
		}
	}
	return sources, owner
}

// speaksOfMoved reports whether a text has the last fixed segment of a path that changes below
// the base.
func (f *fixtures) speaksOfMoved(text []byte) bool {
	return slices.ContainsFunc(f.moved, func(r *endpoint.Rule) bool {
		segments := strings.FieldsFunc(r.Old, func(c rune) bool { return c == '/' })
		for i := len(segments) - 1; i >= 0; i-- {
			if !strings.HasPrefix(segments[i], "{") {
				return bytes.Contains(text, []byte("/"+segments[i]))
			}
		}
		return true
	})
}

// A motion is what a group moves.
type motion struct {
	paths    map[string]bool // of rows, below the v1 base
	bases    map[string]bool // v1 bases by path, of uses that have no row
	packages map[string]bool // import paths
	literals map[string]bool // values
}

func (f *fixtures) motion(group []*edit) motion {
	m := motion{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, e := range group {
		if name, ok := f.owner[e.lit.File]; ok {
			m.packages[name] = true
			if text, _, err := e.lit.Decode(); err == nil {
				m.literals[text] = true
			}
		}
		for _, v := range e.wants {
			switch {
			case v.use.Use == nil:
			case v.res.Rule != nil:
				m.paths[v.res.Rule.Old] = true
			case v.res.Base != nil:
				m.bases[v.res.Base.Old] = true
			}
			if v.use.Use != nil {
				m.packages[tested(v.use.Package())] = true
			}
		}
	}
	return m
}

// reaches reports whether a result for a text is about what the group moves.
func (m motion) reaches(r endpoint.Result) bool {
	switch {
	case r.Kind == endpoint.NotOurs || r.Kind == endpoint.Current || r.Kind == endpoint.V2Only || r.Kind == endpoint.NoEquivalent:
		return false // it is right where it is, or has no request of the group
	case r.Rule != nil:
		return m.paths[r.Rule.Old] || r.Base != nil && m.bases[r.Base.Old]
	}
	// A base stands for all that is put behind it.
	return len(m.paths) > 0 || r.Base != nil && m.bases[r.Base.Old]
}

// concerns reports whether a package that reads data has to do with the group.
func (f *fixtures) concerns(m motion, d datum) bool {
	if d.by == "" {
		return true
	}
	for name := range m.packages {
		if f.imports[d.by][name] {
			return true
		}
	}
	return false
}

// texts are the edits of data that are to be made with a group.
func (f *fixtures) texts(group []*edit) (out []*edit) {
	m := f.motion(group)
	if len(m.packages) == 0 {
		return nil
	}
	for _, d := range f.data {
		if len(f.edits[d.file]) == 0 || !f.concerns(m, d) {
			continue
		}
		for _, e := range f.edits[d.file] {
			if slices.ContainsFunc(e.wants, func(v *verdict) bool { return m.reaches(v.res) }) {
				out = append(out, e)
			}
		}
	}
	return out
}

// against says whether data that stay spell what a group moves, in their text or in their names.
func (f *fixtures) against(group []*edit) (evidence, bool) {
	m := f.motion(group)
	if len(m.packages) == 0 {
		return evidence{}, false
	}
	code := slices.IndexFunc(group, func(e *edit) bool { return f.owner[e.lit.File] != "" })
	for _, d := range f.data {
		if !f.concerns(m, d) {
			continue
		}
		if why := f.spells(m, d); why != "" {
			name := d.name
			if at := filepath.FromSlash(name); filepath.Join(filepath.Dir(group[code].lit.File), at) != d.file {
				name = path.Join(filepath.Base(strings.TrimSuffix(d.file, string(filepath.Separator)+at)), name)
			}
			return evidence{fixer.Review, group[code], name + ", which the program or its tests read, " + why}, true
		}
	}
	return evidence{}, false
}

// spells says what a datum has of what a group moves, as a predicate of the file; "" if nothing.
func (f *fixtures) spells(m motion, d datum) string {
	if d.why != "" {
		return d.why
	}
	text := string(d.src)
	line := func(at int) int { return 1 + strings.Count(text[:at], "\n") }
	spans := f.table.Loose(text)
	moves := func(from, to int) bool {
		return slices.ContainsFunc(f.edits[d.file], func(e *edit) bool { return from <= e.from && e.to <= to })
	}
	for _, s := range spans {
		if m.reaches(s.Result) && !moves(s.Start, s.End) {
			return fmt.Sprintf("spells %s in line %d and does not move with it", endpoint.Redact(clip(text[s.Start:s.End])), line(s.Start))
		}
	}
	var short [][]int
	if f.speaksOfMoved(d.src) {
		short = shortPath.FindAllStringIndex(text, -1)
	}
	for _, at := range short {
		if at[0] > 0 && (isWord(rune(text[at[0]-1])) || strings.IndexByte("./-~:", text[at[0]-1]) >= 0) ||
			slices.ContainsFunc(spans, func(s endpoint.Span) bool { return s.Start <= at[0] && at[0] < s.End }) {
			continue // it is a part of a longer path
		}
		path := strings.TrimRight(text[at[0]:at[1]], ".,;:!?)]}")
		if r := f.table.MatchRelative("", path); r.Rule != nil && m.paths[r.Rule.Old] && len(r.Edits) > 0 {
			return fmt.Sprintf("spells %s in line %d and does not move with it", endpoint.Redact(clip(path)), line(at[0]))
		}
	}
	// A name that the code spells stays the same, unless what spells it is what moves.
	if d.spoken && !m.literals[d.name] && !m.literals[stem(d.name)] {
		return ""
	}
	if f.named(m, d) {
		return "has a name that is made like a path which moves"
	}
	return ""
}

// named reports whether the name of a file is made like a path that moves, whatever stands for
// its slashes: the base and a path below it, or at the end one that changes there.
func (f *fixtures) named(m motion, d datum) bool {
	words := nameWords(strings.TrimSuffix(d.name, path.Ext(d.name)))
	for _, b := range f.table.Bases() {
		base := nameWords(b.Old)
		if b.Undocumented {
			continue
		}
		for i := range words {
			if !hasPrefix(words[i:], base) {
				continue
			}
			rest := words[i+len(base):]
			if m.bases[b.Old] || slices.ContainsFunc(slices.Collect(maps.Keys(m.paths)), func(p string) bool { return begins(nameWords(p), rest) }) {
				return true
			}
		}
	}
	return !d.listed && slices.ContainsFunc(f.moved, func(r *endpoint.Rule) bool {
		if !m.paths[r.Old] {
			return false
		}
		pattern := nameWords(r.Old)
		for i := range words {
			if len(words)-i == len(pattern) && begins(pattern, words[i:]) {
				return true
			}
		}
		return false
	})
}

// nameWords cuts a name where it is neither letter nor digit; "" stands for a parameter.
func nameWords(name string) (words []string) {
	for segment := range strings.SplitSeq(strings.ToLower(strings.ReplaceAll(name, "%2F", "/")), "/") {
		if strings.HasPrefix(segment, "{") {
			words = append(words, "")
			continue
		}
		words = append(words, strings.FieldsFunc(segment, func(c rune) bool { return !isWord(c) || c == '_' })...)
	}
	return words
}

func isWord(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) }

func hasPrefix(words, prefix []string) bool {
	return len(words) >= len(prefix) && slices.Equal(words[:len(prefix)], prefix)
}

// begins reports whether words begin as a pattern says, in which "" stands for one or more.
func begins(pattern, words []string) bool {
	switch {
	case len(pattern) == 0:
		return true
	case len(words) == 0:
		return false
	case pattern[0] == "":
		return begins(pattern[1:], words[1:]) || begins(pattern, words[1:])
	}
	return pattern[0] == words[0] && begins(pattern[1:], words[1:])
}

// stem is the last element of a path without its extension.
func stem(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }
