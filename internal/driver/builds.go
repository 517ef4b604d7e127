package driver

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	gobuild "go/build"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"math/bits"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// otherBuilds looks at what the current build configuration leaves out.
func (s *session) otherBuilds(ctx context.Context, a *analysis, list *workspace.Listing) error {
	listed := map[string]bool{}
	foreign := map[string]string{} // files of dependencies that somebody has asked about: the module
	many := slices.ContainsFunc(s.scope.patterns, func(pattern string) bool { return slices.Contains(sets, pattern) })
	for _, p := range list.All() {
		for _, name := range p.GoFiles {
			listed[name] = true
			if p.Module != nil && !workspace.IsLocal(p) && !many && s.scope.spelled(name) {
				foreign[name] = p.Module.Path
			}
		}
	}
	skip := func(name string) bool {
		return listed[name]
	}

	// Files with text of the API, by the configuration that includes them.
	var requests []*request
	modules := map[string]int{} // nested ones, with the number of their files
	unchecked := func(name, why string, unbuilt bool) {
		a.unchecked = append(a.unchecked, report.Unchecked{Name: s.name(name), Reason: why, Unbuilt: unbuilt})
	}
	for _, name := range s.files.Hits() {
		if mod := foreign[name]; mod != "" {
			unchecked(name, fmt.Sprintf("it is of the dependency %s, which is never changed from here; run orbitmigrate in that module, or get a version of it that calls v2", mod), false)
		}
		// Outside of modules there is nothing that finds the rest of a package.
		if skip(name) || !s.scope.means(name) && !s.scope.loose[filepath.Dir(name)] {
			continue
		}
		if err := s.files.Err(name); err != nil {
			unchecked(name, disk.Reason(err), false)
			continue
		}
		mod, _ := s.files.Module(name)
		if mod != "" && !s.worksOn(mod) {
			modules[mod]++
			continue
		}
		if mod != "" {
			// The go command passes such directories over without a word.
			below := filepath.ToSlash(relative(mod, filepath.Dir(name)))
			if err := module.CheckImportPath(path.Join("m", below)); err != nil {
				unchecked(name, "the go command takes no package in a directory of this name: rename it", false)
				continue
			}
		}
		req, err := s.buildFor(name, mod, s.build())
		if err != nil {
			unchecked(name, err.Error(), errors.As(err, new(*unbuiltError)))
			continue
		}
		requests = merged(requests, req)
	}
	for mod, patterns := range s.scope.apart {
		if s.nested && modules[mod] > 0 || slices.Contains(patterns, "./...") {
			s.scope.apart[mod] = []string{"./..."} // as a whole, and once
			delete(modules, mod)
		}
	}
	for _, mod := range slices.Sorted(maps.Keys(modules)) {
		if s.nested && slices.ContainsFunc(s.around(mod), func(above string) bool { return modules[above] > 0 }) {
			continue // comes with the one that it is in
		}
		if work := s.workspaceAt(mod); s.nested && work != "" {
			s.scope.apart[work] = []string{"./..."} // with the modules that it uses beside this one
			continue
		}
		if err := s.nestedModule(ctx, a, mod, modules[mod]); err != nil {
			return err
		}
	}
	for _, mod := range slices.Sorted(maps.Keys(s.scope.apart)) {
		if err := s.inModule(ctx, a, mod, s.scope.apart[mod]); err != nil {
			return err
		}
	}
	// Files that name nothing are looked at as well if a build leaves them out and text of the
	// API may meet what they mention: they may need text as it is that is about to change.
	tried := map[string]bool{}
	if a.start.open {
		// Nothing in sight asks for those that are named, so they ask themselves.
		reaching := s.files.Reaching(s.files.Hits())
		for _, name := range s.files.All() {
			if s.scope.means(name) && !listed[name] && reaching(name) {
				a.programs[0].left[name] = true
			}
		}
	}
	for i := 0; i < len(a.programs); i++ { // a look at some may lead to others
		prog := a.programs[i]
		for _, name := range slices.Sorted(maps.Keys(prog.left)) {
			mod, _ := s.files.Module(name)
			if tried[name] || skip(name) || a.unit(name) != nil || mod != "" && (!s.worksOn(mod) || workspace.PassedOver(mod, name) != "") {
				continue
			}
			if i > 0 && s.included(name) {
				continue // the current build has it, and nothing there asks for it
			}
			tried[name] = true
			req, err := s.buildFor(name, mod, prog.build)
			if err != nil {
				s.doubtUsers(a, prog, name, err.Error(), nil)
				continue
			}
			req.files, req.users = nil, req.files
			requests = merged(requests, req)
		}
		for _, req := range requests {
			missed, err := s.otherBuild(ctx, a, req)
			if err != nil {
				return err
			}
			for _, name := range req.files {
				if why := missed[name]; why != "" {
					unchecked(name, why, false)
				}
			}
			for _, name := range req.users {
				if why := missed[name]; why != "" {
					s.doubtUsers(a, prog, name, why, nil)
				}
			}
		}
		requests = nil
	}
	return nil
}

