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
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/packages"
)

// A Checker type-checks packages of a listing from source. What it has learned about
// the declarations of a package is kept, syntax is not.
type Checker struct {
	list    *Listing
	sizes   types.Sizes
	fset    *token.FileSet    // of declarations, whose positions nobody asks for
	overlay map[string][]byte // bytes that count instead of those on disk

	sources  map[string][]byte // of packages checked as a whole, to check them again as they were
	sourceMu sync.Mutex

	mu       sync.Mutex
	declared map[string]*types.Package // by ID; nil for one that is part of an import cycle

	// Packages outside of the workspace come from export data as long as all of them do.
	source      bool
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
	c := &Checker{list: l, sizes: sizes, sources: map[string][]byte{}}
	c.forget(false)
	return c
}

// forget drops all types, and says where those of the packages outside of the workspace are
// to come from.
func (c *Checker) forget(source bool) {
	c.fset, c.source = token.NewFileSet(), source
	c.declared, c.exported, c.exportTypes = map[string]*types.Package{}, map[string]string{}, map[string]*types.Package{}
}

// A Unit is a package that has been type-checked as a whole.
type Unit struct {
	*packages.Package
	Path   string // import path without the suffix of a test variant
	Fset   *token.FileSet
	Syntax []*ast.File
	Types  *types.Package
	Info   *types.Info
	// Problems are what is wrong with it: those of the go command, of the parser and of
	// the type checker. If there are none it compiles.
	Problems []packages.Error
	Hash     map[string][sha256.Size]byte // of the files that were parsed
}

// Check type-checks packages as a whole and hands over each as soon as it is done, to
// use before it returns; several goroutines call it at once. It stops when ctx ends.
func (c *Checker) Check(ctx context.Context, pkgs []*packages.Package, use func(*Unit)) error {
	c.declareImports(ctx, pkgs)
	if c.source || c.list.config.Build.GOOS == "" {
		return parallel(ctx, len(pkgs), func(i int) { use(c.unit(pkgs[i])) })
	}
	units := make([]*Unit, len(pkgs))
	check := func() error { return parallel(ctx, len(pkgs), func(i int) { units[i] = c.unit(pkgs[i]) }) }
	if err := check(); err != nil {
		return err
	}
	if slices.ContainsFunc(units, func(u *Unit) bool { return len(u.Problems) > 0 }) {
		c.forget(true)
		c.declareImports(ctx, pkgs)
		if err := check(); err != nil {
			return err
		}
	}
	return parallel(ctx, len(pkgs), func(i int) { use(units[i]) })
}

// declareImports declares what packages import.
func (c *Checker) declareImports(ctx context.Context, pkgs []*packages.Package) {
	var imports []*packages.Package
	for _, p := range pkgs {
		for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
			imports = append(imports, c.list.imported(p, path))
		}
	}
	c.declare(ctx, imports)
}

