package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

// A Config says where packages are looked for and how they are built.
type Config struct {
	Dir   string // absolute
	Tests bool   // test variants as well
	Build Build
	Hook  fault.Hook // may be nil

	// ModFile is the file for -modfile, "" for none, and GoFlags what GOFLAGS holds besides. It is
	// of no use in GOFLAGS: what the go command is asked without modules fails because of it.
	ModFile, GoFlags string

	// Unread are Go files that the go command must not try to read, as it spells them, by why
	// nobody can. What it says of a package is what it would say without them, and that they
	// cannot be read.
	Unread map[string]error
	// Scratch is a directory for files of the go command and for it, that somebody else removes;
	// "" for the one of the system, in which a go command that is ended leaves some behind.
	Scratch string
}

// A Build is a build configuration. The zero value is that of the environment.
type Build struct {
	GOOS, GOARCH string // "" for those of the environment, which has cgo or not
	Cgo          bool   // cgo where it would not be otherwise: on another platform, or at all
	Tags         string // separated by commas
}

// String returns the configuration as the go command is told about it.
func (b Build) String() string {
	var parts []string
	if b.GOOS != "" {
		parts = append(parts, b.GOOS+"/"+b.GOARCH)
	}
	if b.Cgo {
		parts = append(parts, "CGO_ENABLED=1")
	}
	if b.Tags != "" {
		parts = append(parts, "-tags="+b.Tags)
	}
	return strings.Join(parts, " ")
}

// elsewhere says whether the platform is not the one of the environment.
func (b Build) elsewhere() bool { return b.GOOS != "" || b.Cgo }

const listMode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps |
	packages.NeedModule | packages.NeedForTest

// A Listing is what the go command says about packages and all that they import, in
// one build configuration. Nothing in it has been parsed.
type Listing struct {
	config  Config
	command packages.Config
	byID    map[string]*packages.Package
	byPath  map[string][]*packages.Package // the variants of a package, by bare import path
	roots   []*packages.Package            // what was asked for, in the order of the go command
	asked   map[string]bool                // packages that come with their test variants, by ListPath
	names   canonical
}

// List lists packages. An error means that the go command could not list; what is wrong with
// single packages is among their errors. patterns are as the go command takes them; without
// any the listing is empty, to be extended.
func List(ctx context.Context, c Config, patterns []string) (*Listing, error) {
	l := &Listing{
		config: c,
		command: packages.Config{
			Context: ctx,
			Mode:    listMode,
			Dir:     c.Dir,
			Env:     append(os.Environ(), "PWD="+c.Dir),
			Tests:   c.Tests,
		},
		byID:   map[string]*packages.Package{},
		byPath: map[string][]*packages.Package{},
		asked:  map[string]bool{},
		names:  canonical{},
	}
	if os.Getenv("GOGC") == "" {
		// The go command lives for seconds and has memory to spare.
		l.command.Env = append(l.command.Env, "GOGC=200")
	}
	if c.Build.GOOS != "" {
		l.command.Env = append(l.command.Env, "GOOS="+c.Build.GOOS, "GOARCH="+c.Build.GOARCH, "CGO_ENABLED=0")
	}
	if c.Build.Cgo {
		l.command.Env = append(l.command.Env, "CGO_ENABLED=1") // no C compiler is asked for to list
	}
	if c.Build.Tags != "" {
		l.command.BuildFlags = []string{"-tags=" + c.Build.Tags}
	}
	if c.ModFile != "" {
		l.command.BuildFlags = append(l.command.BuildFlags, "-modfile="+c.ModFile)
		l.command.Env = append(l.command.Env, "GOFLAGS="+c.GoFlags)
	}
	if c.Scratch != "" {
		l.command.Env = append(l.command.Env, "GOTMPDIR="+c.Scratch)
	}
	if len(c.Unread) > 0 {
		overlay, err := c.without()
		if err != nil {
			return nil, err
		}
		l.command.BuildFlags = append(l.command.BuildFlags, "-overlay="+overlay)
	}
	if len(patterns) == 0 {
		return l, nil
	}
	roots, err := l.add(patterns)
	if err != nil {
		return nil, err
	}
	l.roots = roots
	return l, nil
}