// around returns the directories of the modules that the directory of a module is in.
func (s *session) around(mod string) (dirs []string) {
	for dir := s.files.Above(mod); dir != ""; dir = s.files.Above(dir) {
		dirs = append(dirs, dir)
	}
	return dirs
}

// configure sets the platform of a build.
func (s *session) configure(ctxt *gobuild.Context, b workspace.Build) {
	ctxt.GOOS, ctxt.GOARCH, ctxt.CgoEnabled = s.env.GOOS, s.env.GOARCH, s.env.CGO_ENABLED == "1"
	if b.GOOS != "" {
		ctxt.GOOS, ctxt.GOARCH, ctxt.CgoEnabled = b.GOOS, b.GOARCH, false
	}
	ctxt.CgoEnabled = ctxt.CgoEnabled || b.Cgo
}

// included says whether the current build configuration includes a file.
func (s *session) included(file string) bool {
	ctxt := gobuild.Default
	s.configure(&ctxt, s.build())
	ctxt.BuildTags = tagList(s.build().Tags)
	ok, err := ctxt.MatchFile(filepath.Dir(file), filepath.Base(file))
	return ok && err == nil
}

// doubtUsers doubts the groups whose text may meet what a file spells that could not be looked at,
// except those that change one of some files, and those of programs that never hold the file.
func (s *session) doubtUsers(a *analysis, prog *program, file, why string, except []string) {
	linked := s.files.Linked(file)
	concerned := func(g fixer.Group) bool {
		return g.Applicability == fixer.Safe &&
			!slices.ContainsFunc(g.Changes, func(c fixer.Change) bool { return slices.Contains(except, c.File) }) &&
			slices.ContainsFunc(g.Changes, func(c fixer.Change) bool { return linked(c.File) })
	}
	var all []workspace.Mention
	for i, g := range a.groups {
		if concerned(g) {
			all = append(all, prog.mentionsOf(i, g)...)
		}
	}
	if _, ok := s.files.Mentioned(file, all); !ok {
		return // as a rule
	}
	for i, g := range a.groups {
		if !concerned(g) {
			continue
		}
		if m, ok := s.files.Mentioned(file, prog.mentionsOf(i, g)); ok {
			a.doubt(i, fmt.Sprintf("%s may use %s and could not be looked at: %s", s.name(file), m.Name, why))
		}
	}
}

// mentionsOf says by what source may meet the text of a group, which is the i-th.
func (prog *program) mentionsOf(i int, g fixer.Group) []workspace.Mention {
	mentions, known := prog.meets[i]
	if !known {
		mentions, _ = prog.mentions(prog.checker.WantsOf(g))
		prog.meets[i] = mentions
	}
	return mentions
}

// A request is a look at files that the current build configuration leaves out, in one
// that includes them.
type request struct {
	build    workspace.Build
	patterns []string
	alone    bool     // the patterns are files
	files    []string // that name the API
	users    []string // that may meet text of it
}