// Changed returns a checker that sees other bytes for some files and knows whatever is not
// touched by that.
func (c *Checker) Changed(overlay map[string][]byte) *Checker {
	out := &Checker{list: c.list, sizes: c.sizes, overlay: overlay, sources: maps.Clone(c.sources)}
	out.forget(c.source)
	out.fset, out.exported, out.exportTypes = c.fset, c.exported, c.exportTypes
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

// unit parses and checks one package whose imports have been declared.
func (c *Checker) unit(p *packages.Package) *Unit {
	u := &Unit{
		Package: p, Path: BarePath(p), Fset: token.NewFileSet(),
		Problems: slices.Clone(p.Errors),
		Hash:     map[string][sha256.Size]byte{},
	}
	syntaxErrors := false
	for _, name := range p.GoFiles {
		src, err := c.read(name)
		if err != nil {
			u.Problems = append(u.Problems, packages.Error{Pos: name + ":1", Msg: err.Error(), Kind: packages.ParseError})
			continue
		}
		c.sourceMu.Lock()
		c.sources[name] = src
		c.sourceMu.Unlock()
		u.Hash[name] = sha256.Sum256(src)
		f, err := parser.ParseFile(u.Fset, name, src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
		if f != nil {
			u.Syntax = append(u.Syntax, f)
		}
		var list scanner.ErrorList
		if errors.As(err, &list) {
			for _, e := range list {
				syntaxErrors = true
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
	cfg := c.typesConfig(p)
	cfg.Error = func(err error) {
		if e, ok := err.(types.Error); ok && !syntaxErrors {
			u.Problems = append(u.Problems, packages.Error{Pos: u.Fset.PositionFor(e.Pos, false).String(), Msg: e.Msg, Kind: packages.TypeError})
		}
	}
	u.Types = types.NewPackage(u.Path, cmp.Or(p.Name, "_"))
	// All errors have been collected.
	_ = types.NewChecker(cfg, u.Fset, u.Types, u.Info).Files(u.Syntax)
	return u
}

func (c *Checker) typesConfig(p *packages.Package) *types.Config {
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
			if c.fromExport(imp) {
				return c.readExport(imp.PkgPath)
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
	if c.source {
		return "source"
	}
	return "export data"
}

// fromExport says whether the types of a package come from export data.
func (c *Checker) fromExport(p *packages.Package) bool {
	return !c.source && !IsLocal(p) && p.Name != ""
}

// declare type-checks the declarations of packages and of all that they import.
func (c *Checker) declare(ctx context.Context, pkgs []*packages.Package) {
	order, outside := c.closure(pkgs)
	if len(outside) > 0 && !c.exports(ctx, outside) {
		c.forget(true)
		order, _ = c.closure(pkgs)
	}

	// Workers take packages in order, so what a package waits for is done or at work.
	done := make(map[string]chan struct{}, len(order))
	place := make(map[string]int, len(order))
	for i, p := range order {
		done[p.ID], place[p.ID] = make(chan struct{}), i
	}
	// The end of ctx is seen inside: every channel has to be closed, as others may wait.
	_ = parallel(context.Background(), len(order), func(i int) {
		p := order[i]
		defer close(done[p.ID])
		if ctx.Err() != nil {
			return
		}
		files := c.parseDeclarations(p)
		for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
			if imp := c.list.imported(p, path); imp != nil {
				if at, ok := place[imp.ID]; ok && at < i {
					<-done[imp.ID]
				}
			}
		}
		cfg := c.typesConfig(p)
		cfg.IgnoreFuncBodies = true
		cfg.Error = func(error) {} // whoever asks for the package as a whole is told
		t := types.NewPackage(BarePath(p), cmp.Or(p.Name, "_"))
		_ = types.NewChecker(cfg, c.fset, t, nil).Files(files)
		c.mu.Lock()
		c.declared[p.ID] = t
		c.mu.Unlock()
	})
}

func (c *Checker) read(name string) ([]byte, error) {
	if src, ok := c.overlay[name]; ok {
		return src, nil
	}
	c.sourceMu.Lock()
	src, ok := c.sources[name]
	c.sourceMu.Unlock()
	if ok {
		return src, nil
	}
	return os.ReadFile(name)
}

// closure lists the packages that have to be declared for others, imports first, and those
// whose export data is needed. A package that is met again on the way down is part of a
// cycle, which the go command reports; it stays undeclared for whoever closes it.
func (c *Checker) closure(pkgs []*packages.Package) (order, outside []*packages.Package) {
	seen := map[string]bool{}
	var visit func(p *packages.Package)
	visit = func(p *packages.Package) {
		if p == nil || seen[p.ID] || p.PkgPath == "unsafe" || p.PkgPath == "C" {
			return
		}
		seen[p.ID] = true
		if _, ok := c.declared[p.ID]; ok {
			return
		}
		if c.fromExport(p) {
			outside = append(outside, p)
			return
		}
		for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
			visit(c.list.imported(p, path))
		}
		order = append(order, p)
	}
	for _, p := range pkgs {
		visit(p)
	}
	return order, outside
}

// parseDeclarations parses the files of a package as far as importers are concerned.
func (c *Checker) parseDeclarations(p *packages.Package) []*ast.File {
	var files []*ast.File
	for _, name := range p.GoFiles {
		src, err := c.read(name)
		if err != nil {
			continue // the go command says so
		}
		var f *ast.File
		if short := outline(src); short != nil {
			f, err = parser.ParseFile(c.fset, name, short, parser.SkipObjectResolution)
		}
		if f == nil || err != nil {
			f, _ = parser.ParseFile(c.fset, name, src, parser.SkipObjectResolution)
		}
		if f != nil {
			files = append(files, f)
		}
	}
	return files
}

// parallel calls f for 0 to n-1, in order of their start, on all cores. When ctx ends
// no further call is made.
func parallel(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					return
				}
				f(i)
			}
		})
	}
	workers.Wait()
	return ctx.Err()
}

// IsCgo says whether any file of the package imports "C".
func (u *Unit) IsCgo() bool {
	return slices.ContainsFunc(u.Syntax, func(f *ast.File) bool {
		return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
	})
}

// Place is the position of an offset in a file of the unit, as line and column.
func (u *Unit) Place(file string, offset int) token.Position {
	for _, f := range u.Syntax {
		if tf := u.Fset.File(f.FileStart); tf.Name() == file && offset <= tf.Size() {
			return tf.PositionFor(tf.Pos(offset), false)
		}
	}
	return token.Position{}
}
