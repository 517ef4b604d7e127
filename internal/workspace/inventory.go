package workspace

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/mod/modfile"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

// An Inventory is what the file system says about the Go files below some directories:
// all of them, however they are built, in nested modules and testdata as well. Only
// version control and directories that cannot be read are passed over.
type Inventory struct {
	Hook fault.Hook // may be nil

	hit   func(src []byte) bool
	dirs  map[string]*directory // by absolute path; those with Go files or a go.mod
	files map[string]*file      // by absolute path
	shut  map[string]error      // directories that cannot be read, by absolute path

	indexed *index // nil until it is asked for
}

type directory struct {
	path    string
	files   []*file
	module  string   // the directory with the nearest go.mod at or above it, "" for none
	mod     bool     // it has a go.mod itself
	modpath string   // the module path in that, "" if there is none or it cannot be read
	names   []string // import paths that the go command knows it by, which need not follow from the module's
}

type file struct {
	path       string
	hit        bool
	imports    []imported
	interfaces bool       // it has that word
	methods    [][]string // of those that it declares, if the words are there
	err        error      // why it could not be read
	words      words      // nil until somebody asks for them
}

// NewInventory returns an empty inventory. hit is asked of every Go file whether it is worth
// a closer look, by several goroutines at once and with bytes that it must not keep.
func NewInventory(hit func(src []byte) bool) *Inventory {
	return &Inventory{hit: hit, dirs: map[string]*directory{}, files: map[string]*file{}, shut: map[string]error{}}
}

// Walk adds the Go files below directories, which are absolute. From the first hit on, until
// idle ends, it takes their words as well, which [Inventory.Prepare] does for all others. All
// paths are canonical, see [CanonicalDir]; a directory that is a link is followed if it is one
// of those that are given, as the go command does.
func (inv *Inventory) Walk(ctx, idle context.Context, roots ...string) {
	inv.scan(ctx, idle, func(work chan<- *file) {
		for _, root := range roots {
			inv.walk(ctx, CanonicalDir(root), work)
		}
	})
	inv.settle()
}

// settle finds the module of each directory.
func (inv *Inventory) settle() {
	for _, d := range inv.dirs {
		d.module = inv.moduleOf(d.path)
	}
}

// Name says that the go command knows a directory by an import path: packages of a module that
// is replaced may have another than their go.mod says, and so has a directory that is linked
// into a module. A directory that the inventory does not have is none of its own.
func (inv *Inventory) Name(dir, path string) {
	d := inv.dirs[dir]
	if d == nil || path == inv.importPath(d) || slices.Contains(d.names, path) {
		return
	}
	d.names = append(d.names, path)
	inv.indexed = nil
}

// Import says what a file imports, by import path, of which the inventory does not know it.
func (inv *Inventory) Import(file string, paths ...string) {
	f := inv.files[file]
	if f == nil {
		return
	}
	for _, path := range paths {
		if imp := (imported{path: path}); !slices.Contains(f.imports, imp) {
			f.imports = append(f.imports, imp)
			inv.indexed = nil
		}
	}
}

// Add adds single Go files, by canonical path.
func (inv *Inventory) Add(ctx context.Context, names ...string) {
	done, cancel := context.WithCancel(ctx)
	cancel()
	inv.scan(ctx, done, func(work chan<- *file) {
		for _, name := range names {
			if inv.files[name] == nil {
				f := &file{path: name}
				inv.files[name] = f
				dir := inv.dir(filepath.Dir(name))
				dir.files = append(dir.files, f)
				work <- f
			}
		}
	})
	inv.settle()
}

// scan reads the files that find sends.
func (inv *Inventory) scan(ctx, idle context.Context, find func(work chan<- *file)) {
	before := len(inv.files)
	defer func() {
		if len(inv.files) != before {
			inv.indexed = nil
		}
	}()
	var hits atomic.Bool
	work := make(chan *file, 256)
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			var buf []byte
			var h *hasher
			for f := range work {
				if ctx.Err() != nil {
					continue // drains the channel
				}
				var src []byte
				src, buf, f.err = disk.ReadInto(f.path, disk.MaxSource, buf)
				switch {
				case errors.Is(f.err, disk.ErrDirectory):
					f.err = nil // and no source
				case f.err == nil:
					f.err = fault.Catch(func() {
						inv.Hook.Begin(fault.Scan, f.path)
						if f.hit = inv.hit(src); f.hit {
							hits.Store(true)
						}
						f.interfaces = bytes.Contains(src, []byte("interface"))
						f.imports = header(src)
						if hits.Load() && idle.Err() == nil {
							if h == nil {
								h = &hasher{}
							}
							f.take(h, src)
						}
					})
				}
			}
		})
	}
	find(work)
	close(work)
	readers.Wait()
}

