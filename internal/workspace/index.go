package workspace

import (
	"bytes"
	"context"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// An index is what questions about names take from the Go files of an inventory. It reads
// files when somebody asks for what they may hold, once.
type index struct {
	entries   []*entry          // sorted by directory
	ids       map[string]int    // of import paths, imported or not, from 0
	same      map[string]string // import paths of one directory, each with the one before
	importers [][]int           // by ID: who imports it
	reaching  map[int]set       // by ID: who does, directly or not, and itself
	methods   map[string][]declarer
}

// An entry is a directory with Go files.
type entry struct {
	paths []string // by which it is imported, all with the same ID
	id    int
	dir   *directory
	dots  set // what it imports with a dot
}

// words are those that a file may hold, and no others, by their hashes.
type words []word

type word struct {
	hash uint32
	form form
}

// A declarer is a package that declares an interface with the methods.
type declarer struct {
	id      int
	methods []string
}

// index returns the index of the files that the inventory has by now.
func (inv *Inventory) index() *index {
	if inv.indexed != nil {
		return inv.indexed
	}
	x := &index{ids: map[string]int{}, same: map[string]string{}, reaching: map[int]set{}}
	for _, d := range inv.dirs {
		paths := slices.Clone(d.names)
		if path := inv.importPath(d); path != "" {
			paths = append(paths, path)
		}
		if len(paths) > 0 && len(d.files) > 0 {
			x.entries = append(x.entries, &entry{paths: paths, dir: d})
		}
	}
	slices.SortFunc(x.entries, func(a, b *entry) int { return strings.Compare(a.dir.path, b.dir.path) })
	for _, e := range x.entries {
		for _, path := range e.paths[1:] {
			if a, b := x.first(e.paths[0]), x.first(path); a != b {
				x.same[b] = a
			}
		}
	}
	for _, e := range x.entries {
		e.id = x.id(e.paths[0])
	}
	for _, e := range x.entries {
		seen := map[imported]bool{}
		for _, f := range e.dir.files {
			for _, imp := range f.imports {
				if seen[imp] {
					continue
				}
				seen[imp] = true
				id := x.id(imp.path)
				if imp.dot {
					e.dots.add(id)
				}
				x.importers[id] = append(x.importers[id], e.id)
			}
		}
	}
	inv.indexed = x
	return x
}

// first is the import path that stands for all of its directory.
func (x *index) first(path string) string {
	for x.same[path] != "" {
		path = x.same[path]
	}
	return path
}

// id is the number of an import path.
func (x *index) id(path string) int {
	path = x.first(path)
	id, ok := x.ids[path]
	if !ok {
		id = len(x.importers)
		x.ids[path] = id
		x.importers = append(x.importers, nil)
	}
	return id
}

// Prepare reads what questions about names may ask for, until all is read or ctx ends. Without
// it, files are read when they are asked for.
func (inv *Inventory) Prepare(ctx context.Context) {
	inv.index().load(ctx, func(*entry) bool { return true })
}

// take takes from a file's source what questions about names may ask for.
func (f *file) take(h *hasher, src []byte) {
	f.words = h.words(src)
	if f.interfaces {
		f.methods = interfacesOf(src)
	}
}

// load reads the files of entries, as far as that has not been done.
func (x *index) load(ctx context.Context, wanted func(e *entry) bool) {
	var todo []*file
	for _, e := range x.entries {
		if wanted(e) {
			for _, f := range e.dir.files {
				if f.words == nil {
					todo = append(todo, f)
				}
			}
		}
	}
	hashers := make(chan *hasher, len(todo))
	// What is not read when ctx ends is read when it is asked for.
	_ = Each(ctx, len(todo), func(i int) {
		var h *hasher
		select {
		case h = <-hashers:
		default:
			h = &hasher{}
		}
		todo[i].words = words{} // a file that cannot be read is in no package
		_ = Read(todo[i].path, func(src []byte) { todo[i].take(h, src) })
		hashers <- h
	})
}

// reach returns the packages that import one of some packages, directly or not, and those
// packages.
func (x *index) reach(ids ...int) set {
	var out set
	for _, id := range ids {
		if x.reaching[id] == nil {
			reached := set{}
			reached.add(id)
			for work := []int{id}; len(work) > 0; {
				at := work[len(work)-1]
				work = work[:len(work)-1]
				for _, by := range x.importers[at] {
					if !reached.has(by) {
						reached.add(by)
						work = append(work, by)
					}
				}
			}
			x.reaching[id] = reached
		}
		out.join(x.reaching[id])
	}
	return out
}

// declaring returns the packages that declare an interface with a method of a mention that a
// type with its methods implements.
func (x *index) declaring(m Mention) (ids []int) {
	x.interfaces()
	for _, d := range x.methods[m.Name] {
		if !slices.ContainsFunc(d.methods, func(name string) bool { return !slices.Contains(m.Methods, name) }) {
			ids = append(ids, d.id)
		}
	}
	return ids
}

// interfaces finds the interfaces that packages declare, by their methods.
func (x *index) interfaces() {
	if x.methods != nil {
		return
	}
	x.methods = map[string][]declarer{}
	found := make([][][]string, len(x.entries))
	_ = Each(context.Background(), len(x.entries), func(i int) {
		for _, f := range x.entries[i].dir.files {
			switch {
			case f.words != nil:
				found[i] = append(found[i], f.methods...)
			case f.interfaces:
				_ = Read(f.path, func(src []byte) { found[i] = append(found[i], interfacesOf(src)...) })
			}
		}
	})
	for i, all := range found {
		for _, methods := range all {
			for _, name := range methods {
				x.methods[name] = append(x.methods[name], declarer{x.entries[i].id, methods})
			}
		}
	}
}

// A set of small numbers.
type set []uint64

func (s *set) add(n int) {
	for len(*s) <= n/64 {
		*s = append(*s, 0)
	}
	(*s)[n/64] |= 1 << (n % 64)
}

func (s set) has(n int) bool { return n/64 < len(s) && s[n/64]&(1<<(n%64)) != 0 }

// meets says whether two sets have a number in common.
func (s set) meets(t set) bool {
	for i := range min(len(s), len(t)) {
		if s[i]&t[i] != 0 {
			return true
		}
	}
	return false
}

func (s *set) join(t set) {
	for i, bits := range t {
		if i == len(*s) {
			*s = append(*s, 0)
		}
		(*s)[i] |= bits
	}
}

// An imported package is what an import says.
type imported struct {
	path string
	dot  bool
}

// header returns what a source imports.
func header(src []byte) (imports []imported) {
	inside := false // of the parentheses of an import
	dot := false
	for i := 0; i < len(src); {
		switch c := src[i]; {
		case c == '"' || c == '`':
			next := skip(src, i)
			if next < 0 {
				return imports
			}
			if path, err := strconv.Unquote(string(src[i:next])); err == nil {
				imports = append(imports, imported{path, dot})
			}
			i, dot = next, false
		case c == '/':
			next := skip(src, i)
			if next <= i+1 {
				return imports // not a comment, or one without an end
			}
			i = next
		case c == '.':
			dot = true
			i++
		case wordByte[c]:
			start := i
			_, i = nextWord(src, i)
			switch string(src[start:i]) {
			case "const", "func", "type", "var":
				if !inside {
					return imports
				}
			}
			dot = false
		default:
			inside = c == '(' || inside && c != ')'
			i++
		}
	}
	return imports
}

// interfacesOf returns the names of the methods of each interface that a source spells, in
// function bodies as well. Words in comments may be among them.
func interfacesOf(src []byte) [][]string {
	var out [][]string
	for rest := src; ; {
		i := bytes.Index(rest, []byte("interface"))
		if i < 0 {
			return out
		}
		rest = bytes.TrimLeft(rest[i+len("interface"):], " \t\r\n")
		if len(rest) == 0 || rest[0] != '{' {
			continue
		}
		end := matching(rest, 0)
		if end < 0 {
			continue
		}
		var methods []string
		depth := 0
		for j := 1; j < end; {
			switch c := rest[j]; {
			case wordByte[c]:
				start := j
				for j < end && wordByte[rest[j]] {
					j++
				}
				if depth == 0 && j < end && rest[j] == '(' {
					methods = append(methods, string(rest[start:j]))
				}
				continue
			case c == '(' || c == '{' || c == '[':
				depth++
			case c == ')' || c == '}' || c == ']':
				depth--
			}
			next := skip(rest[:end], j)
			if next < 0 {
				break
			}
			j = next
		}
		if len(methods) > 0 {
			out = append(out, methods)
		}
	}
}

// importPath is the path by which a directory is imported, "" if it is in no module.
func (inv *Inventory) importPath(d *directory) string {
	if d.module == "" || inv.dirs[d.module].modpath == "" {
		return ""
	}
	rel, err := filepath.Rel(d.module, d.path)
	if err != nil {
		return ""
	}
	return path.Join(inv.dirs[d.module].modpath, filepath.ToSlash(rel))
}

// wordHash is the hash by which the index knows a word, FNV-1a, and wordStep what each of
// its bytes makes of that of the bytes before.
func wordHash(word string) uint32 {
	h := uint32(wordBasis)
	for i := range len(word) {
		h = wordStep(h, word[i])
	}
	return h
}

func wordStep(h uint32, c byte) uint32 { return (h ^ uint32(c)) * 16777619 }

const wordBasis = 2166136261

// A hasher collects the words of one text after the other, each once.
type hasher struct {
	table [1 << 13]struct{ hash, text, place uint32 }
	text  uint32 // number of the text, by which its part of the table is known
	found words
}

func (h *hasher) words(text []byte) words {
	h.text++
	h.found = h.found[:0]
	for i := 0; i < len(text); i++ {
		if !wordByte[text[i]] {
			continue
		}
		start, hash := i, uint32(wordBasis)
		for ; i < len(text) && wordByte[text[i]]; i++ {
			hash = wordStep(hash, text[i])
		}
		h.add(hash, formOf(text, start, i))
	}
	if bytes.Contains(text, []byte(arrow)) {
		h.add(wordHash(arrow), plain)
	}
	return append(words{}, h.found...)
}

func (h *hasher) add(hash uint32, how form) {
	// A table that is nearly full would be slow: what is twice in a list does no harm.
	if len(h.found) < len(h.table)*3/4 {
		i := hash % uint32(len(h.table))
		for h.table[i].text == h.text {
			if h.table[i].hash == hash {
				h.found[h.table[i].place].form |= how
				return
			}
			i = (i + 1) % uint32(len(h.table))
		}
		h.table[i].hash, h.table[i].text, h.table[i].place = hash, h.text, uint32(len(h.found))
	}
	h.found = append(h.found, word{hash, how})
}