// merged adds a request to others: to one for the same configuration, if there is one.
func merged(all []*request, r *request) []*request {
	for _, have := range all {
		if have.build != r.build || (have.alone || r.alone) && !slices.Equal(have.patterns, r.patterns) {
			continue
		}
		have.files, have.users = append(have.files, r.files...), append(have.users, r.users...)
		for _, p := range r.patterns {
			if !slices.Contains(have.patterns, p) {
				have.patterns = append(have.patterns, p)
			}
		}
		return all
	}
	return append(all, r)
}

// otherBuild adds the packages in a build configuration that includes files, and says
// of each that was not included after all why. If the package of a file does not compile
// there, that is a problem of the run if the file names the API, and else such a reason.
func (s *session) otherBuild(ctx context.Context, a *analysis, req *request) (missed map[string]string, err error) {
	missed = map[string]string{}
	files := slices.Concat(req.files, req.users)
	list, err := workspace.List(ctx, s.listing(req.build), req.patterns)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, name := range files {
			missed[name] = fmt.Sprintf("loading for %s: %v", configuration(req.build), err)
		}
		return missed, nil
	}
	paths := map[string]bool{}
	for _, p := range list.Roots() {
		if slices.ContainsFunc(files, func(name string) bool { return slices.Contains(p.GoFiles, name) }) {
			paths[workspace.ListPath(p)] = true
		}
	}
	for _, path := range evidence(list) {
		paths[path] = true
	}
	// The text of the API may come from elsewhere, so these are of interest as a whole. What
	// names nothing may pass on what others give it, so all that there is has to be in sight.
	start := seed{whole: slices.Sorted(maps.Keys(paths)), focus: func(path string) bool { return paths[path] }}
	if len(req.users) > 0 {
		// Of these, what the files import; whoever gives them text besides is asked for.
		part := func(path string) bool { return list.Largest(path) != nil }
		start.parts = maps.Clone(a.start.parts)
		maps.DeleteFunc(start.parts, func(path string, _ []workspace.Body) bool { return !part(path) })
		start.whole = append(start.whole, slices.DeleteFunc(slices.Clone(a.start.whole), func(path string) bool { return !part(path) })...)
	}
	prog, err := s.demand(ctx, list, start)
	if err != nil {
		return nil, err
	}
	for i, name := range files {
		must := i < len(req.files)
		u := prog.byFile[name]
		if u == nil {
			missed[name] = fmt.Sprintf("a load for %s did not include it", configuration(req.build))
			continue
		}
		if mod, _ := s.files.Module(name); mod != "" && workspace.PassedOver(mod, name) != "" && !s.scope.spelled(name) {
			a.passed[name] = true
		}
		if u.broken && !must {
			missed[name] = fmt.Sprintf("package %s does not compile for %s", u.path, configuration(req.build))
		}
		// Other packages may well not be meant for that configuration.
		for _, p := range prog.problems {
			if p.Package == u.path && must {
				known := slices.ContainsFunc(a.problems, func(have report.Problem) bool {
					path, _, _ := strings.Cut(have.Package, " (")
					return path == p.Package && have.Pos == p.Pos && have.Message == p.Message
				})
				if text := req.build.String(); text != "" {
					p.Package += " (" + text + ")"
				}
				if !known {
					a.problems = append(a.problems, p)
				}
			}
		}
	}
	return missed, s.add(a, prog, nil)
}

// configuration names a build configuration in a sentence.
func configuration(b workspace.Build) string {
	return cmp.Or(b.String(), "the current build configuration")
}

// nestedModule looks at the packages of a module below the directory of the run, if that is
// wanted, and else says that it did not.
func (s *session) nestedModule(ctx context.Context, a *analysis, dir string, files int) error {
	if !s.nested {
		verb := "files name"
		if files == 1 {
			verb = "file names"
		}
		a.unchecked = append(a.unchecked, report.Unchecked{
			Name:   s.name(filepath.Join(dir, "go.mod")),
			Reason: fmt.Sprintf("%d %s the API in this nested module, which is not part of the run; use -nested, or run in its directory", files, verb),
		})
		return nil
	}
	err := s.inModule(ctx, a, dir, []string{"./..."})
	if err != nil && ctx.Err() == nil {
		a.unchecked = append(a.unchecked, report.Unchecked{Name: s.name(filepath.Join(dir, "go.mod")), Reason: err.Error()})
		return nil
	}
	return err
}

