package workspace

import (
	"bytes"
	"cmp"
	"context"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// A Mention asks who mentions a name of a package. Names that are not exported are only
// mentioned by the package itself.
type Mention struct {
	Form    Form
	Package string   // import path of the one that declares the name
	Name    string   // an identifier, or a key
	Methods []string // of the type that declares the method, or of the interface
}

// A Form says how a name has to be mentioned to count.
type Form uint8

const (
	Spelled   Form = iota // anywhere, in any package: a key
	Qualified             // by packages that import the one that declares it
	Composed              // as the type of a composite literal, by packages that reach it through imports
	Embedded              // as the type of an embedded field, by packages that import the one that declares it
	Selected              // as a field, by packages that it reaches through imports, or by any if it belongs to none
	Called                // as a method, the same, or through an interface with it
	Declared              // as a method of a type of whichever package
	Received              // an arrow anywhere, in any package
	Itself                // the function of that name, "T.name" for a method: its own body
	Inside                // behind a dot, by the package itself
)

// A Body is the body of a function.
type Body struct {
	File   string
	Number int // among the functions that the file declares; Outside for what is in none
}

// Outside is the number of what a file declares, but for the bodies of its functions.
const Outside = -1

// Mentioning returns the packages that mention any of the names, by import path, each with
// where it does, sorted: in the bodies of functions, and outside. It looks at bytes,
// imports and interfaces: more may come out than really uses the name, but not less. Files
// count however they are built.
func (inv *Inventory) Mentioning(mentions []Mention) map[string][]Body {
	out := map[string][]Body{}
	if len(mentions) == 0 {
		return out
	}
	x := inv.index()
	byWord := map[string][]*asked{}
	words := map[string]bool{}
	var all bool
	var scopes set
	for _, m := range mentions {
		a := x.ask(m)
		word := m.word()
		words[word] = true
		byWord[word] = append(byWord[word], a)
		all = all || a.all
		scopes.join(a.scope)
	}
	x.load(context.Background(), func(e *entry) bool { return all || scopes.has(e.id) })
	found := x.holding(byWord)
	places := make([][]place, len(found))
	_ = Each(context.Background(), len(found), func(i int) { places[i] = placesOf(found[i].file, words) })
	for i, f := range found {
		for _, p := range places[i] {
			if !slices.ContainsFunc(byWord[p.word], func(a *asked) bool { return a.meant(f.entry, p) }) {
				continue
			}
			for _, path := range f.paths {
				if bodies := out[path]; !slices.Contains(bodies, p.Body()) {
					out[path] = append(bodies, p.Body())
				}
			}
		}
	}
	for _, bodies := range out {
		slices.SortFunc(bodies, func(a, b Body) int {
			return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Number, b.Number))
		})
	}
	return out
}

// Mentioned returns the first of the names that a file mentions.
func (inv *Inventory) Mentioned(file string, mentions []Mention) (m Mention, ok bool) {
	x := inv.index()
	i := slices.IndexFunc(x.entries, func(e *entry) bool { return e.dir.path == filepath.Dir(file) })
	if i < 0 {
		return m, false
	}
	words := map[string]bool{}
	for _, m := range mentions {
		words[m.word()] = true
	}
	places := placesOf(file, words)
	for _, m := range mentions {
		a := x.ask(m)
		if slices.ContainsFunc(places, func(p place) bool { return p.word == m.word() && a.meant(x.entries[i], p) }) {
			return m, true
		}
	}
	return m, false
}

// Reaching tells the files whose package is that of one of some files, or imports it, directly or
// not, in whichever build.
func (inv *Inventory) Reaching(files []string) func(file string) bool {
	x := inv.index()
	byDir := map[string]*entry{}
	for _, e := range x.entries {
		byDir[e.dir.path] = e
	}
	var ids []int
	for _, name := range files {
		if e := byDir[filepath.Dir(name)]; e != nil {
			ids = append(ids, e.id)
		}
	}
	scope := x.reach(ids...)
	return func(file string) bool {
		e := byDir[filepath.Dir(file)]
		return e != nil && scope.has(e.id)
	}
}

