package workspace

import (
	"cmp"
	"context"
	"go/ast"
	"go/parser"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

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
	_ = Each(context.Background(), len(order), func(i int) {
		s := order[i]
		order[i] = nil // its texts are not needed any more
		defer close(done[s.ID])
		if ctx.Err() != nil {
			return
		}
		wait := func() {
			for _, path := range slices.Sorted(maps.Keys(s.needs)) {
				if imp := c.list.imported(s.Package, path); imp != nil {
					if at, ok := place[imp.ID]; ok && at < i {
						<-done[imp.ID]
					}
				}
			}
		}
		var t *types.Package
		err := fault.Catch(func() { t = c.declaration(s, wait) })
		c.mu.Lock()
		defer c.mu.Unlock()
		if err != nil {
			c.failed[s.ID] = err
			return
		}
		c.declared[s.ID] = t
	})
}

// declaration type-checks the declarations of a package. wait returns when its imports have
// been declared.
func (c *Checker) declaration(s *source, wait func()) *types.Package {
	c.list.config.Hook.Begin(fault.Declare, BarePath(s.Package))
	files := c.parseDeclarations(s)
	wait()
	cfg := c.typesConfig(s.Package, s.needs)
	cfg.IgnoreFuncBodies = true
	cfg.Error = func(error) {} // whoever asks for the package as a whole is told
	t := types.NewPackage(BarePath(s.Package), cmp.Or(s.Name, "_"))
	_ = types.NewChecker(cfg, c.fset, t, nil).Files(files)
	return t
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
		_ = Each(ctx, len(unread), func(i int) { sources[i] = c.outlined(unread[i]) })
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
		t, _ := c.text(name, false) // if it cannot be read, the go command says so
		s.read = append(s.read, t)
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
