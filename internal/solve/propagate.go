package solve

import (
	"cmp"
	"slices"
)

// Functions and addresses are values: which of them may be at a node decides which calls reach
// which functions, and what an assignment through a pointer defines. Both make new edges, on
// which more values flow. So it is a fixpoint, computed with a worklist: every pair of a node
// and a value is looked at once, when it is new, and handed on along the edges (difference
// propagation). Nodes that flow to one another have the same values: a strongly connected
// component is one node here. Cycles that new edges close later cost a round, nothing else.

// A referent is a value that is followed: a function, in sight or not, or the address of a
// variable or field.
type referent struct {
	fn      *function
	bound   bool
	sym     string // of a function that is not in sight
	address *pointee
}

// A propagation is the state of that fixpoint.
type propagation struct {
	g        *graph
	values   []referent
	sources  []int         // the node that each value begins at
	rep      []int32       // the component of each node, by one of its nodes; later nodes are their own
	sibling  []int32       // the next node of the same component, or -1
	at       map[int][]int // values of each component, in the order in which they came
	seen     map[[2]int]bool
	work     [][2]int // pairs of a component and a value that are new
	called   map[int][]callOf
	pointers map[int][]*write
	active   bool
}

// begin notes a value that is at a node.
func (p *propagation) begin(node int, v referent) {
	p.values = append(p.values, v)
	p.sources = append(p.sources, node)
	if p.active {
		p.add(p.component(node), len(p.values)-1)
	}
}

func (p *propagation) component(node int) int {
	if node < len(p.rep) {
		return int(p.rep[node])
	}
	return node
}

func (p *propagation) add(c, value int) {
	if pair := [2]int{c, value}; !p.seen[pair] {
		p.seen[pair] = true
		p.at[c] = append(p.at[c], value)
		p.work = append(p.work, pair)
	}
}

// edge notes an edge that is new.
func (p *propagation) edge(from, to int) {
	if !p.active {
		return
	}
	if a, b := p.component(from), p.component(to); a != b {
		for _, v := range p.at[a] {
			p.add(b, v)
		}
	}
}

// run follows all values to where they are called or written through.
func (p *propagation) run() {
	g := p.g
	if len(p.values) == 0 || len(g.called) == 0 && len(g.writes) == 0 {
		g.leave()
		return
	}
	p.active = true
	p.rep, p.sibling = components(g.next, g.blurred)
	p.at, p.seen = map[int][]int{}, map[[2]int]bool{}
	p.called, p.pointers = map[int][]callOf{}, map[int][]*write{}
	for n, calls := range g.called {
		c := p.component(n)
		p.called[c] = append(p.called[c], calls...)
	}
	for _, w := range g.writes {
		c := p.component(w.node)
		p.pointers[c] = append(p.pointers[c], w)
	}
	for v, node := range p.sources {
		p.add(p.component(node), v)
	}
	p.drain()
	g.leave()
	p.drain()
	p.active = false
	p.settle()
}

// drain works until nothing is new.
func (p *propagation) drain() {
	g := p.g
	for len(p.work) > 0 {
		c, v := p.work[0][0], p.work[0][1]
		p.work = p.work[1:]
		p.arrive(c, p.values[v])
		for n := int32(c); n >= 0; n = p.next(n) {
			for _, m := range g.next[n] {
				p.hand(c, int(m), v)
			}
			for _, m := range g.blurred[n] {
				p.hand(c, int(m), v)
			}
		}
	}
}

// next is the node behind another one in its component, or -1.
func (p *propagation) next(n int32) int32 {
	if int(n) < len(p.sibling) {
		return p.sibling[n]
	}
	return -1
}

// hand hands a value of a component on to another node.
func (p *propagation) hand(c, to, value int) {
	if b := p.component(to); b != c {
		p.add(b, value)
	}
}

// arrive is what a value does at a component.
func (p *propagation) arrive(c int, v referent) {
	g := p.g
	switch {
	case v.address != nil:
		for _, w := range p.pointers[c] {
			g.define(w, *v.address)
		}
	case v.fn != nil:
		for _, at := range p.called[c] {
			g.link(at.fn, at.call, target{v.fn, v.bound})
		}
	default:
		for _, at := range p.called[c] {
			if name := g.away[at]; name == "" || v.sym < name {
				g.away[at] = v.sym
			}
		}
	}
}

// settle puts what was found into an order that does not depend on how it was found.
func (p *propagation) settle() {
	for _, fn := range p.g.prog.funcs {
		slices.SortStableFunc(fn.callers, func(a, b site) int { return cmp.Or(cmp.Compare(a.fn.id, b.fn.id), cmp.Compare(a.call, b.call)) })
		for i, targets := range fn.callees {
			if len(targets) > 1 && fn.Calls[i].Method == "" {
				slices.SortStableFunc(targets, func(a, b target) int { return cmp.Compare(a.fn.id, b.fn.id) })
			}
		}
	}
}

// components finds the strongly connected components of a graph: for every node one node of
// its component, the same for all of them and the first of a chain, and the node behind it in
// that chain, or -1.
func components(edges ...[][]int32) (rep, sibling []int32) {
	n := len(edges[0])
	rep, sibling = make([]int32, n), make([]int32, n)
	index, low := make([]int32, n), make([]int32, n)
	onStack := make([]bool, n)
	var stack []int32
	type visit struct {
		node      int32
		set, next int
	}
	var path []visit
	count := int32(0)
	for root := range n {
		if index[root] != 0 {
			continue
		}
		path = append(path[:0], visit{node: int32(root)})
		for len(path) > 0 {
			v := &path[len(path)-1]
			at := v.node
			if v.set == 0 && v.next == 0 && index[at] == 0 {
				count++
				index[at], low[at] = count, count
				stack = append(stack, at)
				onStack[at] = true
			}
			if v.set < len(edges) {
				if next := edges[v.set][at]; v.next < len(next) {
					m := next[v.next]
					v.next++
					if index[m] == 0 {
						path = append(path, visit{node: m})
					} else if onStack[m] {
						low[at] = min(low[at], index[m])
					}
				} else {
					v.set, v.next = v.set+1, 0
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				up := path[len(path)-1].node
				low[up] = min(low[up], low[at])
			}
			if low[at] != index[at] {
				continue
			}
			behind := int32(-1)
			for {
				m := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				onStack[m] = false
				rep[m], sibling[m] = at, behind
				behind = m
				if m == at {
					break // the root of the component is its lowest on the stack
				}
			}
		}
	}
	return rep, sibling
}