func (inv *Inventory) walk(ctx context.Context, root string, work chan<- *file) {
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return filepath.SkipAll
		case err != nil:
			if d != nil && d.IsDir() && !errors.Is(err, fs.ErrNotExist) {
				inv.shut[path] = err
			}
			return nil
		case d.IsDir():
			if name := d.Name(); path != root && (name == ".git" || name == ".hg" || name == ".svn") {
				return filepath.SkipDir
			}
		case d.Name() == "go.mod":
			data, err := disk.Read(path, disk.MaxModule)
			if errors.Is(err, disk.ErrDirectory) || errors.Is(err, fs.ErrNotExist) {
				return nil // a link that leads to no file
			}
			// One that cannot be read ends the module around it all the same.
			dir := inv.dir(filepath.Dir(path))
			dir.mod, dir.modpath = true, modfile.ModulePath(data)
		case passedOver(d.Name()) && d.Type()&fs.ModeSymlink != 0 && !exists(path):
			return nil // what an editor leaves beside a file that is open
		case filepath.Ext(path) == ".go" && inv.files[path] == nil:
			f := &file{path: path}
			inv.files[path] = f
			dir := inv.dir(filepath.Dir(path))
			dir.files = append(dir.files, f)
			work <- f
		}
		return nil
	})
}

// passedOver says whether the go command passes over files and directories of a name.
func passedOver(name string) bool {
	return strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") && name != "." && name != ".."
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (inv *Inventory) dir(path string) *directory {
	d := inv.dirs[path]
	if d == nil {
		d = &directory{path: path}
		inv.dirs[path] = d
	}
	return d
}

// moduleOf returns the nearest directory at or above dir that has a go.mod and is part of
// the inventory.
func (inv *Inventory) moduleOf(dir string) string {
	for {
		if d := inv.dirs[dir]; d != nil && d.mod {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// Read calls use with the bytes of a file, which it must not keep.
func Read(name string, use func(src []byte)) error {
	buf, _ := buffers.Get().([]byte)
	src, buf, err := disk.ReadInto(name, disk.MaxSource, buf)
	if err == nil {
		use(src)
	}
	buffers.Put(buf) //nolint:staticcheck // the slice header is small beside a file
	return err
}

var buffers sync.Pool

// Hits returns the files that are worth a closer look, sorted, and those that could not
// be read.
func (inv *Inventory) Hits() []string {
	var hits []string
	for path, f := range inv.files {
		if f.hit || f.err != nil {
			hits = append(hits, path)
		}
	}
	slices.Sort(hits)
	return hits
}

// Err says why a file could not be read.
func (inv *Inventory) Err(file string) error {
	if f := inv.files[file]; f != nil {
		return f.err
	}
	return nil
}

// ImportPaths returns the import paths of all directories with Go files that are in a module,
// sorted.
func (inv *Inventory) ImportPaths() (paths []string) {
	for _, d := range inv.dirs {
		if path := inv.importPath(d); path != "" && len(d.files) > 0 {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// Len is the number of Go files.
func (inv *Inventory) Len() int { return len(inv.files) }

// Shut returns the directories that could not be read, with the reason.
func (inv *Inventory) Shut() map[string]error { return inv.shut }

// Dirs returns the directories with Go files, sorted.
func (inv *Inventory) Dirs() (dirs []string) {
	for path, d := range inv.dirs {
		if len(d.files) > 0 {
			dirs = append(dirs, path)
		}
	}
	slices.Sort(dirs)
	return dirs
}

// All returns all files, sorted.
func (inv *Inventory) All() []string { return slices.Sorted(maps.Keys(inv.files)) }

// Files returns the Go files of a directory, sorted.
func (inv *Inventory) Files(dir string) []string {
	var out []string
	if d := inv.dirs[dir]; d != nil {
		for _, f := range d.files {
			out = append(out, f.path)
		}
	}
	slices.Sort(out)
	return out
}

// Module returns the directory and the path of the module that a file belongs to, as far as
// the inventory holds its go.mod.
func (inv *Inventory) Module(file string) (dir, path string) {
	d := inv.dirs[filepath.Dir(file)]
	if d == nil || d.module == "" {
		return "", ""
	}
	return d.module, inv.dirs[d.module].modpath
}

// Above returns the directory of the module that a module's directory is in, "" for none.
func (inv *Inventory) Above(module string) string { return inv.moduleOf(filepath.Dir(module)) }

// Within says whether a file is below a directory.
func Within(dir, file string) bool {
	rel, err := filepath.Rel(dir, file)
	return dir != "" && err == nil && filepath.IsLocal(rel)
}

// PassedOver says why the go command passes over a file below root, whatever the build
// configuration is: because of a directory that it is in, or of its name.
func PassedOver(root, file string) string {
	rel, err := filepath.Rel(root, file)
	if err != nil {
		return ""
	}
	for _, name := range strings.Split(filepath.ToSlash(rel), "/") {
		switch {
		case name == "testdata", name == "vendor":
			return "it is in a directory named " + name
		case passedOver(name):
			return "the go command passes over names such as " + name
		}
	}
	return ""
}
