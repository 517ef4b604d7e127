package driver

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// A loader finds and type-checks the packages of one run.
type loader interface {
	// load returns what the request names and what that has to do with. An
	// error means that nothing could be loaded; whatever is wrong with single
	// packages is in the program's problems.
	load(ctx context.Context, req request) (*program, error)
}

// A request says what to load, and how it is built.
type request struct {
	dir      string // absolute
	patterns []string
	tests    bool
	build    build
}

// A build is a build configuration. The zero value is that of the environment.
type build struct {
	goos, goarch string // "" for those of the environment
	tags         string // separated by commas
}

func (b build) String() string {
	var parts []string
	if b.goos != "" {
		parts = append(parts, b.goos+"/"+b.goarch)
	}
	if b.tags != "" {
		parts = append(parts, "-tags="+b.tags)
	}
	return strings.Join(parts, " ")
}

// A program is a set of type-checked packages of one build configuration.
type program struct {
	units    []*unit          // sorted by path
	all      []*unit          // with the variants that are shadowed by those in units; importers last
	byFile   map[string]*unit // those of units, by Go file
	problems []report.Problem
	hash     map[string][sha256.Size]byte // of the bytes that were parsed
}

// A unit is a type-checked package.
type unit struct {
	*packages.Package
	path  string // import path without the suffix of a test variant
	named bool   // a pattern names it
	local bool   // it belongs to a module that is being worked on
	// syntax and info are those of the files as they are on disk. In packages
	// with cgo they are not those of the embedded Package, whose files are
	// partly generated.
	syntax []*ast.File
	types  *types.Package
	info   *types.Info
	cgo    bool
	broken bool // it does not compile
}

// A goLoader loads with the go command, by golang.org/x/tools/go/packages.
type goLoader struct{}

const (
	listMode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps |
		packages.NeedModule | packages.NeedForTest
	loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
		packages.NeedModule | packages.NeedForTest | packages.NeedTypes | packages.NeedTypesSizes |
		packages.NeedSyntax | packages.NeedTypesInfo
)

func (goLoader) load(ctx context.Context, req request) (*program, error) {
	cfg := packages.Config{
		Context: ctx,
		Dir:     req.dir,
		Env:     append(os.Environ(), "PWD="+req.dir),
		Tests:   req.tests,
	}
	if b := req.build; b.goos != "" {
		cfg.Env = append(cfg.Env, "GOOS="+b.goos, "GOARCH="+b.goarch, "CGO_ENABLED=0")
	}
	if req.build.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + req.build.tags}
	}

	named, related, err := list(cfg, req.patterns)
	if err != nil {
		return nil, err
	}
	patterns := req.patterns
	files := strings.HasSuffix(patterns[0], ".go")
	if !files {
		patterns = slices.Concat(patterns, related)
	}
	var hashes hashes
	cfg.Mode, cfg.Fset, cfg.ParseFile = loadMode, token.NewFileSet(), hashes.parse
	roots, err := packages.Load(&cfg, patterns...)
	if err != nil {
		return nil, err
	}
	if files && len(related) > 0 {
		// The go command takes files or packages, not both.
		cfg.Fset = token.NewFileSet()
		more, err := packages.Load(&cfg, related...)
		if err != nil {
			return nil, err
		}
		roots = append(roots, more...)
	}
	return newProgram(roots, named, &hashes), nil
}

// list returns the import paths that the patterns name, and those of the
// packages of local modules that these have to do with: what they import, what
// imports any of that, and what that imports. Strings flow along these edges.
func list(cfg packages.Config, patterns []string) (named map[string]bool, related []string, err error) {
	cfg.Mode = listMode
	roots, err := packages.Load(&cfg, patterns...)
	if err != nil {
		return nil, nil, err
	}
	if err := nothing(roots, patterns); err != nil {
		return nil, nil, err
	}
	named = map[string]bool{}
	modules := map[string]bool{}
	for _, p := range roots {
		if !testMain(p) {
			named[listPath(p)] = true
			if p.Module != nil && p.Module.Main {
				modules[p.Module.Path] = true
			}
		}
	}
	// Importers are found among the packages of the same modules.
	var more []string
	for _, m := range slices.Sorted(maps.Keys(modules)) {
		if m != "std" && m != "cmd" {
			more = append(more, m+"/...")
		}
	}
	listed := roots
	if len(more) > 0 {
		others, err := packages.Load(&cfg, more...)
		if err != nil {
			return nil, nil, err
		}
		listed = append(listed, others...)
	}

	var evidence []string // packages that no pattern finds
	imports, importers := map[string][]string{}, map[string][]string{}
	below := subtrees(cfg.Dir, patterns)
	packages.Visit(listed, func(p *packages.Package) bool {
		if testMain(p) {
			return false
		}
		if !local(p) {
			// A dependency that names the API may hold a base of it.
			if p.Module != nil && slices.ContainsFunc(p.GoFiles, spells) {
				evidence = append(evidence, listPath(p))
			}
			return p.Module != nil // what the standard library imports is known
		}
		if p.Module != nil && p.Module.Main && slices.ContainsFunc(p.GoFiles, func(file string) bool {
			return slices.ContainsFunc(below, func(dir string) bool { return within(dir, file) })
		}) {
			if path := listPath(p); !named[path] {
				named[path] = true // in another module of the workspace
				evidence = append(evidence, path)
			}
		}
		path := listPath(p)
		for _, imp := range p.Imports {
			if to := listPath(imp); local(imp) && to != path {
				imports[path] = append(imports[path], to)
				importers[to] = append(importers[to], path)
			}
		}
		return true
	}, nil)
	want := maps.Clone(named)
	close := func(edges map[string][]string) {
		work := slices.Sorted(maps.Keys(want))
		for len(work) > 0 {
			path := work[len(work)-1]
			work = work[:len(work)-1]
			for _, next := range edges[path] {
				if !want[next] {
					want[next] = true
					work = append(work, next)
				}
			}
		}
	}
	close(imports)
	close(importers)
	close(imports)
	for path := range want {
		if !named[path] {
			related = append(related, path)
		}
	}
	related = append(related, evidence...)
	slices.Sort(related)
	return named, slices.Compact(related), nil
}

