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
	"regexp"
	"runtime"
	"slices"
	"strconv"
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

	kept   map[string]*text // of packages that have been looked at, to see them again as they were
	keptMu sync.Mutex

	mu       sync.Mutex
	declared map[string]*types.Package // by ID; nil for one that is part of an import cycle

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
}

// Check type-checks parts of packages and hands over each as soon as it is done, to
// use before it returns; several goroutines call it at once. It stops when ctx ends.
func (c *Checker) Check(ctx context.Context, parts []Part, use func(*Unit)) error {
	if len(parts) > 0 {
		c.askEarly(ctx)
	}
	sources := make([]*source, len(parts))
	if err := parallel(ctx, len(parts), func(i int) { sources[i] = c.source(parts[i]) }); err != nil {
		return err
	}
	c.declareImports(ctx, sources)
	if c.fromSource || c.list.config.Build.GOOS == "" {
		return parallel(ctx, len(parts), func(i int) {
			use(c.unit(sources[i]))
			sources[i] = nil
		})
	}
	units := make([]*Unit, len(parts))
	check := func() error { return parallel(ctx, len(parts), func(i int) { units[i] = c.unit(sources[i]) }) }
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
	return parallel(ctx, len(parts), func(i int) { use(units[i]) })
}

// declareImports declares what packages need.
func (c *Checker) declareImports(ctx context.Context, sources []*source) {
	var imports []*packages.Package
	for _, s := range sources {
		for _, path := range slices.Sorted(maps.Keys(s.needs)) {
			imports = append(imports, c.list.imported(s.Package, path))
		}
	}
	c.declare(ctx, imports)
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

// A source is a package whose files have been read.
type source struct {
	Part
	read     []*text         // by file; nil for one that cannot be read
	texts    [][]byte        // the same, without what is cut
	cut      bool            // bodies are missing
	needs    map[string]bool // imports that the rest names
	problems []packages.Error
	hash     map[string][sha256.Size]byte
}

// source reads the files of a package and blanks the bodies that are not asked for.
func (c *Checker) source(part Part) *source {
	s := &source{Part: part, needs: map[string]bool{}, hash: map[string][sha256.Size]byte{}}
	for _, name := range part.GoFiles {
		t, err := c.text(name)
		if err != nil {
			s.problems = append(s.problems, packages.Error{Pos: name + ":1", Msg: err.Error(), Kind: packages.ParseError})
			s.read, s.texts = append(s.read, nil), append(s.texts, nil)
			continue
		}
		s.hash[name] = t.hash
		s.read, s.texts = append(s.read, t), append(s.texts, t.src)
	}
	if part.Bodies != nil && !part.Whole {
		s.texts = blank(s.read, func(file, n int) bool { return part.Bodies[Body{part.GoFiles[file], n}] })
		s.cut = true
	}
	if s.cut {
		c.needed(s)
		return s
	}
	for path := range part.Imports {
		s.needs[path] = true
	}
	return s
}

// needed finds the imports that a source still names without the bodies that are missing.
// What it imports besides is not worth being looked at.
func (c *Checker) needed(s *source) {
	for i, text := range s.texts {
		f, _ := parser.ParseFile(token.NewFileSet(), s.GoFiles[i], text, parser.ImportsOnly|parser.SkipObjectResolution)
		if f == nil {
			continue
		}
		named := qualifiers(text)
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			name := ""
			if imp := c.list.imported(s.Package, path); imp != nil {
				name = imp.Name
			}
			if spec.Name != nil {
				name = spec.Name.Name
			}
			if name == "" || name == "." || named[name] {
				s.needs[path] = true
			}
		}
	}
}

// qualifiers returns the words that stand before a dot in a text.
func qualifiers(text []byte) map[string]bool {
	out := map[string]bool{}
	for i, c := range text {
		if c != '.' || i == 0 || !wordByte[text[i-1]] {
			continue
		}
		start := i
		for start > 0 && wordByte[text[start-1]] {
			start--
		}
		if word := text[start:i]; !out[string(word)] {
			out[string(word)] = true
		}
	}
	return out
}

