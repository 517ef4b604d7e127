package solve

import (
	"cmp"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A Program is the linked equations of any number of packages.
type Program struct {
	pkgs     []*equation.Package
	funcs    []*function
	bySym    map[string]*function
	consts   map[string]constant
	globals  map[string][]definition // package variables and cells
	fields   map[string][]definition
	writes   []written
	graph    *graph
	methods  map[string][]*methodSet // each under all of its methods; nil until it is asked for
	calls    int                     // in the whole program
	spent    int                     // evaluations so far
	useAt    map[int]Use             // by node; nil until it is asked for
	words    Words
	marked   bool                       // packages were read with marks
	edit     *edit                      // nil if all literals have the values that the type checker knew
	computes map[*strval.Literal]string // see Computes; nil until it is asked for
	reached  map[int]map[int]bool       // see Loses

	inner     map[*equation.Expr]int // see within
	searched  map[string]bool        // the variables for which it is known
	constText map[string]strval.Template
	joins     map[string]*join
	outgoing  []strval.Value               // requests that transports of the program carry; nil until they are asked for
	mounts    map[string][]strval.Template // by router; nil until they are asked for
	joinStack []string                     // joins in the making
	joinLow   int                          // the lowest of them that was met again
	partial   []string                     // joins made while one that they need was in the making
}

type constant struct {
	init  *function
	value *equation.Expr
}

type definition struct {
	fn    *function
	value *equation.Expr
	param int // parameter through which a field is assigned, -1 for none
	owned bool
	init  bool
	// pointer leads to what is defined, if that is assigned to through one.
	pointer *equation.Expr
}

// A written is an assignment through a pointer in its place in the program.
type written struct {
	*equation.Write
	fn *function
}

// A function is an equation.Func in its place in the program.
type function struct {
	*equation.Func
	pkg     *equation.Package
	outer   *function
	id      int
	callees [][]target // per call
	callers []site
	// Calls through interfaces are listed once for all methods that they may reach.
	dispatches []*dispatch
	all        []site                 // see sites
	elems      map[int]*equation.Expr // container that a loop ranges over
	base       int                    // first node in the graph
	visible    map[int]bool           // parameters whose changes every caller follows
	outside    *bool                  // see outsiders
}

// A target is a function that a call may reach. With bound, the callee's receiver is
// not among the call's arguments.
type target struct {
	fn    *function
	bound bool
}

// A site is one call that may reach a function.
type site struct {
	fn    *function
	call  int
	bound bool
}

// Words tells the solver which text matters.
type Words struct {
	Needle func(text string) bool // the text may be part of a URL in question
	Path   func(text string) bool // the text may be part of a path, not just an identifier in one
	Alone  func(text string) bool // it may be one of ours, even if nothing beside it says so
}

// Link joins packages into a program. Packages that stand twice, by path, count once.
func Link(pkgs []*equation.Package, words Words) *Program {
	p := &Program{
		words:     words,
		bySym:     map[string]*function{},
		consts:    map[string]constant{},
		globals:   map[string][]definition{},
		fields:    map[string][]definition{},
		constText: map[string]strval.Template{},
		joins:     map[string]*join{},
		inner:     map[*equation.Expr]int{},
		searched:  map[string]bool{},
	}
	seen := map[string]bool{}
	for _, pkg := range pkgs {
		if seen[pkg.Path] {
			continue
		}
		seen[pkg.Path] = true
		p.pkgs = append(p.pkgs, pkg)
		p.marked = p.marked || len(pkg.Marks) > 0
	}
	slices.SortFunc(p.pkgs, func(a, b *equation.Package) int { return strings.Compare(a.Path, b.Path) })
	for _, pkg := range p.pkgs {
		first := len(p.funcs)
		for _, f := range pkg.Funcs {
			fn := &function{Func: f, pkg: pkg, id: len(p.funcs), callees: make([][]target, len(f.Calls)), elems: map[int]*equation.Expr{}}
			if f.Outer >= 0 {
				fn.outer = p.funcs[first+f.Outer]
			}
			for _, e := range f.Locals {
				p.findElems(fn, e)
			}
			p.funcs = append(p.funcs, fn)
			p.calls += len(f.Calls)
			p.bySym[f.Sym] = fn
		}
		at := func(i int) *function { return p.funcs[first+i] }
		for sym, e := range pkg.Consts {
			p.consts[sym] = constant{at(0), e}
		}
		for _, d := range pkg.Globals {
			p.globals[d.Sym] = append(p.globals[d.Sym], definition{fn: at(d.Func), value: d.Value, param: d.Param, owned: d.Owned, init: d.Init})
		}
		for _, d := range pkg.Stores {
			p.fields[d.Sym] = append(p.fields[d.Sym], definition{fn: at(d.Func), value: d.Value, param: d.Param, owned: d.Owned, init: d.Init})
		}
		for i := range pkg.Writes {
			p.writes = append(p.writes, written{&pkg.Writes[i], at(pkg.Writes[i].Func)})
		}
	}
	p.graph = newGraph(p, words)
	return p
}

// Edited returns the program as it is with other values for some literals. An element of
// a list that has several values becomes as many elements. Uses keep their IDs.
func (p *Program) Edited(values map[*strval.Literal][]string) *Program {
	edited := map[spot]bool{}
	pkgs := make([]*equation.Package, len(p.pkgs))
	for i, pkg := range p.pkgs {
		copied := *pkg
		copied.Lits = slices.Clone(pkg.Lits)
		more := growth{}
		for n := range pkg.Lits {
			if vs := values[&pkg.Lits[n]]; len(vs) > 0 {
				l := &pkg.Lits[n]
				if was, _, err := l.Decode(); err != nil || len(vs) > 1 || was != vs[0] {
					edited[spot{l.File, l.Start}] = true
				}
				// The literal spells the last one, so that no other has to move.
				last := len(vs) - 1
				v := vs[last]
				if c := copied.Lits[n].Source[0]; c < '0' || c > '9' {
					v = strconv.Quote(v)
				}
				copied.Lits[n].Source = v
				if last > 0 {
					more[n] = vs[:last]
				}
			}
		}
		if len(more) > 0 {
			rewriter(more.expr).apply(&copied)
		}
		pkgs[i] = &copied
	}
	out := Link(pkgs, p.words)
	out.Outdate(func(file string, start int) bool { return edited[spot{file, start}] || p.edit.changes(file, start) }, nil)
	return out
}

// Forget drops what evaluations have found so far. One that was cut short by a panic may have
// left it half done.
func (p *Program) Forget() {
	p.constText, p.joins = map[string]strval.Template{}, map[string]*join{}
	p.joinStack, p.joinLow, p.partial = nil, 0, nil
	p.outgoing, p.mounts = nil, nil
	p.inner, p.searched = map[*equation.Expr]int{}, map[string]bool{}
}

func (p *Program) findElems(fn *function, e *equation.Expr) {
	if e.Op == equation.Elem {
		fn.elems[e.N] = e.Args[0]
		return
	}
	for _, a := range e.Args {
		p.findElems(fn, a)
	}
}

// A Use is one place where a string of the program meets HTTP.
type Use struct {
	*equation.Use
	prog *Program
	fn   *function
	node int
}

// Uses returns all uses, package by package.
func (p *Program) Uses() []Use {
	var out []Use
	for _, fn := range p.funcs {
		for i := range fn.Uses {
			out = append(out, Use{&fn.Uses[i], p, fn, p.graph.use(fn, i)})
		}
	}
	return out
}

// Reached returns the uses and the ends that the literals may flow to, each once.
func (p *Program) Reached(lits []*strval.Literal) ([]Use, []End) {
	var from []int
	for _, l := range lits {
		if n, ok := p.litNode(l); ok {
			from = append(from, n)
		}
	}
	if p.useAt == nil {
		p.useAt = map[int]Use{}
		for _, u := range p.Uses() {
			p.useAt[u.node] = u
		}
	}
	var uses []Use
	var ends []End
	for _, n := range p.graph.mayReach(from...) {
		if u, ok := p.useAt[n]; ok {
			uses = append(uses, u)
		}
		if e, ok := p.graph.ends[n]; ok {
			ends = append(ends, e)
		}
	}
	slices.SortFunc(uses, func(a, b Use) int { return cmp.Compare(a.node, b.node) })
	slices.SortFunc(ends, func(a, b End) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.node, b.node))
	})
	return uses, ends
}

