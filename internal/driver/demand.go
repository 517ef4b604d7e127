package driver

import (
	"cmp"
	"context"
	"crypto/sha256"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// A program is what has been looked at in one build configuration: the parts of packages
// that matter. Their syntax is gone, their equations are in the checker.
type program struct {
	build    workspace.Build
	list     *workspace.Listing
	files    *workspace.Inventory
	types    *workspace.Checker
	checker  *analyzer.Program
	named    map[string]bool  // import paths that the patterns name
	parts    map[string]*part // by import path
	units    map[string]*unit
	byFile   map[string]*unit
	asked    map[analyzer.Want]bool      // that have been looked for
	left     map[string]bool             // files that the build leaves out and that the program might need to know
	meets    map[int][]workspace.Mention // by which files may meet the text of a group; by its ID, once somebody asks
	problems []report.Problem
	texts    bool // it holds files that are not Go
	result   *analyzer.Result
	after    *analyzer.Program            // what the latest check has seen: the program with changes made
	hash     map[string][sha256.Size]byte // of the bytes that were parsed
}

// A unit is a package that has been looked at.
type unit struct {
	*packages.Package
	path   string // import path without the suffix of a test variant
	part   *part
	named  bool // it is named, or some of its files are
	scope  *scope
	local  bool // it belongs to a module that is being worked on
	cgo    bool
	broken bool   // it does not compile, as far as it has been looked at
	unread string // why there are parts of it of which nothing is known; "" if there are none
	errors []packages.Error
	syntax map[string]bool // files that do not parse, beside those of errors
	// complete says that what is wrong with it is known for all of it.
	complete bool
}

// names says whether a file of the package is named.
func (u *unit) names(file string) bool { return u.named && u.scope.means(file) }

// unparsable says whether a file of the package is known not to parse. Of one that cannot be
// read the plan says what has become of it.
func (u *unit) unparsable(file string) bool {
	if _, err := disk.Source(file); err != nil {
		return false
	}
	return u.syntax[file] || slices.ContainsFunc(u.errors, func(e packages.Error) bool {
		at, _ := splitPos(e.Pos)
		return e.Kind == packages.ParseError && at == file
	})
}

// A part is what of a package, and of its tests, is looked at: its declarations, and as many
// bodies of functions as have to do with the API.
type part struct {
	bodies map[workspace.Body]bool // nil for all
}

// of returns the part as far as it is in one package.
func (p *part) of(pkg *packages.Package) workspace.Part {
	return workspace.Part{Package: pkg, Bodies: p.bodies}
}

// has says whether a body is part of it.
func (p *part) has(b workspace.Body) bool { return p.bodies == nil || p.bodies[b] }

// add makes it larger, unless it is the whole package.
func (p *part) add(bodies []workspace.Body) {
	if p.bodies == nil {
		return
	}
	for _, b := range bodies {
		p.bodies[b] = true
	}
}

// A look is what is to be looked at next: bodies of functions, by the import path of their
// package. A package without any is looked at for its declarations.
type look map[string][]workspace.Body

// While packages are looked at:
const (
	gcPercent   = 400
	memoryLimit = 768 << 20 // bytes beyond which memory is collected more often
)

// A seed is what the look at a program starts from.
type seed struct {
	whole []string // import paths
	parts look
	focus func(path string) bool // packages that are of interest even without any text of the API
	open  bool                   // what is not named may hand text of the API to what is
}

// demand looks at packages of a listing, and at those that turn out to have a say in what
// the first ones do, until nobody is missing.
func (s *session) demand(ctx context.Context, list *workspace.Listing, start seed) (*program, error) {
	checker, err := analyzer.NewProgram(analyzer.Options{Rules: s.rules, Docs: s.docs, SinkFile: s.sinks, Requests: s.requests, Readers: s.readers, Hook: s.hook})
	if err != nil {
		return nil, err // the file of rows has changed since the run began
	}
	prog := &program{
		build: list.Build(), list: list, files: s.files, types: workspace.NewChecker(list, s.env.GOARCH), checker: checker,
		named: s.namedIn(list), parts: map[string]*part{}, units: map[string]*unit{}, byFile: map[string]*unit{}, asked: map[analyzer.Want]bool{}, left: map[string]bool{}, meets: map[int][]workspace.Mention{}, hash: map[string][sha256.Size]byte{},
	}
	done := s.stage("load")
	// Syntax and types come and go by the package: collecting them less often is worth the
	// memory, of which a run without anything to load needs none.
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	if os.Getenv("GOMEMLIMIT") == "" {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryLimit))
	}
	todo := look{}
	maps.Copy(todo, start.parts)
	for _, path := range start.whole {
		prog.parts[path] = &part{}
		todo[path] = nil
	}
	if err := prog.listAll(slices.Sorted(maps.Keys(todo))); err != nil {
		return nil, err
	}
	for len(todo) > 0 {
		if err := s.look(ctx, prog, todo); err != nil {
			return nil, err
		}
		todo = nil
		if len(prog.units) == 0 {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		todo, err = s.missing(prog, checker.Wants(start.focus))
		if err != nil {
			return nil, err
		}
	}
	prog.problems = append(prog.problems, prog.complaints()...)
	slices.SortStableFunc(prog.problems, byPlace)
	where := ""
	if text := prog.build.String(); text != "" {
		where = " for " + text
	}
	done("%s%s, imports from %s", count(len(prog.units), "package"), where, prog.types.Origin())
	return prog, nil
}