// unit parses and checks one package whose imports have been declared.
func (c *Checker) unit(s *source) *Unit {
	u := &Unit{
		Package: s.Package, Path: BarePath(s.Package), Fset: token.NewFileSet(),
		Problems: slices.Concat(s.Errors, s.problems),
		Hash:     s.hash,
	}
	syntaxErrors := false
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

// declare type-checks the declarations of packages and of all that those need.
func (c *Checker) declare(ctx context.Context, pkgs []*packages.Package) {
	order, outside := c.closure(ctx, pkgs)
	if len(outside) > 0 && !c.exports(ctx, outside) {
		c.forget(true)
		order, _ = c.closure(ctx, pkgs)
	}

	// Workers take packages in order, so what a package waits for is done or at work.
	done := make(map[string]chan struct{}, len(order))
	place := make(map[string]int, len(order))
	for i, s := range order {
		done[s.ID], place[s.ID] = make(chan struct{}), i
	}
	// The end of ctx is seen inside: every channel has to be closed, as others may wait.
	_ = parallel(context.Background(), len(order), func(i int) {
		s := order[i]
		order[i] = nil // its texts are not needed any more
		defer close(done[s.ID])
		if ctx.Err() != nil {
			return
		}
		files := c.parseDeclarations(s)
		for _, path := range slices.Sorted(maps.Keys(s.needs)) {
			if imp := c.list.imported(s.Package, path); imp != nil {
				if at, ok := place[imp.ID]; ok && at < i {
					<-done[imp.ID]
				}
			}
		}
		cfg := c.typesConfig(s.Package, s.needs)
		cfg.IgnoreFuncBodies = true
		cfg.Error = func(error) {} // whoever asks for the package as a whole is told
		t := types.NewPackage(BarePath(s.Package), cmp.Or(s.Name, "_"))
		_ = types.NewChecker(cfg, c.fset, t, nil).Files(files)
		c.mu.Lock()
		c.declared[s.ID] = t
		c.mu.Unlock()
	})
}

// text returns a file of a package that is looked at.
func (c *Checker) text(name string) (*text, error) {
	if src, ok := c.overlay[name]; ok {
		return newText(src), nil
	}
	c.keptMu.Lock()
	t := c.kept[name]
	c.keptMu.Unlock()
	if t != nil {
		return t, nil
	}
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	t = newText(src)
	t.hash = sha256.Sum256(src)
	c.keptMu.Lock()
	c.kept[name] = t
	c.keptMu.Unlock()
	return t, nil
}

// outlinedText returns a file of a package that others import, which is not kept.
func (c *Checker) outlinedText(name string) *text {
	src, ok := c.overlay[name]
	if !ok {
		c.keptMu.Lock()
		t := c.kept[name]
		c.keptMu.Unlock()
		if t != nil {
			return t
		}
		var err error
		if src, err = os.ReadFile(name); err != nil {
			return nil // the go command says so
		}
	}
	return newText(src)
}

// closure lists the packages that have to be declared for others, imports first, and those
// whose export data is needed. A package that is met again on the way down is part of a
// cycle, which the go command reports; it stays undeclared for whoever closes it.
func (c *Checker) closure(ctx context.Context, pkgs []*packages.Package) (order []*source, outside []*packages.Package) {
	read := map[string]*source{} // by ID; nil for what comes from export data
	for work := pkgs; len(work) > 0; {
		var unread []*packages.Package
		for _, p := range work {
			if p == nil || p.PkgPath == "unsafe" || p.PkgPath == "C" {
				continue
			}
			if _, ok := read[p.ID]; ok {
				continue
			}
			if _, ok := c.declared[p.ID]; ok {
				continue
			}
			read[p.ID] = nil
			if c.fromExport(p) {
				outside = append(outside, p)
			} else {
				unread = append(unread, p)
			}
		}
		sources := make([]*source, len(unread))
		_ = parallel(ctx, len(unread), func(i int) { sources[i] = c.outlined(unread[i]) })
		work = nil
		for _, s := range sources {
			if s == nil {
				continue // ctx has ended
			}
			read[s.ID] = s
			for _, path := range slices.Sorted(maps.Keys(s.needs)) {
				work = append(work, c.list.imported(s.Package, path))
			}
		}
	}
	var visit func(p *packages.Package)
	visit = func(p *packages.Package) {
		if p == nil || read[p.ID] == nil {
			return
		}
		s := read[p.ID]
		read[p.ID] = nil
		for _, path := range slices.Sorted(maps.Keys(s.needs)) {
			visit(c.list.imported(p, path))
		}
		order = append(order, s)
	}
	for _, p := range pkgs {
		visit(p)
	}
	return order, outside
}

// outlined reads a package as far as importers are concerned.
func (c *Checker) outlined(p *packages.Package) *source {
	s := &source{Part: Part{Package: p}, cut: true, needs: map[string]bool{}}
	for _, name := range p.GoFiles {
		s.read = append(s.read, c.outlinedText(name))
	}
	s.texts = outline(s.read)
	s.read = nil
	c.needed(s)
	return s
}

// parseDeclarations parses the files of a package that has been outlined.
func (c *Checker) parseDeclarations(s *source) []*ast.File {
	var files []*ast.File
	for i, text := range s.texts {
		if text == nil {
			continue
		}
		// What does not parse is told to whoever asks for the package as a whole.
		if f, _ := parser.ParseFile(c.fset, s.GoFiles[i], text, parser.SkipObjectResolution); f != nil {
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
