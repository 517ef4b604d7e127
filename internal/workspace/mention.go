package workspace

import (
	"bytes"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
)

// A Mention asks which packages mention a name of another one.
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
	Selected              // as a field, by packages that it reaches through imports
	Called                // as a method, the same, or through an interface with it
	Declared              // as a method of a type of whichever package
	Received              // an arrow anywhere, in any package
)

// Mentioning returns the import paths, sorted, of the packages that mention any of the
// names. It looks at bytes, imports and interfaces: more packages may come out than really
// use the name, but not fewer.
func (inv *Inventory) Mentioning(mentions []Mention) []string {
	if len(mentions) == 0 {
		return nil
	}
	words := map[string]bool{}
	for _, m := range mentions {
		words[m.Name] = true
		if m.Form == Spelled {
			// A key is found by its last word.
			words[lastWord(m.Name)] = true
		}
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
		var reach map[string]bool // packages that it is made of; nil until it is asked for
		reached := func() map[string]bool {
			if reach == nil {
				reach = inv.reach(d, byPath)
			}
			return reach
		}
		for _, m := range mentions {
			if self == "" || out[self] {
				break
			}
			how := names[m.Name]
			switch m.Form {
			case Spelled:
				out[self] = names[lastWord(m.Name)] != 0
			case Composed:
				out[self] = how&composite != 0 && reached()[m.Package]
			case Qualified:
				inv.parse(d)
				out[self] = how&selected != 0 && slices.Contains(d.imports, m.Package) || how != 0 && slices.Contains(d.dotImports, m.Package)
			case Embedded:
				inv.parse(d)
				out[self] = how&embedded != 0 && slices.Contains(d.imports, m.Package) || how != 0 && slices.Contains(d.dotImports, m.Package)
			case Selected:
				out[self] = how&(selected|keyed) != 0 && reached()[m.Package]
			case Called:
				out[self] = how&selected != 0 && (reached()[m.Package] || inv.seesInterface(m, reached(), byPath))
			case Declared:
				out[self] = how&declared != 0
			case Received:
				out[self] = names[arrow] != 0
			}
			// Its own tests may be another package, but they are loaded with it.
			out[self] = out[self] && self != m.Package
		}
	}
	paths := make([]string, 0, len(out))
	for p, ok := range out {
		if ok {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths
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

// seesInterface reports whether any of the packages declares an interface with the method
// that a type with those methods implements.
func (inv *Inventory) seesInterface(m Mention, reach map[string]bool, byPath map[string]*directory) bool {
	for p := range reach {
		d := byPath[p]
		if d == nil {
			continue
		}
		inv.parse(d)
		for _, methods := range d.interfaces {
			if slices.Contains(methods, m.Name) && !slices.ContainsFunc(methods, func(name string) bool { return !slices.Contains(m.Methods, name) }) {
				return true
			}
		}
	}
	return false
}

// reach returns the packages that a directory's files import, directly or not, and its own.
func (inv *Inventory) reach(from *directory, byPath map[string]*directory) map[string]bool {
	seen := map[string]bool{inv.importPath(from): true}
	work := []*directory{from}
	for len(work) > 0 {
		d := work[len(work)-1]
		work = work[:len(work)-1]
		inv.parse(d)
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

// parse reads the imports and interfaces of a directory, once.
func (inv *Inventory) parse(d *directory) {
	if d.parsed {
		return
	}
	d.parsed = true
	for _, f := range d.files {
		_ = Read(f.path, func(src []byte) {
			d.interfaces = append(d.interfaces, interfacesOf(src)...)
			// What does not parse is in no package.
			syntax, _ := parser.ParseFile(token.NewFileSet(), f.path, src, parser.ImportsOnly|parser.SkipObjectResolution)
			if syntax == nil {
				return
			}
			for _, spec := range syntax.Imports {
				p, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					continue
				}
				if !slices.Contains(d.imports, p) {
					d.imports = append(d.imports, p)
				}
				if spec.Name != nil && spec.Name.Name == "." {
					d.dotImports = append(d.dotImports, p)
				}
			}
		})
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

// spelled returns, for each directory that holds any of the words, how it holds them.
func (inv *Inventory) spelled(words map[string]bool) map[*directory]map[string]form {
	type answer struct {
		dir   *directory
		forms map[string]form
	}
	dirs := make(chan *directory)
	answers := make(chan answer)
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			for d := range dirs {
				forms := map[string]form{}
				for _, f := range d.files {
					// A file that cannot be read is in no package.
					_ = Read(f.path, func(src []byte) {
						formsOf(src, words, forms)
						if words[arrow] && bytes.Contains(src, []byte(arrow)) {
							forms[arrow] = plain
						}
					})
				}
				if len(forms) > 0 {
					answers <- answer{d, forms}
				}
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
		close(answers)
	}()
	found := map[*directory]map[string]form{}
	for a := range answers {
		found[a.dir] = a.forms
	}
	return found
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
)

// formsOf adds how text holds any of the words. It looks at every word of the text once,
// however many are asked for. Comments and literals count like code.
func formsOf(text []byte, words map[string]bool, forms map[string]form) {
	for i := 0; i < len(text); {
		if !wordByte[text[i]] {
			i++
			continue
		}
		start := i
		for i < len(text) && wordByte[text[i]] {
			i++
		}
		have := plain
		if word := text[start:i]; words[string(word)] {
			lead, rest := bytes.TrimRight(text[:start], " \t\r\n"), bytes.TrimLeft(text[i:], " \t")
			switch {
			case bytes.HasSuffix(lead, []byte(".")):
				have |= selected
			case bytes.HasSuffix(lead, []byte(")")) && (bytes.HasPrefix(rest, []byte("(")) || bytes.HasPrefix(rest, []byte("["))):
				have |= declared
			}
			if have&selected != 0 && endsField(rest) && startsField(lead[:len(lead)-1]) {
				have |= embedded
			}
			switch {
			case bytes.HasPrefix(rest, []byte(":")):
				have |= keyed
			case bytes.HasPrefix(rest, []byte("{")):
				have |= composite
			}
			forms[string(word)] |= have
		}
	}
}

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
	return len(text) == 0 || bytes.IndexByte([]byte("\r\n};`\"/["), text[0]) >= 0
}

// wordByte tells the bytes of identifiers, and of keys of settings; those of letters beyond
// ASCII are among them.
var wordByte = func() (t [256]bool) {
	for i := range t {
		c := byte(i)
		t[i] = c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
	}
	return t
}()
