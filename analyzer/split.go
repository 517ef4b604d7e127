package analyzer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A base that some uses need as it is, because they have no v2 equivalent, holds all
// others back. If it is a constant or variable of a package, it gets a sibling, and the
// places that name it for nothing but uses that move name the sibling instead:
//
//	const base = ".../v1"                const base = ".../v1"
//
//	                                     const baseV2 = ".../v2"
//
//	get(base + "/licenses")              get(baseV2 + "/licenses")
//	get(base + "/billing")               get(base + "/billing")
//
// Which place serves which use is found by solving the program with a copy of the base in
// each place. All uses that want the edit must be served, or nothing is changed: where one
// place serves both kinds, only a person can say what to do.

// A fork is how the edits of a group are made where other uses need the old text.
type fork struct {
	lits    map[*strval.Literal]bool // those that stay
	changes []fixer.Change           // siblings, and the places that name them
}

// split finds the groups that are held back for nothing but other uses of the same text and
// gives that text siblings where it can.
func (j *judge) split() {
	type place struct {
		file   string
		offset int
	}
	taken := map[place]bool{} // by a sibling: nobody knows which of two is to come first
	for _, group := range j.groups() {
		root := group[0].root()
		if root.held.level < fixer.Manual || root.apart.level == fixer.Manual {
			continue
		}
		s := &splitter{judge: j, group: group, lits: map[*strval.Literal]bool{}, moved: map[int]bool{}}
		if !s.solve() {
			continue
		}
		f := s.fork()
		if f == nil || slices.ContainsFunc(s.apart.Decls, func(d solve.Decl) bool { return taken[place{d.File.Name, d.At.Offset}] }) {
			continue
		}
		for _, d := range s.apart.Decls {
			taken[place{d.File.Name, d.At.Offset}] = true
		}
		root.fork, root.held = f, holding{fixer.Review, s.reason()}
	}
}

// A splitter looks for the places of one group that can name a sibling.
type splitter struct {
	*judge
	group []*edit
	lits  map[*strval.Literal]bool // those that other uses need as they are
	apart *solve.Apart
	moved map[int]bool // references that are to name a sibling
}

func (s *splitter) mine(e *edit) bool { return e.root() == s.group[0].root() }

func (s *splitter) wanted(v *verdict) bool { return slices.ContainsFunc(v.wants, s.mine) }

// solve sets the places apart and reports whether all uses that want the edits, and nothing
// else, can be given the sibling, and come out right with it.
func (s *splitter) solve() bool {
	var lits []*strval.Literal
	for _, e := range s.group {
		if len(e.against) > 0 && !s.lits[e.lit] {
			s.lits[e.lit] = true
			lits = append(lits, e.lit)
		}
	}
	if s.apart = s.prog.Apart(lits); s.apart == nil {
		return false
	}
	worlds, ok := s.worlds()
	if !ok {
		return false
	}
	opposed, served := map[int]bool{}, map[*verdict]bool{}
	for _, w := range worlds {
		for _, v := range w.verdicts {
			if !s.meet(v, w, opposed) {
				return false
			}
			served[v] = true
		}
	}
	for _, v := range s.verdicts {
		if !served[v] && slices.ContainsFunc(v.wants, func(e *edit) bool { return s.lits[e.lit] && s.mine(e) }) {
			return false // a text, or a use that turns out in another way now
		}
	}
	for ref := range s.moved {
		if opposed[ref] {
			return false
		}
	}
	return len(s.moved) > 0 && s.holds(worlds)
}

// An outcome is one way in which a use of the program with the copies turns out.
type outcome struct {
	use      solve.Use
	solved   solve.Solved
	url      strval.Template // the same, in literals of the original program
	verdicts []*verdict      // on it
}

// worlds solves the uses that may have to do with the group. It reports whether all of them
// could be, and were as they are in the original program.
func (s *splitter) worlds() ([]outcome, bool) {
	verdicts := map[string][]*verdict{}
	concerned := map[int]bool{}
	key := func(use int, method string, url strval.Template) string {
		return fmt.Sprint(use, " ", method, " ", url.Key())
	}
	for _, v := range s.verdicts {
		if v.use.Use != nil {
			k := key(v.use.ID(), v.solved.Method, v.solved.URL)
			verdicts[k] = append(verdicts[k], v)
			concerned[v.use.ID()] = concerned[v.use.ID()] || s.wanted(v)
		}
	}
	reached, ends := s.apart.Reached(slices.DeleteFunc(s.apart.Literals(), func(l *strval.Literal) bool {
		_, ref := s.apart.Origin(l)
		return ref < 0
	}))
	for _, end := range ends {
		// What is compared with the base, or looked up by it, would meet one of two.
		if (end.Kind == equation.Compared || end.Kind == equation.Keyed) && !strings.HasSuffix(end.File, "_test.go") && end.Meets(s.apart.Program, s.copied) {
			return nil, false
		}
	}
	there := map[int]bool{}
	for _, u := range reached {
		there[u.ID()] = true
	}
	var out []outcome
	complete := true
	before := s.prog.Uses()
	for i, u := range s.apart.Uses() {
		if !concerned[before[i].ID()] && !there[u.ID()] || u.Kind == equation.Mount {
			continue
		}
		complete = u.Solve(func(solved solve.Solved) {
			w := outcome{use: u, solved: solved}
			for _, p := range solved.URL {
				p.Lit, _ = s.apart.Origin(p.Lit)
				w.url = append(w.url, p)
			}
			w.verdicts = verdicts[key(before[i].ID(), solved.Method, w.url)]
			complete = complete && len(w.verdicts) > 0
			out = append(out, w)
		}) && complete
		if !complete {
			return nil, false
		}
	}
	return out, true
}

