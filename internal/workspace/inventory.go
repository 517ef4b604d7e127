package workspace

import (
	"bytes"
	"context"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/modfile"
)

// An Inventory is what the file system says about the Go files below some directories:
// all of them, however they are built, in nested modules and testdata as well. Only
// version control and directories that cannot be read are passed over.
type Inventory struct {
	hit   func(src []byte) bool
	dirs  map[string]*directory // by absolute path; those with Go files or a go.mod
	files map[string]*file      // by absolute path
}

type directory struct {
	path    string
	files   []*file
	module  string // the directory with the nearest go.mod at or above it, "" for none
	modpath string // if it has a go.mod: the module path in it
	imports []string
	parsed  bool // imports have been read
}

type file struct {
	path string
	hit  bool
	err  error // why it could not be read
}

// maxSource bounds the size of a Go file that is read, in bytes.
const maxSource = 64 << 20

// NewInventory returns an empty inventory. hit is asked of every Go file whether it is worth
// a closer look, by several goroutines at once and with bytes that it must not keep.
func NewInventory(hit func(src []byte) bool) *Inventory {
	return &Inventory{hit: hit, dirs: map[string]*directory{}, files: map[string]*file{}}
}

// Walk adds the Go files below directories, which are absolute.
func (inv *Inventory) Walk(ctx context.Context, roots ...string) {
	inv.scan(ctx, func(work chan<- *file) {
		for _, root := range roots {
			inv.walk(ctx, root, work)
		}
	})
	for _, d := range inv.dirs {
		d.module = inv.moduleOf(d.path)
	}
}

// Add adds single Go files, by absolute path.
func (inv *Inventory) Add(ctx context.Context, names ...string) {
	inv.scan(ctx, func(work chan<- *file) {
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
}

// scan reads the files that find sends.
func (inv *Inventory) scan(ctx context.Context, find func(work chan<- *file)) {
	work := make(chan *file, 256)
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			var buf []byte
			for f := range work {
				if ctx.Err() != nil {
					continue // drains the channel
				}
				var src []byte
				if src, buf, f.err = read(f.path, buf); f.err == nil {
					f.hit = inv.hit(src)
				}
			}
		})
	}
	find(work)
	close(work)
	readers.Wait()
}

func (inv *Inventory) walk(ctx context.Context, root string, work chan<- *file) {
	// What cannot be read is not there for the go command either, which says so.
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return filepath.SkipAll
		case err != nil:
			return nil
		case d.IsDir():
			if name := d.Name(); path != root && (name == ".git" || name == ".hg" || name == ".svn") {
				return filepath.SkipDir
			}
		case d.Name() == "go.mod":
			if data, err := os.ReadFile(path); err == nil {
				inv.dir(filepath.Dir(path)).modpath = modfile.ModulePath(data)
			}
		case filepath.Ext(path) == ".go" && inv.files[path] == nil:
			f := &file{path: path}
			inv.files[path] = f
			dir := inv.dir(filepath.Dir(path))
			dir.files = append(dir.files, f)
			if d.Type().IsRegular() || d.Type()&fs.ModeSymlink != 0 {
				work <- f
			}
		}
		return nil
	})
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
		if d := inv.dirs[dir]; d != nil && d.modpath != "" {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// read reads a file into buf, which it may replace by a larger one.
func read(name string, buf []byte) (src, kept []byte, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, buf, err
	}
	if !info.Mode().IsRegular() {
		return nil, buf, nil // a directory or a device is no source, and a pipe blocks who opens it
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, buf, err
	}
	defer f.Close()
	if info.Size() > maxSource {
		return nil, buf, &fs.PathError{Op: "read", Path: name, Err: errTooLarge}
	}
	if need := int(info.Size()) + 1; cap(buf) < need {
		buf = make([]byte, need+need/4)
	}
	n, err := io.ReadFull(f, buf[:cap(buf)])
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return buf[:n], buf, err
}

var errTooLarge = sizeError{}

type sizeError struct{}

func (sizeError) Error() string {
	return "the file is larger than " + strconv.Itoa(maxSource>>20) + " MiB"
}