// subtrees returns the directories that patterns such as ./... mean with everything below.
func subtrees(dir string, patterns []string) []string {
	var out []string
	for _, p := range patterns {
		if rest, ok := strings.CutSuffix(filepath.ToSlash(p), "/..."); ok && strings.HasPrefix(rest, ".") {
			out = append(out, filepath.Join(dir, rest))
		}
	}
	return out
}

// spells reports whether a file of a dependency spells a URL of the API.
func spells(file string) bool {
	src, err := os.ReadFile(file)
	return err == nil && analyzer.Spells(src)
}

// nothing returns an error if the patterns name no Go file at all.
func nothing(roots []*packages.Package, patterns []string) error {
	var reasons []string
	for _, p := range roots {
		if len(p.GoFiles) > 0 || len(p.IgnoredFiles) > 0 || len(p.Errors) == 0 {
			return nil
		}
		for _, e := range p.Errors {
			reasons = append(reasons, e.Msg)
		}
	}
	if len(roots) == 0 {
		return fmt.Errorf("no packages match %s", strings.Join(patterns, " "))
	}
	return errors.New(strings.Join(reasons, "; "))
}

// newProgram picks one variant of each package: p [p.test], which has more
// files, instead of p. The external tests p_test are a package of their own.
func newProgram(roots []*packages.Package, named map[string]bool, h *hashes) *program {
	prog := &program{byFile: map[string]*unit{}}
	byPath := map[string]*unit{}
	seen := map[*packages.Package]bool{}
	var visit func(p *packages.Package)
	initial := map[*packages.Package]bool{}
	for _, p := range roots {
		initial[p] = true
	}
	visit = func(p *packages.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
			visit(p.Imports[path])
		}
		if !initial[p] || testMain(p) {
			return
		}
		u := newUnit(p, h)
		u.named = named[listPath(p)]
		prog.all = append(prog.all, u)
		if old := byPath[u.path]; old == nil || len(u.GoFiles) > len(old.GoFiles) {
			byPath[u.path] = u
		}
	}
	for _, p := range roots {
		visit(p)
	}
	for _, path := range slices.Sorted(maps.Keys(byPath)) {
		u := byPath[path]
		prog.units = append(prog.units, u)
		for _, name := range u.GoFiles {
			prog.byFile[name] = u
		}
	}
	prog.hash = h.sums
	prog.complain()
	return prog
}

func newUnit(p *packages.Package, h *hashes) *unit {
	u := &unit{
		Package: p, path: barePath(p), local: local(p),
		syntax: p.Syntax, types: p.Types, info: p.TypesInfo,
		broken: len(p.Errors) > 0,
	}
	compiled := map[string]bool{}
	for _, name := range p.CompiledGoFiles {
		compiled[name] = true
	}
	u.cgo = p.Types != nil && slices.ContainsFunc(p.GoFiles, func(name string) bool { return !compiled[name] })
	if u.cgo {
		// What cgo made of the files is in the build cache. What matters here is
		// the source, even if nothing is known about the types of C.
		u.syntax = nil
		for _, name := range p.GoFiles {
			src, err := os.ReadFile(name)
			if err != nil {
				continue // the go command says so
			}
			if f, _ := h.parse(p.Fset, name, src); f != nil {
				u.syntax = append(u.syntax, f)
			}
		}
		u.info = &types.Info{
			Types:        map[ast.Expr]types.TypeAndValue{},
			Defs:         map[*ast.Ident]types.Object{},
			Uses:         map[*ast.Ident]types.Object{},
			Implicits:    map[ast.Node]types.Object{},
			Instances:    map[*ast.Ident]types.Instance{},
			Scopes:       map[ast.Node]*types.Scope{},
			Selections:   map[*ast.SelectorExpr]*types.Selection{},
			FileVersions: map[*ast.File]string{},
		}
		u.types, _ = u.check(u.syntax, u.info, nil)
	}
	return u
}

