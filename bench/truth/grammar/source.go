package grammar

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
)

// A builder collects the source of one program.
type builder struct {
	choices  *Choices
	mode     Mode
	path     string // import path of the main package of the program
	pkgs     []*pkg
	tests    *pkg              // the test file of the first package, if the program has tests
	second   *pkg              // the package of a second module, which imports the first package, if there is one
	data     map[string]string // files that are not Go
	lits     []*literal
	names    int
	used     map[string]bool // features
	sections []*section
	section  *section // that is being written
	calls    []*call
	ending   []func(main *scope) *event // what Run does at its end
	settings []string                   // statements that run in the harness before the program, with the package as x0
	reruns   []string                   // statements before further runs
	others   []string                   // statements after all runs
}

// A pkg is a package of the program. Packages import only those after them.
type pkg struct {
	index int
	name  string
	decls []string
	file  string // without its ending
}

// A literal is a piece of text, or a number, whose right fate is known.
type literal struct {
	id       int
	old, new string
	number   bool
	comment  bool // it stands in a comment or in a file that is not Go
	due      judge.Due
	quote    int
	pinned   bool // it is used for something that has to stay as it is
	unread   bool // it is no part of a request
	own      bool // it is part of a request to, or a route of, the program's own server
}

func (l *literal) free() { l.unread, l.due = true, judge.Free }

// A call is one request that the program makes.
type call struct {
	endpoint         endpoint
	ours             bool // it goes to the vendor
	pathOld, pathNew string
	urlOld, urlNew   string
	lits             []*literal
	pathLits         []*literal
	held             bool // it cannot be changed by changing literals alone
	stuck            bool // nor can what answers it
}

// moves reports whether the request changes.
func (c *call) moves() bool { return c.ours && c.endpoint.kind == mapped }

// An event is a line that the program prints. A request is one as well.
type event struct {
	before, after string
	call          *call // whose request it is
	free          bool  // either is right
}

// A section is a part of the program with requests that it makes one after the other.
type section struct {
	prelude  []*event   // before all requests
	eachTime []*event   // before each request
	calls    [][]*event // of each request
	part     int        // of the base that observers see before each request, from 1
	byMode   bool       // only one request is made in each run
	outside  bool       // it is no part of Run: other modules call it when all runs are over
}

// text is an expression of type string, and what it is worth before and after the migration.
type text struct {
	src      string
	old, new string
	lits     []*literal
	role     role
	ours     bool
}

// A role is what a piece of text is in a URL.
type role int

const (
	roleBase   role = iota // the beginning, with scheme and host
	rolePart               // something between the host and the path of the endpoint
	rolePath               // the path of the endpoint
	roleURL                // all of it
	roleMethod             // no part of a URL
)

// at returns the same text as another expression.
func (t text) at(format string, args ...any) text {
	t.src = fmt.Sprintf(format, args...)
	return t
}

// A scope is where code is written: a function body, or a package.
type scope struct {
	*builder
	pkg  *pkg
	body *[]string
}

func (b *builder) pickRow(dimension string, n int, id func(int) string) int {
	i := b.choices.row(dimension, n, id)
	b.use(dimension, id(i))
	return i
}

func (b *builder) use(dimension, id string) { b.used[dimension+"/"+id] = true }

// name returns a new identifier.
func (b *builder) name(stem string) string {
	b.names++
	return stem + strconv.Itoa(b.names)
}

// env returns a new name for a variable of the environment, which all programs of a process share.
func (b *builder) env() string { return b.name("TRUTH_" + strings.ToUpper(b.pkgs[0].name) + "_") }

// do adds a statement.
func (x *scope) do(format string, args ...any) {
	*x.body = append(*x.body, fmt.Sprintf(format, args...))
}

// decl adds a declaration to the package.
func (x *scope) decl(format string, args ...any) {
	x.pkg.decls = append(x.pkg.decls, fmt.Sprintf(format, args...))
}

// inner returns the scope of a new function of the package, whose body is finished by text.
func (x *scope) inner() *scope { return &scope{x.builder, x.pkg, new([]string)} }

func (x *scope) text() string { return strings.Join(*x.body, "\n") }

// place picks the package of a declaration that is used here.
func (x *scope) place() *scope {
	x.choices.begin()
	defer x.choices.end()
	i := x.pkg.index
	if rest := len(x.pkgs) - i; rest > 1 {
		i += x.choices.pick(rest)
	}
	if i != x.pkg.index {
		x.use("packages", "several")
	}
	return &scope{x.builder, x.pkgs[i], new([]string)}
}

// global returns a new name for a declaration of the package. Names of packages that others import are exported.
func (x *scope) global(stem string) string {
	if x.pkg.index > 0 {
		stem = strings.ToUpper(stem[:1]) + stem[1:]
	} else if x.choices.pick(2) == 1 {
		x.use("packages", "exported")
		stem = strings.ToUpper(stem[:1]) + stem[1:]
	}
	return x.name(stem)
}

// ref returns how a name of the package of p is written here.
func (x *scope) ref(p *scope, name string) string {
	if p.pkg.name == x.pkg.name {
		return name
	}
	return p.pkg.name + "." + name
}

// helper declares something somewhere and returns how it is called here. The format has the name as its first
// argument; further names are made by the caller.
func (x *scope) helper(stem, format string, args ...any) string {
	p := x.place()
	name := p.global(stem)
	p.decl(format, append([]any{name}, args...)...)
	return x.ref(p, name)
}

