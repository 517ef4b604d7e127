package solve

import (
	"slices"
	"strconv"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Apart is a program in which every place that names one of some constants or variables
// holds a copy of its value. So the literals that a URL is made of tell by which of these
// places it was made.
type Apart struct {
	*Program
	Decls  []Decl // of the constants and variables
	Refs   []Ref
	origin map[*strval.Literal]copied
}

// A Decl declares one of the constants or variables.
type Decl struct {
	*equation.Decl
	File    equation.File
	Package *equation.Package
}

// Holds reports whether what stands at an offset of a file is part of the value.
func (d Decl) Holds(file string, offset int) bool {
	return file == d.File.Name && d.From <= offset && offset < d.From+len(d.Value)
}

// A Ref is a place that names one of the constants or variables.
type Ref struct {
	*equation.Ref
	Decl    int // index into Apart.Decls
	File    equation.File
	Package *equation.Package
}

// copied says which literal of the other program one is, and by which reference, or -1.
type copied struct {
	lit *strval.Literal
	ref int
}

// copyMark stands in the file name of a copied literal, before the number of the reference.
const copyMark = "\x00"

// Origin returns the literal of the original program that one of this program stands for,
// and the index of the reference that it is a copy for, or -1.
func (a *Apart) Origin(l *strval.Literal) (original *strval.Literal, ref int) {
	if o, ok := a.origin[l]; ok {
		return o.lit, o.ref
	}
	return l, -1
}

// Literals lists the literals of the program.
func (a *Apart) Literals() []*strval.Literal {
	var out []*strval.Literal
	for _, pkg := range a.pkgs {
		for i := range pkg.Lits {
			out = append(out, &pkg.Lits[i])
		}
	}
	return out
}

// Apart sets the constants and variables apart whose declarations spell the literals. It
// returns nil if one of the literals is not part of such a declaration, or if what it
// declares is not the same everywhere and at all times.
func (p *Program) Apart(lits []*strval.Literal) *Apart {
	out := &Apart{Program: &Program{}, origin: map[*strval.Literal]copied{}}
	type definition struct {
		value *equation.Expr
		decl  int
	}
	bySym := map[string]definition{}
	for _, lit := range lits {
		d, ok := p.declaration(lit)
		if !ok {
			return nil
		}
		if _, ok := bySym[d.Sym]; ok {
			continue
		}
		value := d.Package.Consts[d.Sym]
		if value == nil {
			// More definitions are assignments, and the first function is the initialiser.
			if defs := p.globals[d.Sym]; len(defs) == 1 && defs[0].fn == p.bySym[d.Package.Funcs[0].Sym] {
				value = defs[0].value
			}
		}
		if value == nil || !plain(value) {
			return nil
		}
		bySym[d.Sym] = definition{value, len(out.Decls)}
		out.Decls = append(out.Decls, d)
	}
	pkgs := make([]*equation.Package, len(p.pkgs))
	type appended struct {
		pkg, at int
		of      copied
	}
	var more []appended
	for i, pkg := range p.pkgs {
		c := *pkg
		pkgs[i] = &c
		c.Lits = slices.Clone(pkg.Lits)
		values := make([]*equation.Expr, len(pkg.Refs)) // what stands in the place of each
		for n := range pkg.Refs {
			r := &pkg.Refs[n]
			def, ok := bySym[r.Sym]
			if !ok {
				continue
			}
			file := fileOf(pkg, r.Pos)
			if r.Fixed || slices.ContainsFunc(out.Decls, func(d Decl) bool { return d.Holds(file.Name, r.Pos.Offset) }) {
				return nil
			}
			ref, from := len(out.Refs), out.Decls[def.decl].Package
			out.Refs = append(out.Refs, Ref{r, def.decl, file, pkg})
			var clone rewriter
			clone = func(e *equation.Expr) *equation.Expr {
				dup := *e
				if e.Op == equation.Lit {
					dup.N = len(c.Lits)
					l := from.Lits[e.N]
					l.File += copyMark + strconv.Itoa(ref) // equal text by two references is not the same
					more = append(more, appended{i, dup.N, copied{&from.Lits[e.N], ref}})
					c.Lits = append(c.Lits, l)
				}
				dup.Args = clone.exprs(e.Args)
				return &dup
			}
			values[n] = clone(def.value)
		}
		if len(c.Lits) == len(pkg.Lits) {
			continue
		}
		var replace rewriter
		replace = func(e *equation.Expr) *equation.Expr {
			if e == nil {
				return nil
			}
			if (e.Op == equation.Const || e.Op == equation.Global) && e.N > 0 && values[e.N-1] != nil {
				return values[e.N-1]
			}
			args := replace.exprs(e.Args)
			if slices.Equal(args, e.Args) {
				return e
			}
			dup := *e
			dup.Args = args
			return &dup
		}
		replace.apply(&c)
	}
	for i, pkg := range p.pkgs {
		for n := range pkg.Lits {
			out.origin[&pkgs[i].Lits[n]] = copied{&pkg.Lits[n], -1}
		}
	}
	for _, m := range more {
		out.origin[&pkgs[m.pkg].Lits[m.at]] = m.of
	}
	out.Program = Link(pkgs, p.words)
	if p.edit != nil {
		out.Outdate(p.edit.changed, p.edit.checked)
	}
	return out
}

// declaration finds the declaration that a literal is part of.
func (p *Program) declaration(lit *strval.Literal) (Decl, bool) {
	for _, pkg := range p.pkgs {
		for i := range pkg.Decls {
			if d := (Decl{&pkg.Decls[i], fileOf(pkg, pkg.Decls[i].At), pkg}); d.Holds(lit.File, lit.Start) {
				return d, true
			}
		}
	}
	return Decl{}, false
}

// plain reports whether an expression means the same wherever it stands.
func plain(e *equation.Expr) bool {
	switch e.Op {
	case equation.Lit, equation.Const, equation.Global:
	case equation.Concat:
		return !slices.ContainsFunc(e.Args, func(a *equation.Expr) bool { return !plain(a) })
	default:
		return false
	}
	return true
}