// namedIn lists the import paths of a listing of which something is named: what the go command
// found for the patterns, or, in another build configuration, what is in the same directories.
func (s *session) namedIn(list *workspace.Listing) map[string]bool {
	named := map[string]bool{}
	if list.Build() == s.build() {
		for _, p := range list.Roots() {
			// What is not worked on is never changed, whoever names it: it takes part as far as
			// text of the API goes. What cannot be listed belongs to nobody as far as that is known.
			unlisted := p.Module == nil && len(p.Errors) > 0
			if s.scope.meansSome(p.Dir) && (workspace.IsLocal(p) || unlisted) {
				named[workspace.ListPath(p)] = true
			}
		}
	}
	for _, p := range list.All() {
		if p.Dir != "" && s.scope.meansSome(p.Dir) && workspace.IsLocal(p) && (p.Module == nil || p.Module.Main) {
			named[workspace.ListPath(p)] = true
		}
	}
	return named
}

// look type-checks packages, with their tests, and adds them to the program.
func (s *session) look(ctx context.Context, prog *program, todo look) error {
	var parts []workspace.Part
	for _, path := range slices.Sorted(maps.Keys(todo)) {
		part := prog.part(path)
		part.add(todo[path])
		for _, variant := range []string{path, path + "_test"} {
			p := prog.list.Largest(variant)
			if p == nil || variant != path && p.ForTest != path {
				continue
			}
			if prog.units[variant] == nil {
				prog.units[variant] = &unit{Package: p, path: variant, part: part, named: prog.named[workspace.ListPath(p)], scope: s.scope, local: workspace.IsLocal(p)}
			} else if !slices.ContainsFunc(todo[path], func(b workspace.Body) bool { return slices.Contains(p.GoFiles, b.File) }) {
				continue
			}
			parts = append(parts, part.of(p))
		}
	}
	var mu sync.Mutex // for the program
	count := 0
	return prog.types.Check(ctx, parts, func(loaded *workspace.Unit) {
		mu.Lock()
		u := prog.units[loaded.Path]
		count++
		s.progress.step("type-checking", count, len(parts), loaded.Path)
		u.errors, u.broken, u.cgo = loaded.Problems, len(loaded.Problems) > 0, loaded.IsCgo()
		u.unread = ""
		if loaded.Unread {
			u.unread = "it does not parse"
		}
		maps.Copy(prog.hash, loaded.Hash)
		for _, name := range u.GoFiles {
			prog.byFile[name] = u
		}
		mu.Unlock()
		if len(loaded.Syntax) == 0 {
			return
		}
		if err := fault.Catch(func() { prog.checker.Add(u.input(loaded)) }); err != nil {
			mu.Lock()
			prog.unread(u, err)
			mu.Unlock()
		}
	})
}

// part returns what is looked at of a package, which may be nothing yet.
func (prog *program) part(path string) *part {
	p := prog.parts[path]
	if p == nil {
		p = &part{bodies: map[workspace.Body]bool{}}
		prog.parts[path] = p
	}
	return p
}

// input is a package as the analyzer takes it.
func (u *unit) input(loaded *workspace.Unit) analyzer.Package {
	pkg := analyzer.Package{Path: u.path, Fset: loaded.Fset, Files: loaded.Syntax, Types: loaded.Types, Info: loaded.Info}
	if u.Module != nil {
		pkg.Module = u.Module.Path
		if !u.local {
			pkg.Dependency = strings.TrimSuffix(u.Module.Path+"@"+u.Module.Version, "@")
		}
	}
	return pkg
}

