package workspace

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

// A Checker type-checks packages of a listing from source. What it has learned about
// the declarations of a package is kept, syntax is not.
type Checker struct {
	list    *Listing
	sizes   types.Sizes
	fset    *token.FileSet    // of declarations, whose positions nobody asks for
	overlay map[string][]byte // bytes that count instead of those on disk

	kept   map[string]*text // of packages that have been looked at, to see them again as they were
	keptMu sync.Mutex

	mu       sync.Mutex
	declared map[string]*types.Package // by ID; nil for one that is part of an import cycle
	failed   map[string]error          // by ID: declaring it was a mistake of this program

	// Packages outside of the workspace come from export data as long as all of them do.
	fromSource  bool
	asked       bool                      // for all that the workspace imports
	asking      chan map[string]string    // the answer to that; nil if it is not under way
	exported    map[string]string         // files, by import path
	exportTypes map[string]*types.Package // by import path; some are not complete
}

// NewChecker returns a checker for the packages of a listing. arch is the GOARCH of the
// environment.
func NewChecker(l *Listing, arch string) *Checker {
	arch = cmp.Or(l.config.Build.GOARCH, arch)
	sizes := types.SizesFor("gc", arch)
	if sizes == nil {
		sizes = types.SizesFor("gc", "amd64")
	}
	c := &Checker{list: l, sizes: sizes, kept: map[string]*text{}}
	c.forget(false)
	return c
}

// forget drops all types, and says where those of the packages outside of the workspace are
// to come from.
func (c *Checker) forget(source bool) {
	c.fset, c.fromSource = token.NewFileSet(), source
	c.failed = map[string]error{}
	c.declared, c.exported, c.exportTypes = map[string]*types.Package{}, map[string]string{}, map[string]*types.Package{}
}

// A Part is a package as far as it is to be checked: its declarations, and the bodies of
// some functions.
type Part struct {
	*packages.Package
	Bodies map[Body]bool // nil for all
	// Whole says that all bodies are checked. Those that are not among Bodies are not handed
	// over all the same.
	Whole bool
}

// A Unit is a package that has been type-checked, as a whole or in part.
type Unit struct {
	*packages.Package
	Path   string // import path without the suffix of a test variant
	Fset   *token.FileSet
	Syntax []*ast.File // without the bodies that have not been asked for
	Types  *types.Package
	Info   *types.Info
	// Problems are what is wrong with it, as far as it has been checked: those of the go
	// command, of the parser and of the type checker.
	Problems []packages.Error
	Hash     map[string][sha256.Size]byte // of the files that were parsed
	// Unread says that there are files, or parts of files, of which nothing is known.
	Unread bool
}

// Check type-checks parts of packages and hands over each as soon as it is done, to
// use before it returns; several goroutines call it at once. It stops when ctx ends.
func (c *Checker) Check(ctx context.Context, parts []Part, use func(*Unit)) error {
	if len(parts) > 0 {
		c.askEarly(ctx)
	}
	sources := make([]*source, len(parts))
	if err := Each(ctx, len(parts), func(i int) { sources[i] = c.source(parts[i]) }); err != nil {
		return err
	}
	c.declareImports(ctx, sources)
	if c.fromSource || !c.list.config.Build.elsewhere() {
		return Each(ctx, len(parts), func(i int) {
			use(c.unit(sources[i]))
			sources[i] = nil
		})
	}
	units := make([]*Unit, len(parts))
	check := func() error { return Each(ctx, len(parts), func(i int) { units[i] = c.unit(sources[i]) }) }
	if err := check(); err != nil {
		return err
	}
	if slices.ContainsFunc(units, func(u *Unit) bool { return len(u.Problems) > 0 }) {
		c.forget(true)
		c.declareImports(ctx, sources)
		if err := check(); err != nil {
			return err
		}
	}
	return Each(ctx, len(parts), func(i int) { use(units[i]) })
}