// inModule adds what there is to find in a module that is not a main one, as a run in its
// directory would find it.
func (s *session) inModule(ctx context.Context, a *analysis, dir string, patterns []string) error {
	c := *s.config
	c.dir, c.patterns = dir, patterns
	sub := &session{config: &c, stderr: s.stderr, progress: s.progress, from: cmp.Or(s.from, s.dir), interlock: s.interlock, hook: s.hook, scratch: s.scratch}
	var err error
	if sub.env, err = readGoEnv(ctx, dir); err != nil {
		return err
	}
	inner, err := sub.analyse(ctx)
	if err != nil {
		return err
	}
	a.absorb(inner)
	return nil
}

// absorb adds the analysis of another module.
func (a *analysis) absorb(inner *analysis) {
	first := len(a.groups)
	for _, g := range inner.groups {
		g.ID += first
		a.groups = append(a.groups, g)
	}
	a.loose = append(a.loose, inner.loose...)
	for _, f := range inner.findings {
		if f.Group >= 0 {
			f.Group += first
		}
		a.findings = append(a.findings, f)
	}
	for _, prog := range inner.programs {
		clear(prog.meets) // by IDs that the groups have lost
	}
	a.programs = append(a.programs, inner.programs...)
	a.unsolved = append(a.unsolved, inner.unsolved...)
	a.problems = append(a.problems, inner.problems...)
	a.unchecked = append(a.unchecked, inner.unchecked...)
	maps.Copy(a.hash, inner.hash)
	maps.Copy(a.texts, inner.texts)
	maps.Copy(a.passed, inner.passed)
	maps.Copy(a.confirmed, inner.confirmed)
}

// platforms are tried in this order, after the one of the environment.
var platforms = [...]struct{ os, arch string }{
	{"linux", "amd64"}, {"windows", "amd64"}, {"darwin", "arm64"}, {"linux", "arm64"}, {"freebsd", "amd64"},
	{"openbsd", "amd64"}, {"netbsd", "amd64"}, {"dragonfly", "amd64"}, {"solaris", "amd64"}, {"illumos", "amd64"},
	{"aix", "ppc64"}, {"plan9", "amd64"}, {"js", "wasm"}, {"wasip1", "wasm"}, {"android", "arm64"}, {"ios", "arm64"},
	{"darwin", "amd64"}, {"windows", "arm64"}, {"windows", "386"}, {"linux", "386"}, {"linux", "arm"},
	{"linux", "loong64"}, {"linux", "mips"}, {"linux", "mipsle"}, {"linux", "mips64"}, {"linux", "mips64le"},
	{"linux", "ppc64"}, {"linux", "ppc64le"}, {"linux", "riscv64"}, {"linux", "s390x"},
}

const maxTags = 4 // of one constraint, not counting those of platforms and releases