// without writes the overlay that hides files from the go command, and returns its name.
func (c Config) without() (string, error) {
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for name := range c.Unread {
		overlay.Replace[name] = "" // a file that does not exist
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp(c.Scratch, "overlay*.json")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	return f.Name(), errors.Join(err, f.Close())
}

// blame says of a package, with the names of the go command, that files of it cannot be read.
func (l *Listing) blame(p *packages.Package) {
	var errs []packages.Error
	for _, name := range slices.Sorted(maps.Keys(l.config.Unread)) {
		if filepath.Dir(name) == p.Dir {
			errs = append(errs, packages.Error{Pos: l.names.file(name), Msg: disk.Reason(l.config.Unread[name]), Kind: packages.ListError})
		}
	}
	if len(errs) > 0 && len(p.GoFiles)+len(p.IgnoredFiles) == 0 {
		p.Errors = nil // that there are no Go files
	}
	p.Errors = append(p.Errors, errs...)
}

// Extend lists more packages by import path, with their test variants.
func (l *Listing) Extend(paths []string) error {
	var more []string
	for _, path := range paths {
		if !l.asked[path] {
			more = append(more, path)
		}
	}
	if len(more) == 0 {
		return nil
	}
	_, err := l.add(more)
	return err
}

func (l *Listing) add(patterns []string) ([]*packages.Package, error) {
	roots, err := packages.Load(&l.command, patterns...)
	if err != nil {
		// How the go command was asked is of no interest, what it says is.
		said := err.Error()
		if _, rest, ok := strings.Cut(said, "exit status 1: stderr: "); ok {
			said = strings.TrimSpace(rest)
		}
		return nil, errors.New(strings.TrimPrefix(said, "-: "))
	}
	packages.Visit(roots, func(p *packages.Package) bool {
		if l.byID[p.ID] != nil {
			return false
		}
		l.byID[p.ID] = p
		if testMain(p) {
			return true
		}
		l.blame(p)
		l.names.pkg(p)
		path := BarePath(p)
		l.byPath[path] = append(l.byPath[path], p)
		return true
	}, nil)
	for _, p := range roots {
		l.asked[ListPath(p)] = true
	}
	return slices.DeleteFunc(roots, testMain), nil
}

// Build returns the build configuration.
func (l *Listing) Build() Build { return l.config.Build }

// Roots returns the packages that List was asked for, test variants included.
func (l *Listing) Roots() []*packages.Package { return l.roots }

// All returns all packages, sorted by ID.
func (l *Listing) All() []*packages.Package {
	var all []*packages.Package
	for _, id := range slices.Sorted(maps.Keys(l.byID)) {
		if p := l.byID[id]; !testMain(p) {
			all = append(all, p)
		}
	}
	return all
}

// Largest returns, of the variants of a package, the one with the most files: those of
// its tests are among them. It is nil if there is no such package.
func (l *Listing) Largest(path string) *packages.Package {
	var best *packages.Package
	for _, p := range l.byPath[path] {
		if best == nil || len(p.GoFiles) > len(best.GoFiles) || len(p.GoFiles) == len(best.GoFiles) && p.ID < best.ID {
			best = p
		}
	}
	return best
}

// imported returns the package that p imports by a path, or nil.
func (l *Listing) imported(p *packages.Package, path string) *packages.Package {
	imp := p.Imports[path]
	if imp == nil {
		return nil
	}
	return l.known(imp)
}

// Reaches says whether p imports a package, directly or not.
func (l *Listing) Reaches(p *packages.Package, path string) bool {
	seen := map[string]bool{}
	var visit func(p *packages.Package) bool
	visit = func(p *packages.Package) bool {
		seen[p.ID] = true
		for _, imp := range p.Imports {
			if imp = l.known(imp); !seen[imp.ID] && (BarePath(imp) == path || visit(imp)) {
				return true
			}
		}
		return false
	}
	return visit(p)
}

// known returns the package with the ID of p that was listed first.
func (l *Listing) known(p *packages.Package) *packages.Package {
	if first := l.byID[p.ID]; first != nil {
		return first
	}
	return p
}

// Missing says whether there is nothing of a package, not even files that the build leaves out,
// and why.
func Missing(p *packages.Package) (why string, missing bool) {
	if len(p.GoFiles) > 0 || len(p.IgnoredFiles) > 0 || len(p.Errors) == 0 {
		return "", false
	}
	var reasons []string
	for _, e := range p.Errors {
		reasons = append(reasons, strings.TrimPrefix(e.Msg, "-: "))
	}
	return strings.Join(reasons, "; "), true
}

// BarePath is the import path without the suffix of a test variant.
func BarePath(p *packages.Package) string {
	if strings.HasPrefix(p.ID, p.PkgPath+" ") && !strings.HasSuffix(p.ID, "]") {
		return p.ID // no valid path, as it has blanks
	}
	path, _, _ := strings.Cut(cmp.Or(p.PkgPath, p.ID), " ")
	return path
}

// ListPath is the import path by which the go command lists p: external tests come
// with the package that they test.
func ListPath(p *packages.Package) string {
	if path := BarePath(p); p.ForTest == "" || path != p.ForTest+"_test" {
		return path
	}
	return p.ForTest
}

// testMain says whether p is the main package that "go test" generates.
func testMain(p *packages.Package) bool {
	return p.Name == "main" && strings.HasSuffix(p.ID, ".test") &&
		len(p.GoFiles) == 1 && filepath.Ext(p.GoFiles[0]) != ".go"
}

// IsLocal says whether p belongs to a module that is being worked on: a main module, or
// one that a replace directive takes from a directory. Outside of modules only the
// files that the command line names are local.
func IsLocal(p *packages.Package) bool {
	m := p.Module
	switch {
	case m == nil:
		return ListPath(p) == "command-line-arguments"
	case m.Main:
		return true
	}
	return m.Replace != nil && m.Replace.Version == ""
}
