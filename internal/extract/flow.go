package extract

import (
	"go/types"
	"maps"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// A flow is what is known at one point of a function.
type flow struct {
	vars map[*types.Var]*equation.Expr
	when []*equation.Expr // Tests that hold
	dead bool             // the point cannot be reached
}

func (s flow) fork() flow { return flow{maps.Clone(s.vars), slices.Clip(s.when), s.dead} }

// assume adds a Test to what holds from here on.
func (s *flow) assume(test *equation.Expr) {
	if test != nil {
		s.when = append(slices.Clip(s.when), test)
	}
}

// A jump collects the flows that leave a statement early.
type jump struct {
	label  string
	loop   bool
	breaks []flow
	rounds []flow // flows that go on with the next round
}

// meet merges flows into the current one. Variables that differ become merges that
// choose together.
func (f *function) meet(flows ...flow) { f.choose(nil, flows...) }

// choose merges flows; a test, if there is one, tells the first from the second.
func (f *function) choose(test *equation.Expr, flows ...flow) {
	live := flows[:0:0]
	for _, s := range flows {
		if !s.dead {
			live = append(live, s)
		}
	}
	if len(live) == 0 {
		if len(flows) > 0 {
			f.flow = flows[0]
		}
		f.flow.dead = true
		return
	}
	out := live[0].fork()
	if len(live) > 1 {
		for _, s := range live[1:] {
			n := 0
			for n < min(len(out.when), len(s.when)) && out.when[n] == s.when[n] {
				n++
			}
			out.when = slices.Clip(out.when[:n])
		}
		merge := -1
		vars := slices.SortedFunc(maps.Keys(out.vars), func(a, b *types.Var) int { return int(a.Pos() - b.Pos()) })
		for _, v := range vars {
			same, all := true, true
			args := make([]*equation.Expr, 0, len(live))
			for _, s := range live {
				e, ok := s.vars[v]
				all = all && ok
				same = same && ok && equal(e, live[0].vars[v])
				args = append(args, e)
			}
			switch {
			case !all:
				delete(out.vars, v) // declared on one way only: out of scope here
			case !same:
				if merge < 0 {
					merge = f.merges
					f.merges++
				}
				phi := &equation.Expr{Op: equation.Phi, N: merge, Args: args}
				if test != nil && len(flows) == 2 {
					phi.I, phi.Args = 1, append(args, test)
				}
				out.vars[v] = f.share(phi)
			}
		}
	}
	f.flow = out
}

func equal(a, b *equation.Expr) bool {
	return a == b || a != nil && b != nil && a.Op == b.Op && a.N == b.N && a.I == b.I && a.Sym == b.Sym && a.Text == b.Text &&
		len(a.Args) == 0 && len(b.Args) == 0 && len(a.Keys) == 0 && len(b.Keys) == 0
}