// buildFor returns a request in which a file that a build leaves out is built, as near to
// that build as can be. It fails if none of those that are tried includes the file. module is
// the directory of its module, if it has one.
func (s *session) buildFor(file, module string, from workspace.Build) (*request, error) {
	src, err := disk.Source(file)
	if err != nil {
		return nil, err
	}
	req := &request{build: from, patterns: []string{s.env.spelled(filepath.Dir(file))}, files: []string{file}}
	base := tagList(req.build.Tags)
	extra := constraintTags(src)
	extra = slices.DeleteFunc(extra, func(tag string) bool { return platformTag(tag) || slices.Contains(base, tag) })
	if len(extra) > maxTags {
		return nil, &unbuiltError{fmt.Sprintf("its build constraint has more than %d tags", maxTags)}
	}
	sets := make([]uint, 1<<len(extra)) // of tags, those with fewer first
	for i := range sets {
		sets[i] = uint(i)
	}
	slices.SortStableFunc(sets, func(a, b uint) int { return bits.OnesCount(a) - bits.OnesCount(b) })

	ctxt := gobuild.Default
	ctxt.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(src)), nil }
	cgo := importsC(file, src)
	includes := func(tags []string) bool {
		ctxt.BuildTags = tags
		ok, err := ctxt.MatchFile(filepath.Dir(file), filepath.Base(file))
		return ok && err == nil && (!cgo || ctxt.CgoEnabled)
	}
	for i := range 2 * (len(platforms) + 1) {
		if i >= 2 {
			req.build.GOOS, req.build.GOARCH = platforms[i/2-1].os, platforms[i/2-1].arch
		}
		req.build.Cgo = i%2 == 1 || i == 0 && from.Cgo
		s.configure(&ctxt, req.build)
		for _, set := range sets {
			tags := slices.Clone(base)
			for bit, tag := range extra {
				if set&(1<<bit) != 0 {
					tags = append(tags, tag)
				}
			}
			if !includes(tags) {
				continue
			}
			req.build.Tags = strings.Join(tags, ",")
			switch {
			case module == "" || workspace.PassedOver(module, file) != "":
				// Directories that no pattern reaches are packages all the same.
				req.alone, req.patterns = true, s.siblings(file, src, &ctxt)
			case alone(file, src, tags):
				req.alone, req.patterns = true, []string{file}
			}
			return req, nil
		}
	}
	return nil, &unbuiltError{"no build configuration that was tried includes it"}
}

// An unbuiltError says why no build configuration is known in which a file is built.
type unbuiltError struct{ text string }

func (e *unbuiltError) Error() string { return e.text }

// importsC says whether a source needs cgo.
func importsC(file string, src []byte) bool {
	f, _ := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
	return f != nil && slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
}

// siblings returns the files that make up the package of a file in its directory, sorted.
func (s *session) siblings(file string, src []byte, ctxt *gobuild.Context) []string {
	var out []string
	name := packageName(file, src)
	open := ctxt.OpenFile
	ctxt.OpenFile = nil
	defer func() { ctxt.OpenFile = open }()
	for _, other := range s.files.Files(filepath.Dir(file)) {
		ok, err := ctxt.MatchFile(filepath.Dir(other), filepath.Base(other))
		if other == file || ok && err == nil && packageName(other, nil) == name && strings.HasSuffix(other, "_test.go") == strings.HasSuffix(file, "_test.go") {
			out = append(out, other)
		}
	}
	return out
}

// alone says whether a file, built with the tags, is not part of the package
// in its directory but a program of its own, such as those that "go run" is
// given by name.
func alone(file string, src []byte, tags []string) bool {
	if slices.Contains(tags, "ignore") {
		return true
	}
	name := packageName(file, src)
	if name != "main" {
		return false
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		return false
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".go" && !strings.HasSuffix(e.Name(), "_test.go") && !strings.HasPrefix(e.Name(), "_") && !strings.HasPrefix(e.Name(), ".") {
			if other := packageName(filepath.Join(filepath.Dir(file), e.Name()), nil); other != "" && other != name {
				return true
			}
		}
	}
	return false
}

// packageName reads the package clause of a file, or of src if it is not nil.
func packageName(file string, src []byte) string {
	var from any
	if src != nil {
		from = src
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, from, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return f.Name.Name
}

// constraintTags returns the tags of the build constraints of a file, each once.
func constraintTags(src []byte) []string {
	var tags []string
	for line := range bytes.Lines(src) {
		text := strings.TrimSpace(string(line))
		if strings.HasPrefix(text, "package ") {
			break
		}
		if !constraint.IsGoBuild(text) && !constraint.IsPlusBuild(text) {
			continue
		}
		expr, err := constraint.Parse(text)
		if err != nil {
			continue
		}
		expr.Eval(func(tag string) bool {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
			return true
		})
	}
	return tags
}

// platformTag says whether a tag follows from the platform, or is always set. Those that the
// toolchain sets for some builds are as good as any: what is looked at is never compiled.
func platformTag(tag string) bool {
	switch tag {
	case "unix", "cgo", "gc":
		return true
	}
	for _, p := range platforms {
		if tag == p.os || tag == p.arch {
			return true
		}
	}
	return slices.Contains(gobuild.Default.ReleaseTags, tag)
}
