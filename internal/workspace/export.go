package workspace

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"go/types"
	"maps"
	"os"
	"runtime"
	"slices"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
)

// Export data of the compiler spares parsing what others have built already: the standard
// library and dependencies. Where it is in the build cache it is several times faster than
// source, but where it is not, the compiler takes ten times longer than source does. So the
// go command is asked for what it has and is not let near the compiler.
//
// For another platform nobody has built anything. There, the export data of this one is
// tried first: what a package declares is nearly always the same, and where it matters that
// it is not, there is a type error, and source is next.

// onlyCached is a -toolexec command that lets the go command ask which compilers there are,
// of Go and of C, and refuses to compile.
const onlyCached = `sh -c 'case "$*" in *-V=full | *" -### "*) exec "$@" ;; esac; exit 1' sh`

// exports finds the export data of packages outside of the workspace, by import path. It
// says no if any is missing, as types from source and from export data do not mix.
func (c *Checker) exports(ctx context.Context, pkgs []*packages.Package) bool {
	if c.asking != nil {
		maps.Copy(c.exported, <-c.asking)
		c.asking = nil
	}
	var paths []string
	for _, p := range pkgs {
		if p.ID != p.PkgPath {
			return false // a test variant: there is none
		}
		if c.exported[p.PkgPath] == "" {
			paths = append(paths, p.PkgPath)
		}
	}
	if len(paths) > 0 {
		maps.Copy(c.exported, c.ask(ctx, paths))
	}
	return !slices.ContainsFunc(pkgs, func(p *packages.Package) bool { return c.exported[p.PkgPath] == "" })
}

// askEarly asks for all that the workspace imports, while the sources are read: one question
// is cheaper than one a round.
func (c *Checker) askEarly(ctx context.Context) {
	if c.fromSource || c.asked {
		return
	}
	c.asked = true
	var paths []string
	for _, p := range c.list.All() {
		if !IsLocal(p) {
			continue
		}
		for _, imp := range p.Imports {
			if imp = c.list.known(imp); !IsLocal(imp) && imp.ID == imp.PkgPath && imp.Name != "" && imp.PkgPath != "unsafe" && imp.PkgPath != "C" {
				paths = append(paths, imp.PkgPath)
			}
		}
	}
	if len(paths) == 0 {
		return
	}
	slices.Sort(paths)
	c.asking = make(chan map[string]string, 1)
	go func(answer chan<- map[string]string) { answer <- c.ask(ctx, slices.Compact(paths)) }(c.asking)
}

// ask asks the go command for the files with the export data of packages, which it may not
// have for all.
func (c *Checker) ask(ctx context.Context, paths []string) map[string]string {
	if runtime.GOOS == "windows" {
		return nil // no sh
	}
	command := c.list.command
	command.Context, command.Tests = ctx, false
	command.Env = append(os.Environ(), "PWD="+c.list.config.Dir)
	if scratch := c.list.config.Scratch; scratch != "" {
		command.Env = append(command.Env, "GOTMPDIR="+scratch)
	}
	command.Mode = packages.NeedName | packages.NeedExportFile
	command.BuildFlags = append(slices.Clone(command.BuildFlags), "-toolexec="+onlyCached)
	found, err := packages.Load(&command, paths...)
	if err != nil {
		return nil
	}
	files := map[string]string{}
	for _, p := range found {
		files[p.PkgPath] = p.ExportFile
	}
	return files
}

// readExport returns the types of a package from its export data. c.mu is held.
func (c *Checker) readExport(path string) (*types.Package, error) {
	if t := c.exportTypes[path]; t != nil && t.Complete() {
		return t, nil
	}
	f, err := disk.Open(c.exported[path])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("export data of %s: %w", path, err)
	}
	t, err := gcexportdata.Read(r, c.fset, c.exportTypes, path)
	if err != nil {
		return nil, errors.Join(errors.New("export data of "+path), err)
	}
	return t, nil
}