// Changed returns a checker that sees other bytes for some files and knows whatever is not
// touched by that.
func (c *Checker) Changed(overlay map[string][]byte) *Checker {
	out := &Checker{list: c.list, sizes: c.sizes, overlay: overlay, kept: maps.Clone(c.kept)}
	out.forget(c.fromSource)
	out.fset, out.asked, out.exported, out.exportTypes = c.fset, c.asked, c.exported, c.exportTypes
	touched := map[string]bool{} // by ID
	var visit func(p *packages.Package) bool
	visit = func(p *packages.Package) bool {
		hit, known := touched[p.ID]
		if known {
			return hit
		}
		touched[p.ID] = false // whatever closes a cycle has not been declared anyway
		hit = slices.ContainsFunc(p.GoFiles, func(name string) bool { return overlay[name] != nil })
		for path := range p.Imports {
			hit = visit(c.list.imported(p, path)) || hit
		}
		touched[p.ID] = hit
		return hit
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, t := range c.declared {
		if !visit(c.list.byID[id]) {
			out.declared[id] = t
		}
	}
	return out
}

// Differing lists the exported constants, sorted, that a package has in one checker and not,
// or with another value, in the other. Nothing else that literals spell is part of the
// declarations that importers see.
func (c *Checker) Differing(ctx context.Context, other *Checker, p *packages.Package) []string {
	c.declare(ctx, []*packages.Package{p})
	other.declare(ctx, []*packages.Package{p})
	one, two := c.declared[p.ID], other.declared[p.ID]
	if one == nil || two == nil {
		return nil
	}
	var names []string
	for _, scopes := range [][2]*types.Scope{{one.Scope(), two.Scope()}, {two.Scope(), one.Scope()}} {
		for _, name := range scopes[0].Names() {
			k, ok := scopes[0].Lookup(name).(*types.Const)
			if !ok || !k.Exported() {
				continue
			}
			l, ok := scopes[1].Lookup(name).(*types.Const)
			if !ok || k.Val().ExactString() != l.Val().ExactString() {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// unit parses and checks one package whose imports have been declared. If that fails by a
// mistake of this program, it is a package that has not been read.
func (c *Checker) unit(s *source) (u *Unit) {
	if err := fault.Catch(func() {
		c.list.config.Hook.Begin(fault.Parse, BarePath(s.Package))
		u = c.checked(s)
	}); err != nil {
		u = &Unit{
			Package: s.Package, Path: BarePath(s.Package), Fset: token.NewFileSet(), Hash: s.hash,
			Problems: slices.Concat(s.Errors, s.problems, []packages.Error{{Msg: err.Error(), Kind: packages.UnknownError}}),
			Unread:   true,
		}
	}
	return u
}

// checked parses and checks what has been read.
func (c *Checker) checked(s *source) *Unit {
	u := &Unit{
		Package: s.Package, Path: BarePath(s.Package), Fset: token.NewFileSet(),
		Problems: slices.Concat(s.Errors, s.problems),
		Hash:     s.hash,
		Unread:   len(s.problems) > 0,
	}
	syntaxErrors := u.Unread // what the type checker says then is a consequence
	for i, src := range s.texts {
		if src == nil {
			continue
		}
		f, err := parser.ParseFile(u.Fset, s.GoFiles[i], src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
		if f != nil {
			u.Syntax = append(u.Syntax, f)
		}
		var list scanner.ErrorList
		if errors.As(err, &list) {
			for _, e := range list {
				syntaxErrors, u.Unread = true, true
				u.Problems = append(u.Problems, packages.Error{Pos: e.Pos.String(), Msg: e.Msg, Kind: packages.ParseError})
			}
		}
	}
	u.Info = &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Instances:    map[*ast.Ident]types.Instance{},
		Scopes:       map[ast.Node]*types.Scope{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
	cfg := c.typesConfig(s.Package, s.needs)
	cfg.Error = func(err error) {
		e, ok := err.(types.Error)
		if !ok || syntaxErrors || s.cut && e.Soft && missedBody.MatchString(e.Msg) {
			return
		}
		u.Problems = append(u.Problems, packages.Error{Pos: u.Fset.PositionFor(e.Pos, false).String(), Msg: e.Msg, Kind: packages.TypeError})
	}
	u.Types = types.NewPackage(u.Path, cmp.Or(s.Name, "_"))
	// All errors have been collected.
	_ = types.NewChecker(cfg, u.Fset, u.Types, u.Info).Files(u.Syntax)
	if s.Bodies != nil && s.Whole {
		u.keep(s)
	}
	return u
}

// keep takes the bodies out of the syntax that have not been asked for.
func (u *Unit) keep(s *source) {
	texts := map[string]*text{}
	for i, name := range s.GoFiles {
		texts[name] = s.read[i]
	}
	for _, f := range u.Syntax {
		name := u.Fset.PositionFor(f.FileStart, false).Filename
		funcs := texts[name].funcs
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			at := u.Fset.PositionFor(fn.Pos(), false).Offset
			n, known := slices.BinarySearchFunc(funcs, at, func(d declaration, at int) int { return cmp.Compare(d.from, at) })
			if known && !s.Bodies[Body{name, n}] {
				fn.Body = nil
			}
		}
	}
}

// missedBody matches what the type checker says because a body is missing.
var missedBody = regexp.MustCompile(`and not used$|must have a body$|missing function body$`)

// typesConfig is the configuration for a package. It gets the imports that it needs; all others
// are empty.
func (c *Checker) typesConfig(p *packages.Package, needs map[string]bool) *types.Config {
	cfg := &types.Config{
		FakeImportC: true,
		Sizes:       c.sizes,
		Importer: importer(func(path string) (*types.Package, error) {
			if path == "unsafe" {
				return types.Unsafe, nil
			}
			imp := c.list.imported(p, path)
			if imp == nil {
				return nil, errors.New("no such package")
			}
			c.mu.Lock()
			defer c.mu.Unlock()
			if !needs[path] && imp.Name != "" {
				empty := types.NewPackage(imp.PkgPath, imp.Name)
				empty.MarkComplete()
				return empty, nil
			}
			if c.fromExport(imp) {
				return c.readExport(imp.PkgPath)
			}
			if err := c.failed[imp.ID]; err != nil {
				return nil, err
			}
			t := c.declared[imp.ID]
			if t == nil || imp.Name == "" {
				return nil, errors.New(cmp.Or(firstError(imp), "it is part of an import cycle"))
			}
			return t, nil
		}),
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		cfg.GoVersion = "go" + p.Module.GoVersion
	}
	return cfg
}

func firstError(p *packages.Package) string {
	if len(p.Errors) == 0 {
		return ""
	}
	return p.Errors[0].Msg
}

type importer func(path string) (*types.Package, error)

func (f importer) Import(path string) (*types.Package, error) { return f(path) }

// Origin says in words where the types of packages outside of the workspace come from.
func (c *Checker) Origin() string {
	if c.fromSource {
		return "source"
	}
	return "export data"
}

// fromExport says whether the types of a package come from export data.
func (c *Checker) fromExport(p *packages.Package) bool {
	return !c.fromSource && !IsLocal(p) && p.Name != ""
}

// IsCgo says whether any file of the package imports "C".
func (u *Unit) IsCgo() bool {
	return slices.ContainsFunc(u.Syntax, func(f *ast.File) bool {
		return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
	})
}