// complain collects what is wrong with the packages, each thing once.
func (prog *program) complain() {
	seen := map[report.Problem]bool{}
	lines := map[string]bool{} // that have a problem already: what follows is noise
	add := func(u *unit, e packages.Error) {
		p := report.Problem{Package: u.path, Pos: e.Pos, Message: e.Msg}
		if p.Pos == "-" {
			p.Pos = ""
		}
		line := p.Pos[:max(strings.LastIndexByte(p.Pos, ':'), 0)]
		if seen[p] || line != "" && lines[line] {
			return
		}
		seen[p], lines[line] = true, true
		prog.problems = append(prog.problems, p)
	}
	for _, u := range prog.all {
		if len(u.GoFiles) == 0 && len(u.IgnoredFiles) > 0 {
			continue // left to the search for other build configurations
		}
		missing := map[string]bool{}
		for _, path := range slices.Sorted(maps.Keys(u.Imports)) {
			if imp := u.Imports[path]; imp.Name == "" && len(imp.Errors) > 0 {
				missing[path] = true
				add(u, imp.Errors[0])
			}
		}
		// The compiler, which makes the export data, says once more what the
		// parser or the type checker says.
		known := slices.ContainsFunc(u.Errors, func(e packages.Error) bool {
			return e.Kind == packages.ParseError || e.Kind == packages.TypeError
		})
		for _, e := range u.Errors {
			path, isImport := strings.CutPrefix(e.Msg, "could not import ")
			path, _, _ = strings.Cut(path, " ")
			if isImport && missing[path] || known && e.Kind == packages.ListError {
				continue
			}
			add(u, e)
		}
	}
	slices.SortStableFunc(prog.problems, func(a, b report.Problem) int { return cmp.Compare(a.Package, b.Package) })
}

// barePath is the import path without the suffix of a test variant.
func barePath(p *packages.Package) string {
	path, _, _ := strings.Cut(cmp.Or(p.PkgPath, p.ID), " ")
	return path
}

// listPath is the import path by which the go command lists p: external tests
// come with the package that they test.
func listPath(p *packages.Package) string {
	if path := barePath(p); p.ForTest == "" || path != p.ForTest+"_test" {
		return path
	}
	return p.ForTest
}

// testMain says whether p is the main package that "go test" generates.
func testMain(p *packages.Package) bool {
	return p.Name == "main" && strings.HasSuffix(p.ID, ".test") &&
		len(p.GoFiles) == 1 && filepath.Ext(p.GoFiles[0]) != ".go"
}

// local says whether p belongs to a module that is being worked on: a main
// module, or one that a replace directive takes from a directory. Outside of
// modules only the files that the command line names are local.
func local(p *packages.Package) bool {
	m := p.Module
	switch {
	case m == nil:
		return listPath(p) == "command-line-arguments"
	case m.Main:
		return true
	}
	return m.Replace != nil && m.Replace.Version == ""
}

// check type-checks files in place of those of the unit. Imports come from
// replaced, by package ID, or else are those of the unit.
func (u *unit) check(files []*ast.File, info *types.Info, replaced map[string]*types.Package) (*types.Package, []types.Error) {
	var errs []types.Error
	cfg := types.Config{
		Importer: importer(func(path string) (*types.Package, error) {
			if path == "unsafe" {
				return types.Unsafe, nil
			}
			imp := u.Imports[path]
			if imp == nil {
				return nil, errors.New("no such package")
			}
			if p := replaced[imp.ID]; p != nil {
				return p, nil
			}
			if imp.Types == nil {
				return nil, errors.New("not loaded")
			}
			return imp.Types, nil
		}),
		FakeImportC: u.cgo,
		Sizes:       u.TypesSizes,
		Error: func(err error) {
			if e, ok := err.(types.Error); ok {
				errs = append(errs, e)
			}
		},
	}
	if u.Module != nil && u.Module.GoVersion != "" {
		cfg.GoVersion = "go" + u.Module.GoVersion
	}
	pkg := types.NewPackage(u.PkgPath, u.Name)
	// All errors have been collected.
	_ = types.NewChecker(&cfg, u.Fset, pkg, info).Files(files)
	return pkg, errs
}

type importer func(path string) (*types.Package, error)

func (f importer) Import(path string) (*types.Package, error) { return f(path) }

// hashes parses files and keeps the hashes of what was parsed.
type hashes struct {
	mu   sync.Mutex
	sums map[string][sha256.Size]byte
}

func (h *hashes) parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	sum := sha256.Sum256(src)
	h.mu.Lock()
	if h.sums == nil {
		h.sums = map[string][sha256.Size]byte{}
	}
	h.sums[name] = sum
	h.mu.Unlock()
	return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
}