// copied reports whether a part comes from one of the places that are set apart.
func (s *splitter) copied(p strval.Part) bool {
	_, ref := s.apart.Origin(p.Lit)
	return ref >= 0
}

// meet notes what a verdict says about the places that name the base. It reports whether
// they can be divided as far as the verdict is concerned.
func (s *splitter) meet(v *verdict, w outcome, opposed map[int]bool) bool {
	for i, p := range w.url {
		if p.Lit == nil || !s.lits[p.Lit] {
			continue
		}
		_, ref := s.apart.Origin(w.solved.URL[i].Lit)
		for _, e := range s.byLit[p.Lit] {
			if !s.mine(e) || !e.within(p) {
				continue
			}
			test := w.use.File().Test
			switch {
			case slices.Contains(e.against, v):
				opposed[ref] = true
			case ref < 0 || w.use.Kind != equation.Request && !test:
				return false // a server, or a test of the text: it would know one of two
			case slices.Contains(v.wants, e), test && v.res.Kind == endpoint.Mapped:
				s.moved[ref] = true
			}
		}
	}
	return true
}

// made reports whether an edit of a literal is made, for the reference that the literal is a
// copy for, or -1.
func (s *splitter) made(lit *strval.Literal, ref int) func(*edit) bool {
	return func(e *edit) bool {
		if s.mine(e) {
			return !s.lits[lit] || s.moved[ref]
		}
		return e.safe()
	}
}

// holds reports whether every use comes out as it should: those that move as the table has
// them, all others as they are.
func (s *splitter) holds(worlds []outcome) bool {
	values := map[*strval.Literal][]string{}
	of := map[*strval.Literal]bool{}
	for _, lit := range s.edited() {
		of[lit] = true
	}
	for _, lit := range s.apart.Literals() {
		if original, ref := s.apart.Origin(lit); of[original] {
			if v := s.values(original, s.made(original, ref)); v != nil {
				values[lit] = v
			}
		}
	}
	want, got := map[int]map[string]bool{}, map[int]map[string]bool{}
	note := func(in map[int]map[string]bool, u solve.Use, method, url string) {
		if in[u.ID()] == nil {
			in[u.ID()] = map[string]bool{}
		}
		in[u.ID()][method+" "+url] = true
	}
	for _, w := range worlds {
		var b strings.Builder
		for i, p := range w.url {
			if p.Gap != nil {
				b.WriteByte(strval.Hole)
				continue
			}
			_, ref := s.apart.Origin(w.solved.URL[i].Lit)
			b.WriteString(s.withEdits(p, s.made(p.Lit, ref)))
		}
		note(want, w.use, w.solved.Method, b.String())
	}
	for _, u := range s.apart.Edited(values).Uses() {
		if want[u.ID()] == nil {
			continue
		}
		if !u.Solve(func(solved solve.Solved) { note(got, u, solved.Method, solved.URL.Flat()) }) {
			return false
		}
		if !maps.Equal(got[u.ID()], want[u.ID()]) {
			return false
		}
	}
	return true
}

// fork writes down the changes: the siblings, and the names of them. It returns nil if one
// of the files must not be edited.
func (s *splitter) fork() *fork {
	f := &fork{lits: s.lits}
	for _, d := range s.apart.Decls {
		if d.File.Generated != "" || d.Package.Broken {
			return nil
		}
		var splices []strval.Edit
		for _, e := range s.group {
			if !s.lits[e.lit] || !d.Holds(e.lit.File, e.lit.Start) {
				continue
			}
			splice, err := e.splice()
			if err != nil {
				return nil
			}
			splices = append(splices, splice)
			// The text stays also where another build would have it moved.
			splice.New = splice.Old
			f.changes = append(f.changes, fixer.Change{File: splice.File, Start: splice.Start, End: splice.End, Old: splice.Old, New: splice.Old})
		}
		slices.SortFunc(splices, func(a, b strval.Edit) int { return cmp.Compare(b.Start, a.Start) })
		value := d.Value
		for _, e := range splices {
			value = value[:e.Start-d.From] + e.New + value[e.End-d.From:]
		}
		f.changes = append(f.changes, fixer.Change{File: d.File.Name, Start: d.At.Offset, End: d.At.Offset, New: d.Head + value})
	}
	for i, r := range s.apart.Refs {
		if !s.moved[i] {
			continue
		}
		if r.File.Generated != "" || r.Package.Dependency != "" || r.Package.Broken {
			return nil
		}
		d := s.apart.Decls[r.Decl]
		f.changes = append(f.changes, fixer.Change{File: r.File.Name, Start: r.Pos.Offset, End: r.Pos.Offset + len(d.Name), Old: d.Name, New: d.Sibling})
	}
	return f
}

// reason names what is split and a use that still needs it.
func (s *splitter) reason() string {
	var names []string
	for _, d := range s.apart.Decls {
		names = append(names, d.Name)
	}
	for _, e := range s.group {
		if len(e.against) > 0 {
			v := e.against[0]
			_, why := s.objection(v)
			reason := fmt.Sprintf("it splits %s: %s still needs the old text for %s, %s", strings.Join(names, " and "), s.where(v), v.display(), why)
			if also := e.root().apart.reason; also != "" {
				reason += "; " + also
			}
			return reason
		}
	}
	return ""
}