// Read calls use with the bytes of a file, which it must not keep.
func Read(name string, use func(src []byte)) error {
	buf, _ := buffers.Get().([]byte)
	src, buf, err := read(name, buf)
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

// Len is the number of Go files.
func (inv *Inventory) Len() int { return len(inv.files) }

// Has says whether the inventory holds a file.
func (inv *Inventory) Has(file string) bool { return inv.files[file] != nil }

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

// importPath is the path by which a directory is imported, "" if it is in no module.
func (inv *Inventory) importPath(d *directory) string {
	if d.module == "" {
		return ""
	}
	rel, err := filepath.Rel(d.module, d.path)
	if err != nil {
		return ""
	}
	return path.Join(inv.dirs[d.module].modpath, filepath.ToSlash(rel))
}

// A Mention asks which packages mention a name of another one.
type Mention struct {
	Package string // import path of the one that declares the name; empty for any text, wherever it is
	Name    string // an identifier, alone or with what is beside it; it does not match a part of a longer one
	Method  bool   // it may also be reached through an interface that the package does not know
}

// Mentioning returns the import paths, sorted, of the packages that mention any of the
// names in some file and import, directly or not, the package that declares it. It looks at
// bytes and import declarations: more packages may come out than really use the name, but
// not fewer.
func (inv *Inventory) Mentioning(mentions []Mention) []string {
	words := map[string]bool{}
	for _, m := range mentions {
		words[m.Name] = true
	}
	found := inv.spelled(words)
	byPath := map[string]*directory{}
	for _, d := range inv.dirs {
		if p := inv.importPath(d); p != "" && len(d.files) > 0 {
			byPath[p] = d
		}
	}
	out := map[string]bool{}
	for d, names := range found {
		self := inv.importPath(d)
		if self == "" {
			continue
		}
		var reach map[string]bool // packages of the workspace that it is made of
		for _, m := range mentions {
			if out[self] {
				break
			}
			if !names[m.Name] || self == m.Package {
				continue
			}
			if m.Package == "" {
				out[self] = true
				break
			}
			if reach == nil {
				reach = inv.reach(d, byPath)
			}
			switch {
			case reach[m.Package]:
				out[self] = true
			case m.Method:
				// An interface with the method may be declared in any package that it
				// reaches, or in itself.
				for p := range reach {
					if dir := byPath[p]; dir != nil && found[dir][m.Name] && found[dir]["interface"] {
						out[self] = true
					}
				}
			}
		}
	}
	paths := make([]string, 0, len(out))
	for p := range out {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}

// reach returns the packages that a directory's files import, directly or not, and its own.
func (inv *Inventory) reach(from *directory, byPath map[string]*directory) map[string]bool {
	seen := map[string]bool{}
	work := []*directory{from}
	seen[inv.importPath(from)] = true
	for len(work) > 0 {
		d := work[len(work)-1]
		work = work[:len(work)-1]
		inv.parseImports(d)
		for _, imp := range d.imports {
			if !seen[imp] {
				seen[imp] = true
				if next := byPath[imp]; next != nil {
					work = append(work, next)
				}
			}
		}
	}
	return seen
}

func (inv *Inventory) parseImports(d *directory) {
	if d.parsed {
		return
	}
	d.parsed = true
	var buf []byte
	for _, f := range d.files {
		var src []byte
		var err error
		if src, buf, err = read(f.path, buf); err != nil {
			continue
		}
		// A file that does not parse as far as its imports is in no package.
		syntax, _ := parser.ParseFile(token.NewFileSet(), f.path, src, parser.ImportsOnly|parser.SkipObjectResolution)
		if syntax == nil {
			continue
		}
		for _, spec := range syntax.Imports {
			if p, err := strconv.Unquote(spec.Path.Value); err == nil && !slices.Contains(d.imports, p) {
				d.imports = append(d.imports, p)
			}
		}
	}
}

// spelled returns, for each directory, which of the words its files hold, and whether
// they hold the word interface.
func (inv *Inventory) spelled(words map[string]bool) map[*directory]map[string]bool {
	type hit struct {
		dir   *directory
		words []string
	}
	dirs := make(chan *directory)
	hits := make(chan hit)
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			var buf []byte
			for d := range dirs {
				have := map[string]bool{}
				for _, f := range d.files {
					var src []byte
					var err error
					if src, buf, err = read(f.path, buf); err != nil {
						continue
					}
					for w := range words {
						if !have[w] && holdsWord(src, w) {
							have[w] = true
						}
					}
					if !have["interface"] && holdsWord(src, "interface") {
						have["interface"] = true
					}
				}
				var names []string
				for w := range have {
					names = append(names, w)
				}
				hits <- hit{d, names}
			}
		})
	}
	go func() {
		for _, d := range inv.dirs {
			if len(d.files) > 0 {
				dirs <- d
			}
		}
		close(dirs)
		readers.Wait()
		close(hits)
	}()
	found := map[*directory]map[string]bool{}
	for h := range hits {
		if len(h.words) > 1 || len(h.words) == 1 && h.words[0] != "interface" {
			found[h.dir] = map[string]bool{}
			for _, w := range h.words {
				found[h.dir][w] = true
			}
		}
	}
	return found
}

// Uses returns those of the names that a file holds as a word.
func (inv *Inventory) Uses(file string, names []string) []string {
	src, _, err := read(file, nil)
	if err != nil {
		return nil
	}
	var out []string
	for _, name := range names {
		if holdsWord(src, name) {
			out = append(out, name)
		}
	}
	return out
}

// holdsWord says whether text holds a word that is not part of a longer one. Where the word
// begins or ends with a sign, anything may be beside it.
func holdsWord(text []byte, word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(word))
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(word)
		before, _ := utf8.DecodeLastRune(text[:start])
		behind, _ := utf8.DecodeRune(text[end:])
		if (start == 0 || !wordRune(first) || !wordRune(before)) && (end == len(text) || !wordRune(last) || !wordRune(behind)) {
			return true
		}
		from = start + 1
	}
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

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
		case strings.HasPrefix(name, "_"), strings.HasPrefix(name, ".") && name != "." && name != "..":
			return "the go command passes over names such as " + name
		}
	}
	return ""
}
