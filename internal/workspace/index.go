package workspace

import (
	"bytes"
	"context"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// An index is what questions about names take from the Go files of an inventory. It is made
// when the first one is asked, from one look at each file.
type index struct {
	entries []*entry       // sorted by directory
	ids     map[string]int // of import paths, imported or not, from 0
	byID    []*entry       // nil for a package that is not part of the inventory
}

// An entry is a directory with Go files.
type entry struct {
	path       string // by which it is imported; "" if it is in no module
	id         int
	files      []indexed
	imports    []int
	dotImports []int
	interfaces [][]string // names of the methods of each
	reach      set        // of the packages that it is made of; nil until it is asked for
}

// An indexed file may hold the words with the hashes, in the forms, and no others.
type indexed struct {
	name  string
	words []uint32
	forms []form // of the word with the same index
}

// index returns the index of the inventory, to which no files may be added from then on.
func (inv *Inventory) index() *index {
	if inv.indexed != nil {
		return inv.indexed
	}
	x := &index{ids: map[string]int{}}
	var dirs []*directory
	for _, d := range inv.dirs {
		if len(d.files) > 0 {
			dirs = append(dirs, d)
		}
	}
	slices.SortFunc(dirs, func(a, b *directory) int { return strings.Compare(a.path, b.path) })
	x.entries = make([]*entry, len(dirs))
	imported := make([]map[string]bool, len(dirs)) // with a dot or without
	hashers := make(chan *hasher, len(dirs))
	_ = parallel(context.Background(), len(dirs), func(i int) {
		var h *hasher
		select {
		case h = <-hashers:
		default:
			h = &hasher{}
		}
		e := &entry{path: inv.importPath(dirs[i])}
		x.entries[i], imported[i] = e, map[string]bool{}
		for _, f := range dirs[i].files {
			// A file that cannot be read is in no package.
			_ = Read(f.path, func(src []byte) {
				e.files = append(e.files, h.index(f.path, src))
				e.interfaces = append(e.interfaces, interfacesOf(src)...)
				importsOf(f.path, src, imported[i])
			})
		}
		hashers <- h
	})
	for i, e := range x.entries {
		e.id = x.id(e.path)
		if x.byID[e.id] == nil && e.path != "" {
			x.byID[e.id] = e
		}
		for p, dot := range imported[i] {
			id := x.id(p)
			e.imports = append(e.imports, id)
			if dot {
				e.dotImports = append(e.dotImports, id)
			}
		}
	}
	inv.indexed = x
	return x
}

// id is the number of an import path.
func (x *index) id(path string) int {
	id, ok := x.ids[path]
	if !ok {
		id = len(x.byID)
		x.ids[path] = id
		x.byID = append(x.byID, nil)
	}
	return id
}

// holding returns the entries with files that may mention what is asked for, by its words,
// each with those files.
func (x *index) holding(byWord map[string][]*asked) map[*entry][]indexed {
	var filter [1 << 16]bool // by the lower half of a hash
	wanted := make(map[uint32][]*asked, len(byWord))
	for word, asked := range byWord {
		h := wordHash(word)
		filter[uint16(h)], wanted[h] = true, append(wanted[h], asked...)
	}
	found := map[*entry][]indexed{}
	for _, e := range x.entries {
		if e.path == "" {
			continue
		}
		for _, f := range e.files {
			for i, h := range f.words {
				if filter[uint16(h)] && slices.ContainsFunc(wanted[h], func(a *asked) bool {
					return x.meant(a, e, place{how: f.forms[i], function: a.Name})
				}) {
					found[e] = append(found[e], f)
					break
				}
			}
		}
	}
	return found
}

// reached returns the packages that an entry imports, directly or not, and its own.
func (x *index) reached(from *entry) set {
	if from.reach != nil {
		return from.reach
	}
	from.reach = newSet(len(x.byID))
	from.reach.add(from.id)
	for work := []*entry{from}; len(work) > 0; {
		e := work[len(work)-1]
		work = work[:len(work)-1]
		for _, id := range e.imports {
			if !from.reach.has(id) {
				from.reach.add(id)
				if next := x.byID[id]; next != nil {
					work = append(work, next)
				}
			}
		}
	}
	return from.reach
}

// declaring returns the packages that declare an interface with a method of a mention that a
// type with its methods implements.
func (x *index) declaring(m Mention) set {
	out := newSet(len(x.byID))
	for _, e := range x.entries {
		for _, methods := range e.interfaces {
			if slices.Contains(methods, m.Name) && !slices.ContainsFunc(methods, func(name string) bool { return !slices.Contains(m.Methods, name) }) {
				out.add(e.id)
			}
		}
	}
	return out
}

// A set of small numbers.
type set []uint64

func newSet(n int) set { return make(set, n/64+1) }

func (s set) add(n int)      { s[n/64] |= 1 << (n % 64) }
func (s set) has(n int) bool { return n/64 < len(s) && s[n/64]&(1<<(n%64)) != 0 }

func (s set) meets(t set) bool {
	for i := range min(len(s), len(t)) {
		if s[i]&t[i] != 0 {
			return true
		}
	}
	return false
}

// importsOf adds what a source imports, and whether it does so with a dot.
func importsOf(name string, src []byte, imported map[string]bool) {
	// What does not parse is in no package.
	syntax, _ := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly|parser.SkipObjectResolution)
	if syntax == nil {
		return
	}
	for _, spec := range syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			imported[p] = imported[p] || spec.Name != nil && spec.Name.Name == "."
		}
	}
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
	if d.module == "" {
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
	words []uint32
	forms []form
}

func (h *hasher) index(name string, text []byte) indexed {
	h.text++
	h.words, h.forms = h.words[:0], h.forms[:0]
	for start, end := nextWord(text, 0); start < end; start, end = nextWord(text, end) {
		hash := uint32(wordBasis)
		for _, c := range text[start:end] {
			hash = wordStep(hash, c)
		}
		h.add(hash, formOf(text, start, end))
	}
	if bytes.Contains(text, []byte(arrow)) {
		h.add(wordHash(arrow), plain)
	}
	return indexed{name, slices.Clone(h.words), slices.Clone(h.forms)}
}

func (h *hasher) add(hash uint32, how form) {
	// A table that is nearly full would be slow: what is twice in a list does no harm.
	if len(h.words) < len(h.table)*3/4 {
		i := hash % uint32(len(h.table))
		for h.table[i].text == h.text {
			if h.table[i].hash == hash {
				h.forms[h.table[i].place] |= how
				return
			}
			i = (i + 1) % uint32(len(h.table))
		}
		h.table[i].hash, h.table[i].text, h.table[i].place = hash, h.text, uint32(len(h.words))
	}
	h.words, h.forms = append(h.words, hash), append(h.forms, how)
}