// Linked tells the files that some program, if only that of a test, may hold together with one
// file, in whichever build: a package imports both theirs, directly or not, or one of them is the
// other. Of a file in no module, or not of Go, nothing is known: it may be anywhere.
func (inv *Inventory) Linked(file string) func(other string) bool {
	x := inv.index()
	byDir := map[string]*entry{}
	for _, e := range x.entries {
		byDir[e.dir.path] = e
	}
	own := byDir[filepath.Dir(file)]
	if own == nil {
		return func(string) bool { return true }
	}
	programs := x.reach(own.id)
	return func(other string) bool {
		e := byDir[filepath.Dir(other)]
		return e == nil || filepath.Ext(other) != ".go" || programs.meets(x.reach(e.id))
	}
}

// word is the word by which a mention is found.
func (m Mention) word() string {
	switch m.Form {
	case Spelled:
		return lastWord(m.Name) // of a key
	case Itself:
		return m.Name[strings.LastIndexByte(m.Name, '.')+1:]
	}
	return m.Name
}

// An asked mention is one with those who may have it.
type asked struct {
	Mention
	id    int // of the package
	all   bool
	scope set // of packages, if it is not all
}

// ask finds out by the imports who may have a mention.
func (x *index) ask(m Mention) *asked {
	a := &asked{Mention: m, id: x.id(m.Package)}
	switch {
	case m.Package == "" || m.Form == Spelled || m.Form == Declared || m.Form == Received:
		a.all = true
	case m.Form == Itself || m.Form == Inside || !exported(m.Name):
		a.scope.add(a.id)
	case m.Form == Qualified || m.Form == Embedded:
		a.scope.add(a.id)
		for _, by := range x.importers[a.id] {
			a.scope.add(by)
		}
	case m.Form == Called:
		a.scope = x.reach(append(x.declaring(m), a.id)...)
	default:
		a.scope = x.reach(a.id)
	}
	return a
}

// A holder is a file that may have a mention.
type holder struct {
	*entry
	file string
}

// holding returns the files that may have what is asked for, by its words.
func (x *index) holding(byWord map[string][]*asked) (found []holder) {
	var filter [1 << 16]bool // by the lower half of a hash
	wanted := make(map[uint32][]*asked, len(byWord))
	for word, asked := range byWord {
		h := wordHash(word)
		filter[uint16(h)], wanted[h] = true, append(wanted[h], asked...)
	}
	for _, e := range x.entries {
		for _, f := range e.dir.files {
			for _, w := range f.words {
				if filter[uint16(w.hash)] && slices.ContainsFunc(wanted[w.hash], func(a *asked) bool {
					return a.meant(e, place{how: w.form, function: a.Name})
				}) {
					found = append(found, holder{e, f.path})
					break
				}
			}
		}
	}
	return found
}

// meant reports whether what an entry has at a place counts as a mention.
func (a *asked) meant(e *entry, p place) bool {
	if !a.all && !a.scope.has(e.id) {
		return false
	}
	own := e.id == a.id
	switch a.Form {
	case Itself:
		return p.function == a.Name
	case Composed:
		return p.how&composite != 0
	case Qualified:
		return own || p.how&selected != 0 || e.dots.has(a.id)
	case Embedded:
		return p.how&embedded != 0 || p.how&alone != 0 && (own || e.dots.has(a.id))
	case Selected:
		return p.how&(selected|keyed) != 0
	case Called, Inside:
		return p.how&selected != 0
	case Declared:
		return p.how&declared != 0
	}
	return true // a key, an arrow
}

func exported(name string) bool {
	return token.IsExported(name[strings.LastIndexByte(name, '.')+1:])
}

const arrow = "<-"

// lastWord is the last word of a key that is not empty, as formsOf sees words.
func lastWord(key string) string {
	end := len(key)
	for end > 0 && !wordByte[key[end-1]] {
		end--
	}
	start := end
	for start > 0 && wordByte[key[start-1]] {
		start--
	}
	return key[start:end]
}

// A place is where a file holds a word: in the body of a function, or outside of all.
type place struct {
	word     string
	how      form
	file     string
	number   int    // of the function, Outside for none
	function string // its name
}

