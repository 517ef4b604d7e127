package solve

import (
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// What something outside of the program may replace before it is read, by a flag, a file or
// the linker, is what a URL is made of as long as nobody does. A branch is not decided by it:
// whoever replaces it may want the other one.

// replaceable finds the nodes that such values flow to.
func (g *graph) replaceable() {
	var from []int
	for _, n := range g.defaults {
		from = append(from, n)
	}
	for _, pkg := range g.prog.pkgs {
		for _, sym := range pkg.Filled {
			g.filled[sym] = true
		}
	}
	for sym, n := range g.syms {
		i := strings.LastIndexByte(sym, '.')
		switch {
		case i > 0 && g.filled[sym[:i]], strings.HasPrefix(sym, "setting "), sym == "runtime.GOOS", sym == "runtime.GOARCH":
			from = append(from, n)
		case g.linked(sym):
			from = append(from, n)
		}
	}
	g.open = make([]bool, len(g.next))
	spread(g.next, g.open, from)
}

// linked reports whether a symbol is a package variable that the linker may give another
// value (-ldflags -X): one that begins with a constant text.
func (g *graph) linked(sym string) bool {
	if strings.ContainsAny(sym, "#@ ") {
		return false
	}
	return slices.ContainsFunc(g.prog.globals[sym], func(d definition) bool {
		return d.fn.Outer < 0 && d.fn.Sym == d.fn.pkg.Path+".init" && (d.value.Op == equation.Lit || d.value.Op == equation.Const)
	})
}

// undecided reports whether a test looks at such a value.
func (g *graph) undecided(fn *function, test *equation.Expr) bool {
	known, ok := g.tests[test]
	if !ok {
		known = slices.ContainsFunc(g.mentioned(fn, test, nil), func(n int) bool { return g.open[n] })
		g.tests[test] = known
	}
	return known
}

// mentioned adds the nodes that an expression is made of.
func (g *graph) mentioned(fn *function, e *equation.Expr, nodes []int) []int {
	if e == nil {
		return nodes
	}
	switch e.Op {
	case equation.Computed:
		return g.mentioned(fn, e.Args[0], nodes)
	case equation.Lit:
		return append(nodes, g.lits[fn.pkg]+e.N)
	case equation.Const, equation.Global:
		if n, ok := g.syms[e.Sym]; ok {
			nodes = append(nodes, n)
		}
		return nodes
	case equation.Local:
		return append(nodes, g.local(fn, e.N))
	case equation.Param:
		if e.N < fn.Params {
			nodes = append(nodes, g.param(fn, e.N))
		}
		return nodes
	case equation.Outer:
		if fn.outer != nil {
			nodes = g.mentioned(fn.outer, e.Args[0], nodes)
		}
		return nodes
	case equation.Result:
		return append(nodes, g.callResult(fn, e.N, e.I))
	case equation.Field:
		if n, ok := g.syms[e.Sym]; ok {
			nodes = append(nodes, n)
		}
	}
	for _, a := range e.Args {
		nodes = g.mentioned(fn, a, nodes)
	}
	return nodes
}
