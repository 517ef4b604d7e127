package solve

import (
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Bounds of a search. They are far above what programs written by people need and
// keep every input, however contrived, within seconds.
const (
	maxSteps     = 100_000    // evaluations in one world
	maxUseSteps  = 250_000    // evaluations for one use, beside those that its callers add
	callSteps    = 500        // what each call adds through which the function of the use may be reached
	maxAllSteps  = 10_000_000 // evaluations for all uses together, beside those that calls add; then each gets few
	fewSteps     = 20_000
	maxJoinSteps = 100_000 // evaluations for everything that one field or variable holds
	maxDepth     = 40      // frames from a use to the outermost caller, or into callees
	maxJoin      = 64      // different texts that one field or variable is followed with
	maxRounds    = 32      // elements of a list over which a loop is unrolled
)

// A question is something that a world has to decide, in one frame.
type question struct {
	frame *frame
	kind  questionKind
	n     int
	sym   string
}

type questionKind uint8

const (
	askCaller questionKind = iota
	askReturn
	askMerge
	askElem
	askCallee
	askDefinition
	askIndex
	askRound
)

// A frame is one activation of a function.
type frame struct {
	fn     *function
	outer  *frame // activation of the enclosing function, nil if not known
	caller *frame // nil if not decided
	site   site
	recv   *thunk // receiver of a bound method
	depth  int
	from   *frame // the frame whose caller this one was decided to be

	// In a frame of one round of a loop:
	round  *frame // the frame outside the loop
	loop   int
	number int
}

// A world is one consistent set of answers.
type world struct {
	prog       *Program
	trail      []answer // decided earlier in the search
	asked      int
	answers    map[question]int
	locals     map[localKey]value
	calls      map[callKey]*frame
	outers     map[*frame]*frame
	entries    map[*frame]entry // calls that frames were decided to come from
	rounds     map[roundKey]*frame
	busy       map[localKey]bool
	steps      int
	broken     bool // a bound was met
	impossible bool // its answers contradict one another
	joining    *chain
}

// An entry is the call that a frame came from.
type entry struct {
	caller *frame
	site   site
}

// A chain is the symbols whose definitions are being evaluated, innermost first.
type chain struct {
	sym  string
	def  int // which definition it is, -1 if that does not matter
	next *chain
}

func (c *chain) has(sym string) bool {
	for ; c != nil; c = c.next {
		if c.sym == sym {
			return true
		}
	}
	return false
}

// definition returns which definition of a symbol is being evaluated, or -1.
func (c *chain) definition(sym string) int {
	for ; c != nil; c = c.next {
		if c.sym == sym && c.def >= 0 {
			return c.def
		}
	}
	return -1
}

// through reports whether that very definition is being evaluated.
func (c *chain) through(sym string, def int) bool {
	for ; c != nil; c = c.next {
		if c.sym == sym && c.def == def {
			return true
		}
	}
	return false
}

type answer struct{ pick, of int }

type localKey struct {
	frame *frame
	n     int
}

type callKey struct {
	frame  *frame
	call   int
	callee *function
}

type roundKey struct {
	frame     *frame
	loop, num int
}

// search runs visit in every world, in order, until all are seen, visit returns
// false, or all steps are used. It reports whether all worlds were seen.
func (p *Program) search(steps int, joining *chain, visit func(*world) bool) (complete bool) {
	if p.spent > maxAllSteps+4*callSteps*p.calls {
		steps = min(steps, fewSteps)
	}
	var trail []answer
	complete = true
	for {
		if steps <= 0 {
			return false
		}
		w := &world{prog: p, trail: trail, answers: map[question]int{}, locals: map[localKey]value{}, joining: joining}
		more := visit(w)
		steps -= w.steps + 1
		p.spent += w.steps + 1
		if w.broken {
			complete = false
		}
		if !more {
			return complete
		}
		trail = w.trail[:w.asked]
		for len(trail) > 0 && trail[len(trail)-1].pick+1 >= trail[len(trail)-1].of {
			trail = trail[:len(trail)-1]
		}
		if len(trail) == 0 {
			return complete
		}
		trail[len(trail)-1].pick++
	}
}

// ask decides a question with n possible answers.
func (w *world) ask(q question, n int) int {
	if n <= 1 {
		return 0
	}
	if pick, ok := w.answers[q]; ok {
		return min(pick, n-1)
	}
	pick := 0
	if w.asked < len(w.trail) {
		pick = min(w.trail[w.asked].pick, n-1)
		w.trail[w.asked].of = n
	} else {
		w.trail = append(w.trail, answer{0, n})
	}
	w.asked++
	w.answers[q] = pick
	return pick
}

// A value is what an expression is in one world.
type value struct {
	kind  kind
	text  strval.Template
	rec   strval.Value // kRecord
	expr  *equation.Expr
	frame *frame
	list  []thunk // kList; kMap: keys and values in turn
	open  bool    // kList, kMap: there may be more elements
	base  *value  // kWith
	field thunk   // kWith
	fn    *function
	recv  *thunk
}

type kind uint8

const (
	kText   kind = iota
	kRecord      // a URL or request, field by field
	kObject      // a composite literal in a frame
	kWith        // an object with one field changed
	kList
	kMap
	kFunc
	kAlloc
	kPointer // to a variable that holds text
)

// A thunk is a value that is not asked for yet, or one already known.
type thunk struct {
	expr  *equation.Expr
	frame *frame
	known *value
}

func hole(reason string) value { return value{text: strval.Unknown(reason)} }

// lost is a hole that text of the program may be in: whatever flows to a node of the graph.
func lost(reason string, node int) value {
	v := hole(reason)
	v.text[0].Gap.Lost = node
	return v
}

func textValue(t strval.Template) value { return value{text: t} }

// isHole reports whether nothing is known about a value.
func (v value) isHole() bool { return v.kind == kText && len(v.text) == 1 && v.text[0].Gap != nil }
