package equation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Parse reads the text form of a package. Empty lines and lines that begin with "//" are left
// out. An error names the line.
func Parse(src string) (pkg *Package, err error) {
	pkg = &Package{Consts: map[string]*Expr{}}
	at := 0
	defer func() {
		if r := recover(); r != nil {
			wrong, ok := r.(syntaxError)
			if !ok {
				panic(r)
			}
			pkg, err = nil, fmt.Errorf("line %d: %s", at, string(wrong))
		}
	}()
	for line := range strings.Lines(src) {
		at++
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			r := &reader{rest: line}
			r.entry(pkg)
			if r.rest != "" {
				r.fail("unexpected %q", r.rest)
			}
		}
	}
	return pkg, nil
}

// A syntaxError is what is wrong with a line. It does not leave this file.
type syntaxError string

// A reader takes a line apart.
type reader struct{ rest string }

func (r *reader) fail(format string, args ...any) { panic(syntaxError(fmt.Sprintf(format, args...))) }

func (r *reader) space() { r.rest = strings.TrimLeft(r.rest, " ") }

// word takes a name.
func (r *reader) word() string {
	r.space()
	n := strings.IndexFunc(r.rest, func(c rune) bool { return !unicode.IsLetter(c) && c != '=' && c != '-' })
	if n < 0 {
		n = len(r.rest)
	}
	w := r.rest[:n]
	r.rest = r.rest[n:]
	r.space()
	return w
}

// take takes a text if it comes next.
func (r *reader) take(s string) bool {
	rest, ok := strings.CutPrefix(r.rest, s)
	if ok {
		r.rest = rest
	}
	return ok
}

func (r *reader) need(s string) {
	if r.space(); !r.take(s) {
		r.fail("%q wanted before %q", s, r.rest)
	}
}

func (r *reader) quoted() string {
	r.space()
	q, err := strconv.QuotedPrefix(r.rest)
	if err != nil {
		r.fail("a quoted string wanted before %q", r.rest)
	}
	r.rest = r.rest[len(q):]
	r.space()
	s, _ := strconv.Unquote(q)
	return s
}

func (r *reader) number() int {
	r.space()
	n := strings.IndexFunc(r.rest, func(c rune) bool { return c != '-' && (c < '0' || c > '9') })
	if n < 0 {
		n = len(r.rest)
	}
	v, err := strconv.Atoi(r.rest[:n])
	if err != nil {
		r.fail("a number wanted before %q", r.rest)
	}
	r.rest = r.rest[n:]
	return v
}

// list takes what stands in brackets, one by one.
func (r *reader) list(item func()) {
	r.need("[")
	for r.space(); !r.take("]"); r.space() {
		if r.rest == "" {
			r.fail("a bracket is not closed")
		}
		item()
	}
}

func (r *reader) numbers() (out []int) {
	r.list(func() { out = append(out, r.number()) })
	return out
}

func (r *reader) strings() (out []string) {
	r.list(func() { out = append(out, r.quoted()) })
	return out
}

// expr takes an expression; "-" is nil.
func (r *reader) expr() *Expr {
	name := r.word()
	if name == "-" {
		return nil
	}
	op := slices.Index(ops[:], name)
	if op < 0 || name == "" {
		r.fail("there is no operation %q", name)
	}
	e := &Expr{Op: Op(op)}
	if r.take("#") {
		e.N = r.number()
	}
	if r.take(":") {
		e.I = r.number()
	}
	if r.take("'") {
		sym, rest, ok := strings.Cut(r.rest, "'")
		if !ok {
			r.fail("a symbol is not closed")
		}
		e.Sym, r.rest = sym, rest
	}
	if strings.HasPrefix(r.rest, `"`) {
		e.Text = r.quoted()
	}
	if strings.HasPrefix(r.rest, "[") {
		e.Keys = r.strings()
	}
	if strings.HasPrefix(r.rest, "(") {
		e.Args = r.exprs()
	}
	return e
}

func (r *reader) exprs() (out []*Expr) {
	r.need("(")
	for !r.take(")") {
		out = append(out, r.expr())
		if r.space(); !strings.HasPrefix(r.rest, ")") {
			r.need(",")
		}
	}
	return out
}

func (r *reader) pos() Pos {
	var n [4]int
	for i := range n {
		if i > 0 {
			r.need(":")
		}
		n[i] = r.number()
	}
	return Pos{n[0], n[1], n[2], n[3]}
}

// options takes named values up to the end of the line, or to one whose name is end.
func (r *reader) options(known map[string]func(), end string) {
	for r.space(); r.rest != ""; r.space() {
		name := r.word()
		if name == end {
			return
		}
		take := known[name]
		if take == nil {
			r.fail("there is no %q here", name)
		}
		take()
	}
	if end != "" {
		r.fail("%q wanted at the end", end)
	}
}

