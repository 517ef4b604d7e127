package solve

import (
	"maps"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// An edit says which literals have other values than the type checker knew when it computed
// constants, and where it knew them all the same.
type edit struct {
	changed func(file string, start int) bool
	checked func(pkg string) bool
	known   map[*equation.Expr]bool // what is decided about values of constants
}

// A spot is where a literal begins.
type spot struct {
	file  string
	start int
}

// Outdate says that the literals that begin where changed is true have other values than the
// type checker knew, so that what it has computed from them counts no more. It did know them
// in the packages, by path, for which checked is true; nil stands for no package.
func (p *Program) Outdate(changed func(file string, start int) bool, checked func(pkg string) bool) {
	if checked == nil {
		checked = func(string) bool { return false }
	}
	p.edit = &edit{changed, checked, map[*equation.Expr]bool{}}
}

func (e *edit) changes(file string, start int) bool {
	if e == nil {
		return false
	}
	original, _, _ := strings.Cut(file, copyMark)
	return e.changed(file, start) || e.changed(original, start)
}

// outdated reports whether the value of a computed constant of a package does not count.
func (p *Program) outdated(pkg *equation.Package, e *equation.Expr) bool {
	if p.edit == nil || p.edit.checked(pkg.Path) {
		return false
	}
	if known, ok := p.edit.known[e]; ok {
		return known
	}
	p.edit.known[e] = false // should it depend on itself
	out := p.dependsOnEdit(pkg, e)
	p.edit.known[e] = out
	return out
}

func (p *Program) dependsOnEdit(pkg *equation.Package, e *equation.Expr) bool {
	switch e.Op {
	case equation.Lit:
		l := p.literal(pkg, e.N)
		return p.edit.changes(l.File, l.Start)
	case equation.Const:
		c, ok := p.consts[e.Sym]
		if !ok || c.value.Op == equation.Computed {
			return ok && p.outdated(c.init.pkg, c.value)
		}
		known, ok := p.edit.known[c.value]
		if !ok {
			p.edit.known[c.value] = false // should it depend on itself
			known = p.dependsOnEdit(c.init.pkg, c.value)
			p.edit.known[c.value] = known
		}
		return known
	}
	for _, a := range e.Args {
		if p.dependsOnEdit(pkg, a) {
			return true
		}
	}
	return false
}

// Computes returns the name of a constant that is computed from a number, "" if there is none.
// Of a text, constants can only tell the length.
func (p *Program) Computes(number *strval.Literal) string {
	if number.Source == "" || number.Source[0] != '\'' && (number.Source[0] < '0' || number.Source[0] > '9') {
		return ""
	}
	if p.computes == nil {
		p.computes = map[*strval.Literal]string{}
		for _, sym := range slices.Sorted(maps.Keys(p.consts)) {
			if c := p.consts[sym]; c.value.Op == equation.Computed {
				p.noteComputed(c.init.pkg, c.value, lastName(sym), map[*equation.Expr]bool{})
			}
		}
	}
	return p.computes[number]
}

func (p *Program) noteComputed(pkg *equation.Package, e *equation.Expr, name string, seen map[*equation.Expr]bool) {
	if seen[e] {
		return
	}
	seen[e] = true
	switch e.Op {
	case equation.Lit:
		if l := p.literal(pkg, e.N); p.computes[l] == "" {
			p.computes[l] = name
		}
		return
	case equation.Const:
		if c, ok := p.consts[e.Sym]; ok {
			p.noteComputed(c.init.pkg, c.value, name, seen)
		}
		return
	}
	for _, a := range e.Args {
		p.noteComputed(pkg, a, name, seen)
	}
}