// Body is the body that the place is in.
func (p place) Body() Body { return Body{p.file, p.number} }

// placesOf returns where a file holds any of the words.
func placesOf(name string, words map[string]bool) (out []place) {
	// A file that cannot be read is in no package.
	_ = Read(name, func(src []byte) {
		add := func(number int, function string, texts ...[]byte) {
			forms := map[string]form{}
			for _, text := range texts {
				formsOf(text, words, forms)
			}
			for word, how := range forms {
				out = append(out, place{word, how, name, number, function})
			}
		}
		// A body that does not end is no body.
		funcs := declarations(src)
		var outside [][]byte
		last := 0
		for n, f := range funcs {
			outside = append(outside, src[last:f.from])
			add(n, f.name, src[f.from:f.end])
			last = f.end
		}
		add(Outside, "", append(outside, src[last:])...)
	})
	return out
}

// A form is the set of ways in which source holds a word.
type form uint8

const (
	plain     form = 1 << iota
	selected       // behind a dot
	keyed          // before a colon
	declared       // as the name of a method
	composite      // before a brace, as the type of a composite literal is
	embedded       // behind a dot, and all there is to a field
	alone          // without a dot, and all there is to a field
)

// formsOf adds how text holds any of the words. It looks at every word of the text once,
// however many are asked for. Comments and literals count like code.
func formsOf(text []byte, words map[string]bool, forms map[string]form) {
	for start, end := nextWord(text, 0); start < end; start, end = nextWord(text, end) {
		if word := text[start:end]; words[string(word)] {
			forms[string(word)] |= formOf(text, start, end)
		}
	}
	if words[arrow] && bytes.Contains(text, []byte(arrow)) {
		forms[arrow] |= plain
	}
}

// nextWord returns where the next word of a text starts and ends, from an offset on.
func nextWord(text []byte, i int) (start, end int) {
	for i < len(text) && !wordByte[text[i]] {
		i++
	}
	start = i
	for i < len(text) && wordByte[text[i]] {
		i++
	}
	return start, i
}

// formOf says how text holds the word from start to end.
func formOf(text []byte, start, end int) form {
	have := plain
	lead, rest := start, end
	for lead > 0 && blankByte[text[lead-1]] {
		lead--
	}
	for rest < len(text) && (text[rest] == ' ' || text[rest] == '\t') {
		rest++
	}
	next := byte(0)
	if rest < len(text) {
		next = text[rest]
	}
	switch {
	case lead == 0:
	case text[lead-1] == '.':
		have |= selected
		if endsField(text[rest:]) && startsField(text[:lead-1]) {
			have |= embedded
		}
	case text[lead-1] == ')' && (next == '(' || next == '['):
		have |= declared
	case endsField(text[rest:]) && startsField(text[:start]):
		have |= alone
	}
	switch next {
	case ':':
		have |= keyed
	case '{':
		have |= composite
	}
	return have
}

// blankByte tells the bytes that may stand between the tokens of a selector.
var blankByte = [256]bool{' ': true, '\t': true, '\r': true, '\n': true}

// startsField reports whether nothing but a qualifier, and maybe a star, stands at the end of
// a text after the start of a field.
func startsField(text []byte) bool {
	i := len(text)
	for i > 0 && wordByte[text[i-1]] {
		i--
	}
	before := bytes.TrimRight(text[:i], " \t*")
	return len(before) == 0 || bytes.IndexByte([]byte("\n{;"), before[len(before)-1]) >= 0
}

// endsField reports whether a field is over: what may follow is a tag or a comment.
func endsField(text []byte) bool {
	return len(text) == 0 || fieldEnd[text[0]]
}

var fieldEnd = [256]bool{'\r': true, '\n': true, '}': true, ';': true, '`': true, '"': true, '/': true, '[': true}

// wordByte tells the bytes of identifiers, and of keys of settings; those of letters beyond
// ASCII are among them.
var wordByte = func() (t [256]bool) {
	for i := range t {
		c := byte(i)
		t[i] = c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
	}
	return t
}()
