package workspace

import (
	"crypto/sha256"
	"go/parser"
	"go/token"
	"strconv"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
)

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
		t, err := c.text(name, true)
		if err != nil {
			s.problems = append(s.problems, packages.Error{Pos: name + ":1", Msg: disk.Reason(err), Kind: packages.ParseError})
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

// text returns a file, as it was if it has been kept, and keeps it if that is wanted: what is
// looked at has to be seen again as it was, what others import does not.
func (c *Checker) text(name string, keep bool) (*text, error) {
	if src, ok := c.overlay[name]; ok {
		return newText(src), nil
	}
	c.keptMu.Lock()
	t := c.kept[name]
	c.keptMu.Unlock()
	if t != nil {
		return t, nil
	}
	src, err := disk.Read(name, disk.MaxSource)
	if err != nil {
		return nil, err
	}
	t = newText(src)
	if keep {
		t.hash = sha256.Sum256(src)
		c.keptMu.Lock()
		c.kept[name] = t
		c.keptMu.Unlock()
	}
	return t, nil
}