// forms says how source has to mention what is wanted.
var forms = [...]workspace.Form{
	analyzer.WantFunction:       workspace.Itself,
	analyzer.WantObject:         workspace.Qualified,
	analyzer.WantComposite:      workspace.Composed,
	analyzer.WantEmbedding:      workspace.Embedded,
	analyzer.WantMember:         workspace.Selected,
	analyzer.WantMethod:         workspace.Called,
	analyzer.WantImplementation: workspace.Declared,
	analyzer.WantChannel:        workspace.Received,
	analyzer.WantSetting:        workspace.Spelled,
}

// mentions says by what source can be found that is wanted: names, and packages as a whole.
func (prog *program) mentions(wants []analyzer.Want) (mentions []workspace.Mention, packages []string) {
	for _, w := range wants {
		if p := prog.list.Largest(w.Package); p != nil {
			if !workspace.IsLocal(p) && w.Kind != analyzer.WantPackage {
				continue
			}
			w.Package = workspace.ListPath(p)
		}
		switch w.Kind {
		case analyzer.WantPackage:
			packages = append(packages, w.Package)
		case analyzer.WantAnswers:
			for _, name := range prog.checker.Answering() {
				mentions = append(mentions, workspace.Mention{Form: workspace.Inside, Package: w.Package, Name: name})
			}
		case analyzer.WantRequests:
			for _, name := range prog.checker.Sending() {
				mentions = append(mentions, workspace.Mention{Form: workspace.Selected, Name: name})
			}
		case analyzer.WantRendering:
			for _, name := range []string{"Execute", "ExecuteTemplate"} {
				mentions = append(mentions, workspace.Mention{Form: workspace.Selected, Package: w.Package, Name: name})
			}
		default:
			mentions = append(mentions, workspace.Mention{Form: forms[w.Kind], Package: w.Package, Name: w.Name, Methods: strings.Fields(w.Methods)})
		}
	}
	return mentions, packages
}

// missing finds the code of the workspace that is wanted and not there yet, and lists its
// packages if they are not listed.
func (s *session) missing(prog *program, wants []analyzer.Want) (look, error) {
	var fresh []analyzer.Want
	for _, w := range wants {
		if !prog.asked[w] {
			prog.asked[w] = true
			fresh = append(fresh, w)
		}
	}
	mentions, packages := prog.mentions(fresh)
	todo := look(s.files.Mentioning(mentions))
	for _, path := range packages {
		todo[path] = append(todo[path], workspace.Body{Number: workspace.Outside})
	}
	if err := prog.listAll(slices.Sorted(maps.Keys(todo))); err != nil {
		return nil, err
	}
	for path, bodies := range todo {
		todo[path] = prog.leave(path, bodies)
	}
	maps.DeleteFunc(todo, func(path string, bodies []workspace.Body) bool {
		p := prog.list.Largest(path)
		if p == nil || !workspace.IsLocal(p) && !prog.named[path] {
			return true
		}
		if prog.units[path] == nil {
			return len(bodies) == 0
		}
		part := prog.part(path)
		return !slices.ContainsFunc(bodies, func(b workspace.Body) bool { return b.Number != workspace.Outside && !part.has(b) })
	})
	for path, bodies := range todo {
		todo[path] = slices.DeleteFunc(bodies, func(b workspace.Body) bool { return b.Number == workspace.Outside })
	}
	return todo, nil
}

// leave returns those of the bodies that the build has, and notes the files of all others.
func (prog *program) leave(path string, bodies []workspace.Body) []workspace.Body {
	built := map[string]bool{"": true} // the package as a whole
	for _, variant := range []string{path, path + "_test"} {
		if p := prog.list.Largest(variant); p != nil {
			for _, name := range p.GoFiles {
				built[name] = true
			}
		}
	}
	return slices.DeleteFunc(bodies, func(b workspace.Body) bool {
		if !built[b.File] {
			prog.left[b.File] = true
		}
		return !built[b.File]
	})
}

// listAll lists packages that are about to be looked at, with their tests: those that the build
// has only as imports come without, and one that the patterns of another build have named, or
// that has a mention in a file of no build, may not be listed at all.
func (prog *program) listAll(paths []string) error {
	return prog.list.Extend(slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		p := prog.list.Largest(path)
		return p != nil && !workspace.IsLocal(p)
	}))
}