// Loses reports whether text of a literal may be in what a gap stands for.
func (p *Program) Loses(l *strval.Literal, gap *strval.Gap) bool {
	if gap == nil || gap.Lost == 0 {
		return false
	}
	n, ok := p.litNode(l)
	if !ok {
		return false
	}
	to, known := p.reached[n]
	if !known {
		to = map[int]bool{}
		for _, m := range p.graph.mayReach(n) {
			to[m] = true
		}
		if p.reached == nil {
			p.reached = map[int]map[int]bool{}
		}
		p.reached[n] = to
	}
	return to[gap.Lost]
}

// ID identifies the use in its program.
func (u Use) ID() int { return u.node }

// File returns the file of a position in the package of the use.
func (u Use) File() equation.File { return fileOf(u.fn.pkg, u.Pos) }

// Open reports whether callers that are not seen may have a say in the URL: it is made
// from a parameter that sees paths.
func (u Use) Open() bool {
	g := u.prog.graph
	for i := range u.fn.Params {
		if n := g.param(u.fn, i); g.path[n] && slices.Contains(g.reach(n), u.node) {
			return true
		}
	}
	return false
}

// Texts lists the literals that may flow into the use and may be part of a URL in question, or
// say alone that they are one of ours, package by package.
func (u Use) Texts() []*strval.Literal {
	g := u.prog.graph
	from := make([]bool, len(g.next))
	spread(g.backward(), from, []int{u.node})
	var out []*strval.Literal
	for _, pkg := range u.prog.pkgs {
		for i := range pkg.Lits {
			if !from[g.lits[pkg]+i] {
				continue
			}
			if text, _, err := pkg.Lits[i].Decode(); err == nil && (u.prog.words.Needle(text) || u.prog.words.Alone(text)) {
				out = append(out, &pkg.Lits[i])
			}
		}
	}
	return out
}

