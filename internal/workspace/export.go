package workspace

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"go/types"
	"os"
	"runtime"
	"slices"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
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
	var paths []string
	for _, p := range pkgs {
		if p.ID != p.PkgPath {
			return false // a test variant: there is none
		}
		if c.exported[p.PkgPath] == "" {
			paths = append(paths, p.PkgPath)
		}
	}
	if len(paths) == 0 {
		return true
	}
	if runtime.GOOS == "windows" {
		return false // no sh
	}
	// One question for all that the workspace imports is cheaper than one a round.
	for _, p := range c.list.All() {
		if !IsLocal(p) {
			continue
		}
		for _, imp := range p.Imports {
			if imp = c.list.known(imp); !IsLocal(imp) && imp.ID == imp.PkgPath && imp.Name != "" && imp.PkgPath != "unsafe" && imp.PkgPath != "C" && c.exported[imp.PkgPath] == "" {
				paths = append(paths, imp.PkgPath)
			}
		}
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	command := c.list.command
	command.Context, command.Tests = ctx, false
	command.Env = append(os.Environ(), "PWD="+c.list.config.Dir)
	command.Mode = packages.NeedName | packages.NeedExportFile
	command.BuildFlags = append(slices.Clone(command.BuildFlags), "-toolexec="+onlyCached)
	found, err := packages.Load(&command, paths...)
	if err != nil {
		return false
	}
	for _, p := range found {
		c.exported[p.PkgPath] = p.ExportFile
	}
	return !slices.ContainsFunc(pkgs, func(p *packages.Package) bool { return c.exported[p.PkgPath] == "" })
}

// readExport returns the types of a package from its export data. c.mu is held.
func (c *Checker) readExport(path string) (*types.Package, error) {
	if t := c.exportTypes[path]; t != nil && t.Complete() {
		return t, nil
	}
	f, err := os.Open(c.exported[path])
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