// complaints collects what is wrong with the packages, each thing once: those that were
// looked at, and those that the patterns name, of which the go command may know something.
func (prog *program) complaints() (out []report.Problem) {
	seen := map[report.Problem]bool{}
	lines := map[string]bool{} // that have a problem already: what follows is noise
	add := func(path string, e packages.Error, missing, follows bool) {
		message, _ := said(e.Msg)
		p := report.Problem{Package: path, Pos: e.Pos, Message: message, Follows: follows, Missing: missing}
		if p.Pos == "-" {
			p.Pos = ""
		}
		line := p.Pos[:max(strings.LastIndexByte(p.Pos, ':'), 0)]
		if seen[p] || line != "" && lines[line] && !(missing && follows) {
			return
		}
		seen[p], lines[line] = true, true
		out = append(out, p)
	}
	lost := map[string]bool{} // what is said about packages that are missing
	for _, p := range prog.list.All() {
		path := workspace.BarePath(p)
		errs := p.Errors
		if u := prog.units[path]; u != nil && u.ID == p.ID {
			errs = u.errors
		} else if u != nil || !prog.named[workspace.ListPath(p)] {
			continue // another variant is looked at, or nobody asked
		}
		if len(p.GoFiles) == 0 && len(p.IgnoredFiles) > 0 {
			continue // left to the search for other build configurations
		}
		missing := map[string]bool{}
		for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
			if imp := p.Imports[path]; imp.Name == "" && len(imp.Errors) > 0 {
				missing[path] = true
				e := imp.Errors[0]
				follows := lost[e.Msg]
				lost[e.Msg] = true
				if e.Msg == "module lookup disabled by GOPROXY=off" { // it does not say of what
					e.Msg = path + ": " + e.Msg
				}
				// No other module can have it, whatever the go command advises to get.
				own := p.Module != nil && strings.HasPrefix(path, p.Module.Path+"/")
				if own {
					e.Msg = "there is no Go file that can be read in package " + path
				}
				add(workspace.BarePath(p), e, !own, follows)
			}
		}
		// The go command says once more what the parser or the type checker says.
		known := slices.ContainsFunc(errs, func(e packages.Error) bool {
			return e.Kind == packages.ParseError || e.Kind == packages.TypeError
		})
		// But if it gave up on the imports, the type checker does not know why.
		for _, e := range errs {
			if imported, ok := importOf(e); ok && p.Imports[imported] == nil && hasKind(errs, packages.ListError) {
				missing[imported], known = true, false
			}
		}
		for _, e := range errs {
			imported, isImport := importOf(e)
			if isImport && missing[imported] || known && e.Kind == packages.ListError {
				continue
			}
			// Without what an import declares there is no end of errors.
			add(path, e, false, len(missing) > 0 && e.Kind == packages.TypeError)
		}
	}
	slices.SortStableFunc(out, byPlace)
	return out
}

// importOf returns the import path that an error of the type checker is about, if it could not
// be imported.
func importOf(e packages.Error) (path string, ok bool) {
	path, ok = strings.CutPrefix(e.Msg, "could not import ")
	path, _, _ = strings.Cut(path, " ")
	return path, ok
}

func hasKind(errs []packages.Error, kind packages.ErrorKind) bool {
	return slices.ContainsFunc(errs, func(e packages.Error) bool { return e.Kind == kind })
}

func byPlace(a, b report.Problem) int {
	return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Pos, b.Pos))
}

// evidence lists the packages of dependencies that spell a base of the API, by import path,
// sorted. What the standard library imports is known.
func evidence(list *workspace.Listing) []string {
	var deps []*packages.Package
	for _, p := range list.All() {
		if p.Module != nil && !workspace.IsLocal(p) {
			deps = append(deps, p)
		}
	}
	spelled := make([]bool, len(deps))
	_ = workspace.Each(context.Background(), len(deps), func(i int) {
		spelled[i] = slices.ContainsFunc(deps[i].GoFiles, func(name string) bool {
			found := false
			_ = workspace.Read(name, func(src []byte) { found = analyzer.Spells(src) })
			return found
		})
	})
	var paths []string
	for i, p := range deps {
		if spelled[i] {
			paths = append(paths, workspace.BarePath(p))
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}
