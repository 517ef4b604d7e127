package analyzer

import (
	"bytes"
	"errors"
	"fmt"
	"go/scanner"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
)

// Files that are not Go are part of a program if it reads them: those below testdata, where the
// go command expects what tests read, those that it embeds, and those that its code names. They
// are looked for when something is to move, and not before.

// A datum is a file that is not Go and that a package reads, or may read.
type datum struct {
	file   string // absolute
	name   string // from the directory of the package, with slashes
	by     string // import path of the package, without the suffix of an external test; "" if the program does not hold it
	spoken bool   // a literal spells its name, so that nobody makes that from the path of a request
	listed bool   // so does a pattern of go:embed
	src    []byte // its text; nil if that says nothing about the API, or if why is set
	why    string // why its text is not known although it may say something, as a predicate of the file; or ""
}

// dataOf lists the data of the packages with some Go files, by directory, in the order of their
// names. owner says which package that is; keep is asked for a text whether it is of interest.
func dataOf(sources map[string][]string, owner func(dir string) string, keep func(text []byte) bool) []datum {
	var out []datum
	for _, dir := range slices.Sorted(maps.Keys(sources)) {
		s := search{dir: dir, by: owner(dir), names: namesIn(sources[dir]), keep: keep}
		s.below(dir, false)
		s.beside()
		out = append(out, s.found...)
	}
	return out
}

// A search looks for the data of the package in a directory.
type search struct {
	dir, by string
	names   spoken
	keep    func([]byte) bool
	found   []datum
	buf     []byte
}

// below looks at the files below a directory. data says that all of them count.
func (s *search) below(dir string, data bool) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // what cannot be listed is said by whoever looks for Go files
	}
	for _, e := range entries {
		file := filepath.Join(dir, e.Name())
		name := s.name(file)
		switch info, err := os.Stat(file); {
		case err != nil: // a link that leads nowhere
		case !info.IsDir():
			ext := filepath.Ext(file)
			if info.Mode().IsRegular() && (data && ext != ".go" || !slices.Contains([]string{".go", ".mod", ".sum", ".work"}, ext) && s.names.file(name)) {
				s.look(file, name)
			}
		case e.Type()&fs.ModeSymlink != 0: // it may lead anywhere, and back
		case data || e.Name() == "testdata":
			s.below(file, true)
		case strings.HasPrefix(e.Name(), ".") || e.Name() == "vendor" || e.Name() == "node_modules" || isModule(file):
			// It belongs to a tool or to somebody else.
		case s.names.dir(name) || s.names.leads(name):
			s.below(file, s.names.dir(name))
		}
	}
}

// beside looks at the data of the directories above that the code names from where it is, or
// may name in pieces: all their testdata.
func (s *search) beside() {
	if !s.names.up {
		return
	}
	dir := s.dir
	for !isModule(dir) && filepath.Dir(dir) != dir {
		dir = filepath.Dir(dir)
		if data := filepath.Join(dir, "testdata"); !strings.HasPrefix(s.dir, data+string(filepath.Separator)) {
			s.below(data, true)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.names.texts)) {
		if !strings.HasPrefix(name, "../") || path.Base(name) == ".." {
			continue
		}
		file := filepath.Join(s.dir, filepath.FromSlash(name))
		switch info, err := os.Stat(file); {
		case err != nil || strings.Contains(file, "testdata") || !strings.HasPrefix(file, dir+string(filepath.Separator)):
		case info.IsDir():
			s.below(file, true)
		case info.Mode().IsRegular() && filepath.Ext(file) != ".go":
			s.look(file, name)
		}
	}
}

