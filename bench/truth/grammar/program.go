// Package grammar makes programs that use the API, knows what each of them does, and knows the right change of each of
// their literals: all by construction. A program is a list of choices. Its features are rows of tables, in dimensions
// that are independent of one another: how the parts of a URL are cut, stored, sent on, put together and requested, what
// else is done with the same text, and who else uses the same code.
//
// The facts about the API are in api.txt, in the words of its vendor. Nothing here comes from the tool that is measured.
package grammar

import (
	"fmt"
	"maps"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
)

// A Feature is one row of the grammar.
type Feature struct {
	Dimension, ID string
	Says          string // a sentence without its end
}

// String returns dimension and ID.
func (f Feature) String() string { return f.Dimension + "/" + f.ID }

// Features returns the rows of all tables that programs of a mode draw from, by dimension.
func Features(mode Mode) []Feature {
	var out []Feature
	for _, d := range dimensions {
		for _, r := range d.rows() {
			if f := (Feature{d.id, r[0], d.says + " " + r[1]}); drawn(mode, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// drawn reports whether programs of the mode can have the feature.
func drawn(mode Mode, f Feature) bool {
	switch {
	case mode == Plain:
		return f.Dimension != "check"
	case f.Dimension == "site":
		i := slices.IndexFunc(siteRows, func(r siteRow) bool { return r.id == f.ID })
		return siteRows[i].again
	case f.Dimension == "sink":
		return slices.ContainsFunc(throughLibrary(), func(s sink) bool { return s.id == f.ID })
	default:
		return f.Dimension != "use" && f.String() != "split/"+wholeURL
	}
}

type dimension struct {
	id, says string
	rows     func() [][2]string
	needs    map[string]string // features of other dimensions without which it does not come up
}

func list[T any](rows []T, row func(T) (id, says string)) func() [][2]string {
	return func() [][2]string {
		var out [][2]string
		for _, r := range rows {
			id, says := row(r)
			out = append(out, [2]string{id, says})
		}
		return out
	}
}

var dimensions = []dimension{
	{"split", "stored are", list(splits, func(r split) (string, string) { return r.id, r.says }), nil},
	{"store", "a piece is stored", list(stores, func(r storeRow) (string, string) { return r.id, r.says }), nil},
	{"shape", "the path is written", list(shapes, func(r shape) (string, string) { return r.id, r.says }), nil},
	{"travel", "", list(travels, func(r textRow) (string, string) { return r.id, r.says }), nil},
	{"reuse", "a constant is also", list(reuses, func(r reuse) (string, string) { return r.id, r.says }), map[string]string{"store": "constant"}},
	{"extra", "a client has", list(extras, func(r extra) (string, string) { return r.id, r.says }), map[string]string{"site": "client"}},
	{"write", "a variable is overwritten", list(writes, func(r write) (string, string) { return r.id, r.says }), map[string]string{travelDimension: "overwrite-variable"}},
	{"meet", "the parts meet", list(meets, func(r meet) (string, string) { return r.id, r.says }), nil},
	{"sink", "the request is made by", list(sinks, func(r sink) (string, string) { return r.id, r.says }), nil},
	{"site", "requests are made by", list(siteRows, func(r siteRow) (string, string) { return r.id, r.says }), nil},
	{"dispatch", "requests are made", list(dispatches, func(r dispatch) (string, string) { return r.id, r.says }), nil},
	{"use", "beside the request", list(observations, func(r observation) (string, string) { return r.id, r.says }), nil},
	{"company", "beside the vendor", list(companies, func(r company) (string, string) { return r.id, r.says }), nil},
	{"router", "what serves the requests is", list(routers, func(r router) (string, string) { return r.id, r.says }), map[string]string{"company": "own-server", "check": "routes"}},
	{"check", "a test", list(checks, func(r check) (string, string) { return r.id, r.says }), nil},
	{"rebase", "the client whose base changes is named", list(objects, func(r object) (string, string) { return r.id, r.says }), map[string]string{"company": "rebased", "site": "client"}},
}

// A Program is a generated program with what is right for it.
type Program struct {
	Name     string            // of its directory and package
	Choices  []int             // what it was made from
	Before   map[string][]byte // files by slash-separated name, relative to the directory of the program
	Right    map[string][]byte // the same after the right change of literals
	Settings []string          // statements that are run before the program, in a file that imports it as x0
	Reruns   []string          // statements before each further run
	Others   []string          // statements after all runs, which call what is there for other modules
	Second   string            // import path of a package in the directory "second" that is a module of its own, x1 for Others; or empty
	Features []string          // in order
	Expect   judge.Expectation
	choices  *Choices
}

// Simpler returns the choices of programs that are simpler in one thing each, the most drastic first.
func (p *Program) Simpler() [][]int { return p.choices.Simpler() }

// Plainest are the features that a program has if nothing else was chosen: the first rows of all tables.
func Plainest() map[string]bool {
	out := map[string]bool{}
	for _, d := range dimensions {
		out[d.id+"/"+d.rows()[0][0]] = true
	}
	return out
}

// A Mode is a kind of programs.
type Mode int

// The modes.
const (
	Plain Mode = iota // programs that make requests
	Tests             // programs with tests that serve the same requests
)

// Make returns the program that the choices make. Path is the import path of its package, the last element of which
// is its name.
func Make(c *Choices, mode Mode, name, path string) (*Program, error) {
	b := &builder{choices: c, mode: mode, path: path, used: map[string]bool{}, data: map[string]string{}}
	n := 1 + c.rarely(6)
	for i := range n {
		p := &pkg{index: i, name: name, file: name}
		if i > 0 {
			p.name = packageNames[i]
			p.file = p.name + "/" + p.name
		}
		b.pkgs = append(b.pkgs, p)
	}
	x := &scope{b, b.pkgs[0], new([]string)}
	x.program()
	x.decl("// Run makes the requests of the program.\nfunc Run() {\n%s\n}", x.text())
	return b.finish(name)
}

var packageNames = []string{"", "client", "core", "endpoints", "transfer", "internals"}

// program writes the body of Run.
func (x *scope) program() {
	c := x.choices
	ours := c.pick(8) < 7
	methods := x.methods()
	base := api.ours[c.pick(len(api.ours))]
	if !ours {
		base = api.foreign[c.pick(len(api.foreign))]
	}
	fit := splits
	if x.mode == Tests {
		// A test cannot aim at its server what spells the whole URL.
		fit = slices.DeleteFunc(slices.Clone(splits), func(s split) bool { return s.id == wholeURL })
	}
	p := plan{split: fit[x.pickRow("split", len(fit), func(i int) string { return fit[i].id })]}
	p.meet = x.meeting(p.split)
	if x.mode == Tests {
		x.tests = &pkg{index: 0, name: x.pkg.name, file: x.pkg.file + "_test"}
	} else if o := observations[x.pickRow("use", len(observations), func(i int) string { return observations[i].id })].make(x); o != nil {
		p.uses = append(p.uses, o)
	}
	other := companies[x.pickRow("company", len(companies), func(i int) string { return companies[i].id })]
	_, begin := p.split.parts(base)
	var items, foreign []item
	for range 1 + c.pick(3) {
		c.begin()
		kind := mapped
		switch {
		case !ours:
			kind = theirs
		case c.pick(5) == 4:
			kind = unmapped
		}
		items = append(items, x.item(p, base, begin, ours, kind, methods))
		c.end()
	}
	f := api.foreign[c.pick(len(api.foreign))]
	if other.id != "none" {
		kind, vendor := theirs, false
		if other.id == "second-base" && ours {
			kind, vendor, f = mapped, true, api.ours[1]
		}
		_, begin := p.split.parts(f)
		if other.id == "own-server" {
			f, begin = api.ours[0], fact{}
		}
		if other.same {
			f, vendor = base, ours
			if _, begin = p.split.parts(f); ours {
				kind = ownKinds[c.pick(len(ownKinds))]
			}
		}
		foreign = append(foreign, x.item(p, f, begin, vendor, kind, methods))
	}
	for _, it := range append(items[:len(items):len(items)], foreign...) {
		if !slices.Contains(p.methods, it.endpoint.method) {
			p.methods = append(p.methods, it.endpoint.method)
		}
	}
	if x.mode == Tests {
		items = x.shared(items)
	}
	x.begin()
	s := x.site(p, base, ours)
	x.dispatch(p, s, items, len(dispatches))
	if len(foreign) > 0 {
		x.begin()
		other.emit(x, p, s, f, foreign)
	}
	if x.mode == Tests {
		if x.choices.pick(2) == 1 {
			more := x.item(p, base, begin, ours, items[0].endpoint.kind, p.methods)
			items = append(items[:len(items):len(items)], x.shared([]item{more})...)
		}
		x.test(p, s, base, items)
	}
	for _, o := range p.uses {
		if o.finish != nil {
			o.finish(x, x.calls)
		}
	}
	x.begin()
	for _, f := range x.ending {
		if e := f(x); e != nil {
			x.section.prelude = append(x.section.prelude, e)
		}
	}
}

// methods draws which methods the program uses: those of a sink that has to be picked, if it is particular.
func (x *scope) methods() []string {
	sets := [][]string{get, post, nil}
	for _, s := range sinks {
		if x.choices.force["sink"] == s.id && s.methods != nil {
			return sets[x.choices.note(slices.IndexFunc(sets, func(set []string) bool { return slices.Equal(set, s.methods) }))]
		}
	}
	return sets[x.choices.pick(len(sets))]
}

// site draws the kind of site. One that tests have to reach is handed its base.
func (x *scope) site(p plan, b base, ours bool) *site {
	fit := siteRows
	if x.mode == Tests {
		fit = slices.DeleteFunc(slices.Clone(siteRows), func(r siteRow) bool { return !r.again })
	}
	return fit[x.pickRow("site", len(fit), func(i int) string { return fit[i].id })].make(x, p, b, ours)
}

// begin starts a section.
func (x *scope) begin() {
	x.section = &section{}
	x.sections = append(x.sections, x.section)
}

// dispatch lets the requests be made in one of the first n ways, or the first if n is 0.
func (x *scope) dispatch(p plan, s *site, items []item, n int) {
	d := dispatches[0]
	if n > 0 {
		d = dispatches[x.pickRow("dispatch", n, func(i int) string { return dispatches[i].id })]
	}
	d.emit(x, s, items)
	for _, it := range items {
		m := it.endpoint.method + " "
		x.section.calls = append(x.section.calls, append(x.eventsOf(p, it.call), &event{before: m + it.call.urlOld, after: m + it.call.urlNew, call: it.call}))
	}
}

// eventsOf returns what the program prints before a request.
func (x *scope) eventsOf(p plan, c *call) []*event {
	events := slices.Clone(x.section.eachTime)
	for _, o := range p.uses {
		if o.line != nil {
			events = append(events, o.line(c))
		}
	}
	return events
}

// item draws an endpoint of a kind.
func (x *scope) item(p plan, b base, begin fact, ours bool, k kind, methods []string) item {
	var fit []endpoint
	for _, e := range api.endpoints[k] {
		if methods == nil || slices.Contains(methods, e.method) {
			fit = append(fit, e)
		}
	}
	e := fit[x.choices.pick(len(fit))]
	pieces := piecesOf(e, begin, p.meet.bare, ours)
	c := &call{endpoint: e, ours: ours, pathOld: pieces.fact.old, pathNew: pieces.fact.new,
		urlOld: b.host + b.old + concrete(e.old), urlNew: b.host + b.new + concrete(e.new)}
	if k != mapped {
		// What has no equivalent keeps its version as well.
		c.urlNew, c.pathNew = c.urlOld, c.pathOld
	}
	x.calls = append(x.calls, c)
	return item{
		endpoint: e,
		call:     c,
		method: func(x *scope) text {
			t := text{src: fmt.Sprintf("%q", e.method), old: e.method, new: e.method, role: roleMethod}
			if x.choices.pick(2) == 1 {
				t.src = map[string]string{"GET": "http.MethodGet", "POST": "http.MethodPost", "PUT": "http.MethodPut", "DELETE": "http.MethodDelete"}[e.method]
			}
			if x.choices.pick(4) == 3 {
				// A sink that knows its method does not read it.
				t = x.local("m", x.travel(t, 1))
				x.do("_ = %s", t.src)
			}
			return t
		},
		path: func(x *scope) text { return x.path(pieces) },
	}
}

// finish says what is right and renders the program.
func (b *builder) finish(name string) (*Program, error) {
	p := &Program{Name: name, Choices: b.choices.Values(), Settings: b.settings, Reruns: b.reruns, Others: b.others,
		Features: slices.Sorted(maps.Keys(b.used)), choices: b.choices}
	if b.second != nil {
		p.Second = b.path + "/" + b.second.name
	}
	b.resolve()
	b.lines(p)
	before, where, err := b.files(v1)
	if err != nil {
		return nil, err
	}
	p.Before = before
	if p.Right, _, err = b.files(v2); err != nil {
		return nil, err
	}
	at := map[*literal]int{}
	for _, file := range slices.Sorted(maps.Keys(where)) {
		for _, index := range slices.Sorted(maps.Keys(where[file])) {
			l := where[file][index]
			at[l] = len(p.Expect.Literals)
			p.Expect.Literals = append(p.Expect.Literals, judge.Literal{File: file, Index: index, Text: l.quoted(l.old), Due: l.due})
		}
	}
	for _, c := range b.calls {
		if !c.ours || c.moves() && !c.held {
			continue
		}
		// A request of the vendor that stays v1 has to be spoken of at one of its literals.
		var group []int
		for _, l := range c.lits {
			if i, ok := at[l]; ok {
				group = append(group, i)
			}
		}
		p.Expect.Spoken = append(p.Expect.Spoken, group)
	}
	p.Expect.Class = b.class()
	return p, nil
}

// resolve finds the requests that cannot be moved by changing literals, as a literal of theirs is used for what has to
// stay, and says what has to become of each literal.
func (b *builder) resolve() {
	stays, moves := map[*literal]bool{}, map[*literal]bool{}
	for _, c := range b.calls {
		for _, l := range c.lits {
			if !c.moves() {
				stays[l] = true
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, c := range b.calls {
			if c.stuck && c.moves() && !c.held {
				c.held, changed = true, true
			}
			for _, l := range c.lits {
				if c.moves() && !c.held && l.old != l.new && (stays[l] || l.pinned) {
					c.held, changed = true, true
				}
			}
			if c.held {
				for _, l := range c.lits {
					changed = changed || !stays[l]
					stays[l] = true
				}
			}
		}
	}
	for _, c := range b.calls {
		for _, l := range c.lits {
			moves[l] = moves[l] || c.moves() && !c.held
		}
	}
	ours := map[*literal]bool{}
	for _, c := range b.calls {
		for _, l := range c.lits {
			ours[l] = ours[l] || c.ours
		}
	}
	for _, l := range b.lits {
		switch {
		case l.unread:
			l.due = judge.Free
		case moves[l] && l.old != l.new:
			l.due = judge.Change
		case ours[l] || l.pinned:
			l.due = judge.Fixed
			if stays[l] && l.old != l.new {
				l.due = judge.Free // it may be split, or the constant copied
			}
		case l.own:
			l.due = judge.Argued
		default:
			l.due = judge.Stay
		}
	}
}

// lines says what the program prints in all its runs.
func (b *builder) lines(p *Program) {
	add := func(events []*event) {
		for _, e := range events {
			l := judge.Line{Before: e.before, After: e.after, Free: e.free}
			if c := e.call; c != nil && c.held {
				l.Free = true
			}
			p.Expect.Lines = append(p.Expect.Lines, l)
		}
	}
	for run := range 1 + len(b.reruns) {
		for _, s := range b.sections {
			if s.outside {
				continue
			}
			add(s.prelude)
			for i, events := range s.calls {
				if !s.byMode || i == run {
					add(events)
				}
			}
		}
	}
	for _, s := range b.sections {
		if s.outside {
			add(s.prelude)
			add(slices.Concat(s.calls...))
		}
	}
}

func (b *builder) class() judge.Class {
	made, left := false, false
	for _, c := range b.calls {
		made = made || c.moves() && !c.held
		left = left || c.ours && (!c.moves() || c.held)
	}
	switch {
	case made && left:
		return judge.Mixed
	case made:
		return judge.Fix
	case left:
		return judge.Report
	}
	return judge.Keep
}