// local declares a variable and returns the text that reads it.
func (x *scope) local(stem string, e text) text {
	v := x.name(stem)
	x.do("%s := %s", v, e.src)
	return e.at("%s", v)
}

// lit makes a literal and returns it as an expression.
func (b *builder) lit(old, new string, r role, ours bool) text {
	l := &literal{id: len(b.lits), old: old, new: new}
	l.quote = b.choices.pick(8)
	b.lits = append(b.lits, l)
	return text{src: l.mark(), old: old, new: new, lits: []*literal{l}, role: r, ours: ours}
}

// literalOf returns the literal that an expression is, if it is nothing else.
func (b *builder) literalOf(t text) *literal {
	if m := marks.FindStringSubmatch(t.src); m != nil && m[0] == t.src {
		id, _ := strconv.Atoi(m[1])
		return b.lits[id]
	}
	return nil
}

// mark stands for a literal in the source until it is known what it says.
func (l *literal) mark() string { return fmt.Sprintf(`"\x00%d\x00"`, l.id) }

var marks = regexp.MustCompile(`"\\x00(\d+)\\x00"`)

// quoted spells a literal.
func (l *literal) quoted(value string) string {
	switch {
	case l.number, l.comment:
		return value
	case l.quote == 1 && !strings.ContainsAny(value, "`\r"):
		return "`" + value + "`"
	case l.quote == 2 && strings.Contains(value, "/"):
		q := strconv.Quote(value)
		i := strings.LastIndex(q, "/")
		return q[:i] + `\x2f` + q[i+1:]
	}
	return strconv.Quote(value)
}

// A version of a program is chosen by what its literals say.
type version func(l *literal) string

func v1(l *literal) string { return l.old }

// v2 is the program after the right change of its literals.
func v2(l *literal) string {
	if l.due == judge.Change {
		return l.new
	}
	return l.old
}

// files renders the program. The second result has the literals of each file by the index that package judge counts.
func (b *builder) files(v version) (map[string][]byte, map[string]map[int]*literal, error) {
	out, where := map[string][]byte{}, map[string]map[int]*literal{}
	for _, p := range append(b.pkgs[:len(b.pkgs):len(b.pkgs)], b.tests, b.second) {
		if p == nil || len(p.decls) == 0 {
			continue
		}
		name := p.file + ".go"
		source, lits, err := b.render(p, v)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		out[name], where[name] = source, lits
	}
	for name, text := range b.data {
		out[name] = []byte(b.spell(text, v))
	}
	return out, where, nil
}

// spell puts the literals in.
func (b *builder) spell(text string, v version) string {
	return marks.ReplaceAllStringFunc(text, func(m string) string {
		id, _ := strconv.Atoi(marks.FindStringSubmatch(m)[1])
		return b.lits[id].quoted(v(b.lits[id]))
	})
}

// standard are the packages that programs import, by name.
var standard = func() map[string]string {
	m := map[string]string{}
	for p := range strings.FieldsSeq(`bufio bytes cmp container/heap container/list container/ring context encoding/base64 encoding/csv encoding/gob
		encoding/hex encoding/json encoding/xml errors flag fmt io iter maps net net/http net/http/httptest net/url os path reflect regexp slices
		strconv strings sync sync/atomic testing text/template unicode unique net/http/httputil`) {
		m[p[strings.LastIndex(p, "/")+1:]] = p
	}
	return m
}()

func (b *builder) render(p *pkg, v version) ([]byte, map[int]*literal, error) {
	body := "package " + p.name + "\n\n" + strings.Join(p.decls, "\n\n") + "\n"
	imports, err := b.imports(body)
	if err != nil {
		return nil, nil, err
	}
	head, rest, _ := strings.Cut(body, "\n")
	marked := head + "\n\n" + imports + rest
	lits := map[int]*literal{}
	index := 0
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", -1, len(marked)), []byte(marked), nil, 0)
	for {
		_, kind, text := s.Scan()
		if kind == token.EOF {
			break
		}
		if kind == token.STRING {
			if m := marks.FindStringSubmatch(text); m != nil {
				id, _ := strconv.Atoi(m[1])
				lits[index] = b.lits[id]
			}
		}
		if kind == token.STRING || kind == token.CHAR || kind == token.INT || kind == token.FLOAT || kind == token.IMAG {
			index++
		}
	}
	spelled := b.spell(marked, v)
	source, err := format.Source([]byte(spelled))
	if err != nil {
		return nil, nil, fmt.Errorf("%w\n%s", err, spelled)
	}
	return source, lits, nil
}

// imports returns the import declaration of a file.
func (b *builder) imports(body string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", body, parser.SkipObjectResolution)
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, body)
	}
	found := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				if p := standard[id.Name]; p != "" {
					found[p] = true
				}
				for _, q := range b.pkgs[1:] {
					if q.name == id.Name {
						found[b.path+"/"+q.name] = true
					}
				}
				if b.pkgs[0].name == id.Name {
					found[b.path] = true
				}
			}
		}
		return true
	})
	if len(found) == 0 {
		return "", nil
	}
	var out bytes.Buffer
	out.WriteString("import (\n")
	for _, own := range []bool{false, true} {
		for _, p := range slices.Sorted(maps.Keys(found)) {
			if strings.HasPrefix(p+"/", b.path+"/") == own {
				fmt.Fprintf(&out, "\t%q\n", p)
			}
		}
		if !own {
			out.WriteString("\n")
		}
	}
	out.WriteString(")\n")
	return out.String(), nil
}