func (s *search) name(file string) string {
	rel, err := filepath.Rel(s.dir, file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

func (s *search) look(file, name string) {
	d := datum{file: file, name: name, by: s.by, spoken: s.names.whole(name), listed: s.names.texts[name]}
	src, buf, err := disk.ReadInto(file, disk.MaxText, s.buf)
	s.buf = buf
	var size *disk.SizeError
	switch {
	case errors.As(err, &size):
		if found, err := s.searchLarge(file); err != nil {
			d.why = "cannot be read: " + disk.Reason(err)
		} else if found {
			d.why = fmt.Sprintf("names the API and is larger than %d MiB", disk.MaxText>>20)
		}
	case err != nil:
		d.why = "cannot be read: " + disk.Reason(err)
	case s.keep(src):
		d.src = bytes.Clone(src)
	}
	s.found = append(s.found, d)
}

// searchLarge asks for the pieces of a file that is too large to be read at once.
func (s *search) searchLarge(file string) (bool, error) {
	f, err := disk.Open(file)
	if err != nil {
		return false, err
	}
	defer f.Close()
	const overlap = 1 << 10 // names may be cut by the end of a piece
	piece := make([]byte, disk.MaxText)
	for kept := 0; ; {
		n, err := io.ReadFull(f, piece[kept:])
		if s.keep(piece[:kept+n]) {
			return true, nil
		}
		switch err {
		case nil:
			kept = copy(piece, piece[len(piece)-overlap:])
		case io.EOF, io.ErrUnexpectedEOF:
			return false, nil
		default:
			return false, err
		}
	}
}

func isModule(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// spoken is what the code of a package says about names of files.
type spoken struct {
	texts map[string]bool // cleaned values of literals, and patterns of go:embed
	code  map[string]bool // of these, the literals as they are
	globs []string
	up    bool // something leads to the directory above
}

// namesIn reads the literals and the patterns of go:embed of some files.
func namesIn(files []string) spoken {
	s := spoken{texts: map[string]bool{}, code: map[string]bool{}}
	for _, file := range files {
		src, err := disk.Source(file)
		if err != nil {
			continue // it was read before; it has gone since
		}
		fset := token.NewFileSet()
		var scan scanner.Scanner
		scan.Init(fset.AddFile("", -1, len(src)), src, nil, scanner.ScanComments)
		for tok, lit := token.ILLEGAL, ""; tok != token.EOF; {
			_, tok, lit = scan.Scan()
			switch tok {
			case token.STRING:
				if text, err := strconv.Unquote(lit); err == nil {
					s.add(text)
					s.code[path.Clean(text)] = true
				}
			case token.COMMENT:
				if patterns, ok := strings.CutPrefix(lit, "//go:embed "); ok {
					for _, p := range strings.Fields(patterns) {
						if plain, err := strconv.Unquote(p); err == nil {
							p = plain
						}
						s.add(strings.TrimPrefix(p, "all:"))
					}
				}
			}
		}
	}
	return s
}

func (s *spoken) add(text string) {
	const longest = 256 // of a name; a text that is longer is none
	if text == "" || len(text) > longest || strings.ContainsAny(text, "\n\x00") {
		return
	}
	clean := path.Clean(filepath.ToSlash(text))
	s.up = s.up || strings.HasPrefix(clean, "..")
	if clean == "." || clean == "/" {
		return
	}
	s.texts[clean] = true
	if strings.ContainsAny(clean, "*?[") {
		s.globs = append(s.globs, clean)
	}
}

// file reports whether the code names a file, by its path, its last element or a pattern.
func (s *spoken) file(name string) bool {
	return s.texts[name] || s.texts[path.Base(name)] ||
		slices.ContainsFunc(s.globs, func(glob string) bool {
			whole, _ := path.Match(glob, name)
			last, _ := path.Match(glob, path.Base(name))
			return whole || last && glob != "*"
		})
}

// dir reports whether the code names a directory, or a pattern for its files.
func (s *spoken) dir(name string) bool {
	return s.texts[name] || slices.ContainsFunc(s.globs, func(glob string) bool {
		ok, _ := path.Match(glob, name)
		return ok
	})
}

// leads reports whether the code names something below a directory.
func (s *spoken) leads(name string) bool {
	for text := range s.texts {
		if strings.HasPrefix(text, name+"/") {
			return true
		}
	}
	return false
}

// whole reports whether a literal is the name of a file, with or without where it is or what
// kind it is of.
func (s *spoken) whole(name string) bool {
	base := path.Base(name)
	ext := path.Ext(name)
	return s.code[name] || s.code[base] || ext != "" && (s.code[strings.TrimSuffix(name, ext)] || s.code[strings.TrimSuffix(base, ext)])
}