// Func is the symbol of that function.
func (u Use) Func() string { return u.fn.Sym }

// Package is the import path of the use's package.
func (u Use) Package() string { return u.fn.pkg.Path }

// Dependency is the module of the use with its version, if it is not one that is worked on.
func (u Use) Dependency() string { return u.fn.pkg.Dependency }

// Touched reports whether any text that Words.Needle accepts can flow into the use.
func (u Use) Touched() bool { return u.prog.graph.needle[u.node] }

// Pathlike reports whether any text that Words.Path accepts can flow into the use.
func (u Use) Pathlike() bool { return u.prog.graph.path[u.node] }

func fileOf(pkg *equation.Package, pos equation.Pos) equation.File {
	if pos.File < 0 || pos.File >= len(pkg.Files) {
		return equation.File{}
	}
	return pkg.Files[pos.File]
}

// literal returns the one Literal for a literal of a package; templates compare
// literals by pointer.
func (p *Program) literal(pkg *equation.Package, n int) *strval.Literal {
	if n < 0 || n >= len(pkg.Lits) {
		return &strval.Literal{}
	}
	return &pkg.Lits[n]
}

// Declared reports whether a literal's text is that of an exported constant or variable,
// which is there to be used by packages that may not be in sight.
func (p *Program) Declared(l *strval.Literal) bool {
	n, ok := p.litNode(l)
	if !ok {
		return false
	}
	for _, m := range p.graph.reach(n) {
		name := p.graph.names[m]
		if _, isConst := p.consts[name]; (isConst || len(p.globals[name]) > 0) && token.IsExported(lastName(name)) {
			return true
		}
	}
	return false
}

// Controls returns the name of a string function that a literal tells what to do with another
// text, as a prefix that is cut off does; "" if there is none.
func (p *Program) Controls(l *strval.Literal) string {
	n, ok := p.litNode(l)
	if !ok {
		return ""
	}
	for _, m := range p.graph.reach(n) {
		if name := p.graph.controls[m]; name != "" {
			return name
		}
	}
	return ""
}

// Exported reports whether a literal's text is visible to packages that are not seen: in an
// exported constant, variable or field, or as a result of an exported function.
func (p *Program) Exported(l *strval.Literal) bool {
	n, ok := p.litNode(l)
	if !ok {
		return true
	}
	for _, m := range p.graph.reach(n) {
		if name := p.graph.names[m]; name != "" && token.IsExported(lastName(name)) {
			return true
		}
	}
	return false
}