func (r *reader) entry(pkg *Package) {
	switch word := r.word(); word {
	case "package":
		pkg.Path = r.quoted()
		r.options(map[string]func(){
			"broken":     func() { pkg.Broken = true },
			"dependency": func() { pkg.Dependency = r.quoted() },
		}, "")
	case "file":
		f := File{Name: r.quoted()}
		r.options(map[string]func(){
			"test":      func() { f.Test = true },
			"generated": func() { f.Generated = r.quoted() },
		}, "")
		pkg.Files = append(pkg.Files, f)
	case "lit":
		l := strval.Literal{File: r.quoted(), Line: r.number()}
		r.need(":")
		l.Column = r.number()
		r.need(":")
		l.Start = r.number()
		l.Source = r.quoted()
		pkg.Lits = append(pkg.Lits, l)
	case "constant":
		sym := r.quoted()
		r.need("=")
		pkg.Consts[sym] = r.expr()
	case "global":
		pkg.Globals = append(pkg.Globals, r.def())
	case "store":
		pkg.Stores = append(pkg.Stores, r.def())
	case "write":
		w := Write{Func: r.number(), Pointer: r.expr()}
		r.need("=")
		w.Value = r.expr()
		pkg.Writes = append(pkg.Writes, w)
	case "type":
		t := Type{Sym: r.quoted()}
		for r.rest != "" {
			t.Methods = append(t.Methods, Method{Name: r.quoted(), Func: r.quoted()})
		}
		pkg.Types = append(pkg.Types, t)
	case "filled":
		pkg.Filled = append(pkg.Filled, r.quoted())
	case "function":
		f := &Func{Sym: r.quoted(), Name: r.quoted(), Outer: -1}
		r.options(map[string]func(){
			"outer":    func() { f.Outer = r.number() },
			"params":   func() { f.Params = r.number() },
			"variadic": func() { f.Variadic = true },
			"test":     func() { f.Test = true },
		}, "")
		pkg.Funcs = append(pkg.Funcs, f)
	default:
		if len(pkg.Funcs) == 0 {
			r.fail("%q stands in no function", word)
		}
		r.inFunction(word, pkg.Funcs[len(pkg.Funcs)-1])
	}
}

func (r *reader) def() Def {
	d := Def{Sym: r.quoted(), Func: r.number(), Param: -1}
	r.options(map[string]func(){
		"param": func() { d.Param = r.number() },
		"owned": func() { d.Owned = true },
		"init":  func() { d.Init = true },
	}, "=")
	d.Value = r.expr()
	return d
}

func (r *reader) inFunction(word string, f *Func) {
	switch word {
	case "local":
		if n := r.number(); n != len(f.Locals) {
			r.fail("local %d wanted", len(f.Locals))
		}
		r.need("=")
		f.Locals = append(f.Locals, r.expr())
	case "loop":
		n := r.numbers()
		if len(n) != 4 {
			r.fail("a loop has four numbers")
		}
		f.Loops = append(f.Loops, Span{n[0], n[1], n[2], n[3]})
	case "call":
		var c Call
		r.options(map[string]func(){
			"callee":    func() { c.Callee = r.quoted() },
			"value":     func() { c.Value = r.expr() },
			"method":    func() { c.Method = r.quoted() },
			"iface":     func() { c.Iface = r.strings() },
			"library":   func() { c.Library = true },
			"args":      func() { c.Args = r.exprs() },
			"when":      func() { c.When = r.exprs() },
			"tracked":   func() { c.Tracked = r.numbers() },
			"texts":     func() { c.Texts = r.numbers() },
			"temporary": func() { c.Temporary = r.numbers() },
			"at":        func() { c.Pos = r.pos() },
		}, "")
		f.Calls = append(f.Calls, c)
	case "exit":
		var x Exit
		r.options(map[string]func(){
			"results": func() { x.Results = r.exprs() },
			"when":    func() { x.When = r.exprs() },
			"changed": func() { x.Changed = append(x.Changed, Changed{r.number(), r.expr()}) },
		}, "")
		f.Exits = append(f.Exits, x)
	case "use":
		u := Use{Kind: UseKind(r.kind(useKinds[:])), Sink: r.quoted()}
		r.options(map[string]func(){
			"fixed":   func() { u.Fixed = r.quoted() },
			"method":  func() { u.Method = r.expr() },
			"url":     func() { u.URL = r.expr() },
			"on":      func() { u.On = r.expr() },
			"handler": func() { u.Handler = r.expr() },
			"guess":   func() { u.Guess = true },
			"when":    func() { u.When = r.exprs() },
			"at":      func() { u.Pos = r.pos() },
		}, "")
		f.Uses = append(f.Uses, u)
	case "leak":
		l := Leak{Kind: LeakKind(r.kind(leakKinds[:])), To: r.quoted(), Value: r.expr()}
		r.options(map[string]func(){
			"when": func() { l.When = r.exprs() },
			"at":   func() { l.Pos = r.pos() },
		}, "")
		f.Leaks = append(f.Leaks, l)
	default:
		r.fail("there is no entry %q", word)
	}
}

func (r *reader) kind(names []string) int {
	name := r.word()
	i := slices.Index(names, name)
	if i < 0 {
		r.fail("there is no kind %q", name)
	}
	return i
}
