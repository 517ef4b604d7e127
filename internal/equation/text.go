package equation

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The text form of equations is for tests and for people: one line for each definition, call,
// way out, use and leak. It holds all that the solver reads. An expression is its operation,
// then what is set of N ("#1"), I (":1"), Sym ("'sym'"), Text (a quoted string), Keys
// ("[a b]") and Args ("(x, y)"):
//
//	concat(lit#0, field'app.Client.Base'"Base"(param#0))

// ops are the names of the operations in the text form.
var ops = [...]string{
	Opaque: "opaque", Lit: "lit", Text: "text", Const: "const", Global: "global", Local: "local", Param: "param", Outer: "outer",
	Result: "result", Concat: "concat", Apply: "apply", Phi: "phi", Loop: "loop", Composite: "composite", With: "with",
	Field: "field", List: "list", Append: "append", Map: "map", Index: "index", Elem: "elem", FuncRef: "func", Closure: "closure",
	Bound: "bound", Slice: "slice", Effect: "effect", Either: "either", Test: "test", Blank: "blank", Render: "render",
	Address: "address", Through: "through", Computed: "computed", Default: "default", Alloc: "alloc",
}

var useKinds = [...]string{Request: "request", Route: "route", Compare: "compare", Prefix: "prefix", Scope: "scope", Mount: "mount"}

var leakKinds = [...]string{Printed: "printed", Passed: "passed", Compared: "compared", Keyed: "keyed", Listed: "listed",
	Searched: "searched", Counted: "counted"}

// String is the expression in the text form; "-" for nil.
func (e *Expr) String() string {
	if e == nil {
		return "-"
	}
	var b strings.Builder
	b.WriteString(ops[e.Op])
	if e.N != 0 || e.numbered() {
		fmt.Fprintf(&b, "#%d", e.N)
	}
	if e.I != 0 {
		fmt.Fprintf(&b, ":%d", e.I)
	}
	if e.Sym != "" {
		fmt.Fprintf(&b, "'%s'", e.Sym)
	}
	if e.Text != "" {
		b.WriteString(strconv.Quote(e.Text))
	}
	if len(e.Keys) > 0 {
		fmt.Fprintf(&b, "%q", e.Keys)
	}
	if len(e.Args) > 0 {
		b.WriteString(exprs(e.Args))
	}
	return b.String()
}

// numbered reports whether a number always stands behind the operation.
func (e *Expr) numbered() bool {
	switch e.Op {
	case Lit, Local, Param, Result, Phi, Loop, Elem, Slice:
		return true
	}
	return false
}

func exprs(list []*Expr) string {
	parts := make([]string, len(list))
	for i, e := range list {
		parts[i] = e.String()
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// A printer writes lines.
type printer struct{ strings.Builder }

// line writes the words that are not empty.
func (p *printer) line(words ...string) {
	p.WriteString(strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "))
	p.WriteByte('\n')
}

func flag(name string, set bool) string {
	if set {
		return name
	}
	return ""
}

func option(name string, e *Expr) string {
	if e == nil {
		return ""
	}
	return name + " " + e.String()
}

func options(name string, list []*Expr) string {
	if len(list) == 0 {
		return ""
	}
	return name + " " + exprs(list)
}

func numbers(name string, list []int) string {
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf("%s %v", name, list)
}

func text(name, s string) string {
	if s == "" {
		return ""
	}
	return name + " " + strconv.Quote(s)
}

func (pos Pos) text() string {
	if pos == (Pos{}) {
		return ""
	}
	return fmt.Sprintf("at %d:%d:%d:%d", pos.File, pos.Line, pos.Column, pos.Offset)
}

// Format writes a package down in the text form, without what only messages and fixes need:
// spots, comments, and declarations that may get a sibling.
func Format(pkg *Package) string {
	p := &printer{}
	p.line("package", strconv.Quote(pkg.Path), flag("broken", pkg.Broken), text("dependency", pkg.Dependency))
	for _, f := range pkg.Files {
		p.line("file", strconv.Quote(f.Name), flag("test", f.Test), text("generated", f.Generated))
	}
	for _, l := range pkg.Lits {
		p.line("lit", strconv.Quote(l.File), fmt.Sprintf("%d:%d:%d", l.Line, l.Column, l.Start), strconv.Quote(l.Source))
	}
	for _, sym := range slices.Sorted(maps.Keys(pkg.Consts)) {
		p.line("constant", strconv.Quote(sym), "=", pkg.Consts[sym].String())
	}
	for _, f := range pkg.Funcs {
		p.function(f)
	}
	p.defs("global", pkg.Globals)
	p.defs("store", pkg.Stores)
	for _, w := range pkg.Writes {
		p.line("write", strconv.Itoa(w.Func), w.Pointer.String(), "=", w.Value.String())
	}
	for _, t := range pkg.Types {
		words := []string{"type", strconv.Quote(t.Sym)}
		for _, m := range t.Methods {
			words = append(words, strconv.Quote(m.Name), strconv.Quote(m.Func))
		}
		p.line(words...)
	}
	for _, sym := range pkg.Filled {
		p.line("filled", strconv.Quote(sym))
	}
	return p.String()
}

func (p *printer) function(f *Func) {
	outer := ""
	if f.Outer >= 0 {
		outer = "outer " + strconv.Itoa(f.Outer)
	}
	p.line("function", strconv.Quote(f.Sym), strconv.Quote(f.Name), outer, fmt.Sprintf("params %d", f.Params), flag("variadic", f.Variadic), flag("test", f.Test))
	for i, e := range f.Locals {
		p.line("\tlocal", strconv.Itoa(i), "=", e.String())
	}
	for _, s := range f.Loops {
		p.line("\tloop", fmt.Sprint([]int{s.LocalFrom, s.LocalTo, s.MergeFrom, s.MergeTo}))
	}
	for _, c := range f.Calls {
		iface := ""
		if len(c.Iface) > 0 {
			iface = fmt.Sprintf("iface %q", c.Iface)
		}
		p.line("\tcall", text("callee", c.Callee), option("value", c.Value), text("method", c.Method), iface, flag("library", c.Library),
			options("args", c.Args), options("when", c.When), numbers("tracked", c.Tracked), numbers("texts", c.Texts),
			numbers("temporary", c.Temporary), c.Pos.text())
	}
	for _, x := range f.Exits {
		words := []string{"\texit", options("results", x.Results), options("when", x.When)}
		for _, c := range x.Changed {
			words = append(words, "changed", strconv.Itoa(c.Param), c.Value.String())
		}
		p.line(words...)
	}
	for _, u := range f.Uses {
		p.line("\tuse", useKinds[u.Kind], strconv.Quote(u.Sink), text("fixed", u.Fixed), option("method", u.Method), option("url", u.URL),
			option("on", u.On), option("handler", u.Handler), flag("guess", u.Guess), options("when", u.When), u.Pos.text())
	}
	for _, l := range f.Leaks {
		p.line("\tleak", leakKinds[l.Kind], strconv.Quote(l.To), l.Value.String(), options("when", l.When), l.Pos.text())
	}
}

func (p *printer) defs(word string, defs []Def) {
	for _, d := range defs {
		param := ""
		if d.Param >= 0 {
			param = "param " + strconv.Itoa(d.Param)
		}
		p.line(word, strconv.Quote(d.Sym), strconv.Itoa(d.Func), param, flag("owned", d.Owned), flag("init", d.Init), "=", d.Value.String())
	}
}
