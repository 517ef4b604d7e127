package solve

import (
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// A growth says which texts become elements of a list in front of a literal that is one,
// by the number of the literal.
type growth map[int][]string

// expr returns the expression with the new elements: itself, if it has none.
func (g growth) expr(e *equation.Expr) *equation.Expr {
	if e == nil {
		return nil
	}
	var args []*equation.Expr // nil as long as nothing is new
	for i, a := range e.Args {
		before := g.before(e, i)
		grown := g.expr(a)
		if args == nil && (len(before) > 0 || grown != a) {
			args = slices.Clone(e.Args[:i])
		}
		if args != nil {
			args = append(append(args, before...), grown)
		}
	}
	if args == nil {
		return e
	}
	out := *e
	out.Args = args
	return &out
}

// before lists the new elements in front of an argument of an expression.
func (g growth) before(e *equation.Expr, i int) []*equation.Expr {
	if e.Args[i].Op != equation.Lit || e.Op != equation.List && !(e.Op == equation.Append && e.I == 0 && i > 0) {
		return nil
	}
	var out []*equation.Expr
	for _, text := range g[e.Args[i].N] {
		out = append(out, &equation.Expr{Op: equation.Text, Text: text})
	}
	return out
}
