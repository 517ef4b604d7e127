package module

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A file is a Go file that is being put together.
type file struct {
	pkg     string
	comment string
	imports []string
	body    strings.Builder
	lines   int // of the body
}

func (f *file) add(p piece, value func(string) string) {
	for _, path := range p.imports {
		f.use(path)
	}
	code := os.Expand(p.code, value)
	f.body.WriteString("\n" + code)
	f.lines += 1 + strings.Count(code, "\n")
}

func (f *file) use(path string) {
	if !slices.Contains(f.imports, path) {
		f.imports = append(f.imports, path)
	}
}

// write returns the number of lines that it has written.
func (f *file) write(name string) (int, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return 0, err
	}
	text := f.text()
	return strings.Count(text, "\n"), os.WriteFile(name, []byte(text), 0o666)
}

func (f *file) text() string {
	var b strings.Builder
	if f.comment != "" {
		b.WriteString("// " + f.comment + "\n")
	}
	b.WriteString("package " + f.pkg + "\n")
	// Imports of the standard library and of the module, as goimports groups them.
	slices.Sort(f.imports)
	var groups [2][]string
	for _, path := range f.imports {
		group := 0
		if strings.HasPrefix(path, Path) {
			group = 1
		}
		groups[group] = append(groups[group], "\t"+strconv.Quote(path)+"\n")
	}
	var blocks []string
	for _, g := range groups {
		if len(g) > 0 {
			blocks = append(blocks, strings.Join(g, ""))
		}
	}
	switch {
	case len(f.imports) == 1:
		b.WriteString("\nimport " + strconv.Quote(f.imports[0]) + "\n")
	case len(f.imports) > 1:
		b.WriteString("\nimport (\n" + strings.Join(blocks, "\n") + ")\n")
	}
	b.WriteString(f.body.String())
	return b.String()
}

// write writes the files of the package below dir.
func (p *pkg) write(dir string, c Config, fill filler) (files, lines int, err error) {
	w := &writer{pkg: p, fill: fill, rng: rand.New(rand.NewPCG(p.seed, 2)), bridges: slices.Clone(p.deps)}
	dir = filepath.Join(dir, filepath.FromSlash(p.dir))
	put := func(f *file, name string) {
		if err != nil {
			return
		}
		var n int
		n, err = f.write(filepath.Join(dir, name))
		files++
		lines += n
	}
	for i := range c.Files {
		name := nouns[(p.index+i)%len(nouns)] + strconv.Itoa(i) + ".go"
		f := &file{pkg: p.name}
		switch {
		case i == 0:
			f.comment = "Package " + p.name + " keeps records."
			f.add(fill["api"][0], w.names())
			name = p.name + ".go"
		case i == c.Files-1 && p.tests:
			name = strings.TrimSuffix(name, ".go") + "_test.go"
		}
		w.fillUp(f, c.Lines, strings.HasSuffix(name, "_test.go"), p.uses[i])
		put(f, name)
	}
	for _, u := range p.loose {
		f := &file{pkg: p.name}
		f.add(*u.part.test, u.names())
		put(f, fmt.Sprintf("calls%d_test.go", u.number))
	}
	return files, lines, err
}

// A writer fills the files of one package.
type writer struct {
	pkg     *pkg
	fill    filler
	rng     *rand.Rand
	bridges []*pkg // dependencies that no file imports yet
	made    int    // names
}

// fillUp adds pieces until the file has so many lines. Uses go somewhere in the middle.
func (w *writer) fillUp(f *file, lines int, test bool, uses []fragment) {
	before := w.rng.IntN(max(1, lines/2))
	for n := 0; f.lines < lines-20 || len(uses) > 0; n++ {
		switch {
		case len(uses) > 0 && f.lines >= before:
			u := uses[0]
			uses = uses[1:]
			if u.lower != nil {
				f.use(u.lower.path())
			}
			f.add(u.part.piece, u.names())
		case test:
			w.add(f, "test", nil)
		case len(w.bridges) > 0 && n%3 == 0:
			w.add(f, "bridge", w.bridges[0])
			w.bridges = w.bridges[1:]
		case len(w.pkg.deps) > 0 && w.rng.IntN(8) == 0:
			w.add(f, "bridge", w.pkg.deps[w.rng.IntN(len(w.pkg.deps))])
		case w.pkg.web && w.rng.IntN(3) == 0:
			w.add(f, "web", nil)
		default:
			w.add(f, "plain", nil)
		}
	}
}

func (w *writer) add(f *file, kind string, dep *pkg) {
	pieces := w.fill[kind]
	names := w.names()
	if dep != nil {
		f.use(dep.path())
		inner := names
		names = func(key string) string {
			if key == "dep" {
				return dep.name
			}
			return inner(key)
		}
	}
	f.add(pieces[w.rng.IntN(len(pieces))], names)
}

// names returns what stands for the names in a piece. Every call makes new ones.
func (w *writer) names() func(string) string {
	w.made++
	noun := nouns[w.rng.IntN(len(nouns))]
	service := w.rng.IntN(len(hosts))
	values := map[string]string{
		"noun": noun, "type": noun + roles[w.rng.IntN(len(roles))] + strconv.Itoa(w.made), "host": hosts[service], "path": paths[service],
		"number": strconv.Itoa(8 + w.rng.IntN(56)),
	}
	values["Type"] = strings.ToUpper(noun[:1]) + values["type"][1:]
	return func(key string) string { return values[key] }
}

// names returns what stands for the names in a part of a use.
func (f fragment) names() func(string) string {
	return func(key string) string {
		switch {
		case key == "N":
			return strconv.Itoa(f.number)
		case key == "lower" && f.lower != nil:
			return f.lower.name
		}
		return ""
	}
}

// replay is the command that makes all requests.
func (p *plan) replay(fill filler) *file {
	f := &file{pkg: "main", comment: "Replay prints the requests of all uses."}
	f.add(fill["replay"][0], func(string) string { return "" })
	var list strings.Builder
	list.WriteString("var calls = []func(context.Context) error{")
	if len(p.calls) > 0 {
		list.WriteString("\n")
	}
	for _, c := range p.calls {
		f.use(c.pkg.path())
		fmt.Fprintf(&list, "\t%s.Calls%d,\n", c.pkg.name, c.number)
	}
	list.WriteString("}\n")
	f.add(piece{code: list.String()}, nil)
	return f
}
