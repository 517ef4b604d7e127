package analyzer

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Result solves the program and judges what comes out.
func (p *Program) Result() *Result {
	j := &judge{
		table:   p.table,
		prog:    solve.Link(p.pkgs, words(p.table)),
		pkgs:    p.pkgs,
		edits:   map[editKey]*edit{},
		byLit:   map[*strval.Literal][]*edit{},
		judged:  map[*strval.Literal]bool{},
		files:   map[string]equation.File{},
		done:    map[int]bool{},
		foreign: map[*strval.Literal]bool{},
	}
	for _, pkg := range p.pkgs {
		for _, f := range pkg.Files {
			j.files[f.Name] = f
		}
	}
	j.solve()
	j.proposeAll()
	j.solveOthers(true)
	j.followServers()
	j.looseLiterals()
	j.documentation(p.texts)
	j.solveOthers(false)
	j.hold()
	j.verify()
	return j.result(p.opts)
}

// A judge turns solved uses into changes, and decides how far each can be trusted.
type judge struct {
	table    *endpoint.Table
	prog     *solve.Program
	pkgs     []*equation.Package
	verdicts []*verdict
	edits    map[editKey]*edit
	order    []*edit
	byLit    map[*strval.Literal][]*edit
	judged   map[*strval.Literal]bool // literals that are part of a use that was recognised
	files    map[string]equation.File
	foreign  map[*strval.Literal]bool // literals that are sent to another host
	done     map[int]bool             // uses that are solved, by ID
	twins    map[[2]string]bool       // v2 routes by router and path
	unseen   []solve.Use              // uses whose search met a bound
}

// A verdict is what the endpoint table says about one way in which a use turns out.
type verdict struct {
	use    solve.Use
	solved solve.Solved
	flat   string
	res    endpoint.Result
	wants  []*edit
	// neutral verdicts say nothing about the API: the base is not known, or there is none.
	neutral bool
	// quiet verdicts are no findings, but speak against edits of their text.
	quiet bool
	// stuck says why a recognised use has no change.
	stuck string
}

// An edit is a change of a range of a literal's value that some use wants.
type edit struct {
	editKey
	text   string
	wants  []*verdict     // uses that want it
	loose  *endpoint.Span // the URL in a text that the edit is for; nil for a use
	length int            // of that text
	also   string         // a different text that another use wants here

	parent *edit // union-find: edits that are made together
	held   holding
}

type editKey struct {
	lit      *strval.Literal
	from, to int
}

// A holding is the strongest reason why a group is not safe.
type holding struct {
	level  fixer.Applicability
	reason string
}

func (h *holding) raise(level fixer.Applicability, reason string) {
	if level > h.level {
		h.level, h.reason = level, reason
	}
}

func (e *edit) root() *edit {
	for e.parent != nil {
		if e.parent.parent != nil {
			e.parent = e.parent.parent
		}
		e = e.parent
	}
	return e
}

func unite(a, b *edit) {
	a, b = a.root(), b.root()
	if a != b {
		b.parent = a
		a.held.raise(b.held.level, b.held.reason)
	}
}

func (e *edit) hold(level fixer.Applicability, format string, args ...any) {
	e.root().held.raise(level, fmt.Sprintf(format, args...))
}

// solve runs the search for every use that may concern the API and asks the table
// what each outcome is.
func (j *judge) solve() {
	for _, u := range j.prog.Uses() {
		if u.Touched() && u.Kind != equation.Mount {
			j.solveUse(u)
		}
	}
}

// solveOthers solves the uses that literals with edits may reach although nothing of the
// API does: they may be those that speak against an edit, or requests to a mock.
func (j *judge) solveOthers(requests bool) {
	uses, _ := j.prog.Reached(j.edited())
	for _, u := range uses {
		if u.Kind != equation.Mount && (!requests || u.Kind == equation.Request) {
			j.solveUse(u)
		}
	}
}

// edited lists the literals with edits, each once, in the order in which they were found.
func (j *judge) edited() []*strval.Literal {
	var out []*strval.Literal
	seen := map[*strval.Literal]bool{}
	for _, e := range j.order {
		if !seen[e.lit] {
			seen[e.lit] = true
			out = append(out, e.lit)
		}
	}
	return out
}

// solveUse solves a use, once.
func (j *judge) solveUse(u solve.Use) {
	if j.done[u.ID()] {
		return
	}
	j.done[u.ID()] = true
	cut := false
	complete := u.Solve(func(s solve.Solved) {
		v := &verdict{use: u, solved: s, flat: s.URL.Flat()}
		switch {
		case u.Kind != equation.Request && u.Kind != equation.Compare && !strings.Contains(v.flat, "://"):
			v.res = j.table.MatchRoute(s.Method, v.flat)
		default:
			v.res = j.table.Match(s.Method, v.flat)
		}
		switch v.res.Kind {
		case endpoint.NotOurs:
			v.neutral = v.res.Host != endpoint.HostForeign && !v.res.Prefix
			if u.Kind != equation.Request {
				v.stuck = j.choice(s.URL)
			}
			if v.res.Host == endpoint.HostForeign {
				for _, part := range s.URL {
					if part.Lit != nil {
						j.foreign[part.Lit] = true
					}
				}
			}
		case endpoint.NoEquivalent:
			// Without a host, a path that is in no table may belong to anybody.
			v.quiet = v.res.Host == endpoint.HostAbsent && v.res.Rule == nil
		case endpoint.BaseOnly:
			v.neutral = u.Kind == equation.Request
		case endpoint.Current:
			v.neutral = true
		case endpoint.Unclear:
			v.neutral = slices.ContainsFunc(s.URL, func(p strval.Part) bool { return p.Gap != nil && p.Gap.Dead })
		}
		if v.neutral && v.res.Kind == endpoint.NotOurs && slices.ContainsFunc(s.URL, func(p strval.Part) bool { return p.Gap != nil && p.Gap.Complex }) {
			cut = true
		}
		j.verdicts = append(j.verdicts, v)
	})
	if !complete || cut {
		j.unseen = append(j.unseen, u)
	}
}

// choice says that a pattern allows v1 beside other versions, or nothing.
func (j *judge) choice(t strval.Template) string {
	for i, p := range t {
		if p.Gap == nil || len(p.Gap.Choices) == 0 || i == 0 {
			continue
		}
		for _, b := range j.table.Bases() {
			at := strings.LastIndexByte(b.Old, '/') + 1
			if slices.Contains(p.Gap.Choices, b.Old[at:]) && strings.HasSuffix(t[i-1].Text, b.Old[:at]) {
				return p.Gap.Reason
			}
		}
	}
	return ""
}

// proposeAll lets every recognised use ask for the edits that the table gives it.
func (j *judge) proposeAll() {
	j.findTwins()
	for _, v := range j.verdicts {
		switch v.res.Kind {
		case endpoint.NotOurs, endpoint.Current:
			continue
		default:
			if v.neutral || v.quiet {
				continue
			}
		}
		if v.use.Kind == equation.Compare && !v.solved.Incoming && !v.res.Prefix {
			continue
		}
		for _, part := range v.solved.URL {
			if part.Lit != nil {
				j.judged[part.Lit] = true
			}
		}
		switch {
		case j.twins[twinKey(v)]:
		case len(v.res.Edits) > 0:
			j.propose(v, v.solved.URL, v.res.Edits)
		case v.res.Reason != "":
			v.stuck = v.res.Reason
		case v.res.Kind != endpoint.Mapped:
			v.stuck = v.res.Kind.String()
		}
	}
}

// findTwins notes which endpoints a router answers in v2 already: a server with both
// versions is there for compatibility, and its v1 routes are meant to stay.
func (j *judge) findTwins() {
	j.twins = map[[2]string]bool{}
	for _, v := range j.verdicts {
		if v.use.Kind == equation.Route && v.res.Kind == endpoint.Current {
			j.twins[[2]string{v.router(), strings.TrimLeft(pathOf(v.flat), "/")}] = true
		}
	}
}

// twinKey is the key under which findTwins notes the v2 form of a route.
func twinKey(v *verdict) [2]string {
	if v.use.Kind != equation.Route || len(v.res.Edits) == 0 {
		return [2]string{}
	}
	return [2]string{v.router(), strings.TrimLeft(pathOf(endpoint.Apply(v.flat, v.res.Edits)), "/")}
}

// router names the router of a route, or where it is registered if that is not known.
func (v *verdict) router() string {
	if v.solved.Router != "" {
		return v.solved.Router
	}
	return v.use.Func()
}

// pathOf is a route pattern without its method and host.
func pathOf(pattern string) string {
	if i := strings.IndexByte(pattern, '/'); i >= 0 {
		return pattern[i:]
	}
	return pattern
}

// propose turns edits of a template into edits of the literals that spell it.
func (j *judge) propose(v *verdict, t strval.Template, edits []endpoint.Edit) {
	var wants []*edit
	for _, e := range edits {
		places, ok := t.Locate(e.Start, e.End)
		if !ok {
			v.stuck = "the text to change is not spelled in the source in sight"
			return
		}
		text := e.New
		for _, at := range places {
			key := editKey{at.Lit, at.From, at.To}
			have := j.edits[key]
			if have == nil {
				have = &edit{editKey: key, text: text}
				j.edits[key] = have
				j.order = append(j.order, have)
				j.byLit[at.Lit] = append(j.byLit[at.Lit], have)
			} else if have.text != text {
				have.also = text
			}
			wants = append(wants, have)
			text = "" // what is spelled by several literals moves into the first
		}
	}
	for _, e := range wants {
		e.wants = append(e.wants, v)
		unite(wants[0], e)
	}
	v.wants = append(v.wants, wants...)
}

// hold finds what speaks against each edit: another use of the same bytes that does not
// want it, a way of the literal out of sight, or a second opinion.
func (j *judge) hold() {
	for _, v := range j.verdicts {
		if v.neutral && !(v.use.Kind == equation.Route && !v.solved.Incoming) {
			continue
		}
		for _, part := range v.solved.URL {
			if part.Lit == nil {
				continue
			}
			for _, e := range j.byLit[part.Lit] {
				if !e.within(part) || slices.Contains(v.wants, e) {
					continue
				}
				level, why := j.objection(v)
				if level > fixer.Safe {
					e.hold(level, "held back: also used at %s for %s, %s", j.where(v), v.display(), why)
				}
			}
		}
	}
	for _, lit := range j.edited() {
		j.holdEnds(lit)
	}
	for _, pkg := range j.pkgs {
		for i := range pkg.Lits {
			edits := j.byLit[&pkg.Lits[i]]
			switch {
			case len(edits) == 0:
			case pkg.Dependency != "":
				edits[0].hold(fixer.Manual, "held back: text that must change with it is in the dependency %s, which is never edited", pkg.Dependency)
			case pkg.Broken:
				edits[0].hold(fixer.Review, "its package does not compile")
			}
		}
	}
	for _, v := range j.verdicts {
		j.holdDoubt(v)
		j.holdTest(v)
	}
	for _, e := range j.order {
		if e.also != "" || slices.ContainsFunc(j.byLit[e.lit], func(o *edit) bool { return o != e && o.from < e.to && e.from < o.to }) {
			e.hold(fixer.Manual, "its uses want different changes")
		}
		if !e.lit.Plain && e.lit.Source[0] == '\'' {
			e.hold(fixer.Manual, "a single character is not rewritten")
		}
	}
	for _, v := range j.verdicts {
		if v.stuck == "" {
			continue
		}
		for _, e := range v.wants {
			e.hold(fixer.Manual, "held back: also used at %s for %s: %s", j.where(v), v.display(), v.stuck)
		}
	}
}

// holdDoubt holds edits back that the endpoint table is not certain of. A stand-in for the
// API is no doubt where the same text is sent to the API itself: it moves with it.
func (j *judge) holdDoubt(v *verdict) {
	if v.res.Doubt == "" || len(v.wants) == 0 {
		return
	}
	if v.res.Host == endpoint.HostUnknown && !slices.ContainsFunc(v.wants, func(e *edit) bool {
		return !slices.ContainsFunc(e.wants, func(o *verdict) bool { return o.res.Doubt == "" && o.use.Kind == equation.Request })
	}) {
		return
	}
	v.wants[0].hold(fixer.Review, "%s", v.res.Doubt)
}

// holdTest holds edits back that change what a test of the text says, as in
// strings.Contains(url, "/v1/").
func (j *judge) holdTest(v *verdict) {
	if v.use.Use == nil || v.solved.Incoming || v.use.Kind != equation.Compare && v.use.Kind != equation.Prefix {
		return
	}
	var hit *edit
	for _, t := range []strval.Template{v.solved.URL, v.solved.Other} {
		for _, p := range t {
			for _, e := range j.byLit[p.Lit] {
				if p.Lit != nil && e.within(p) && e.root().held.level == fixer.Safe {
					hit = e
				}
			}
		}
	}
	says := func(x, y string) bool {
		switch v.use.Sink {
		case "strings.Contains":
			return strings.Contains(x, y)
		case "strings.HasPrefix", "strings.CutPrefix":
			return strings.HasPrefix(x, y)
		case "strings.HasSuffix":
			return strings.HasSuffix(x, y)
		}
		return x == y
	}
	before := says(v.solved.Other.Flat(), v.flat)
	after := says(j.rewritten(v.solved.Other), j.rewritten(v.solved.URL))
	if hit != nil && before != after {
		hit.hold(fixer.Review, "%s at %s would say something else about it", v.use.Sink, j.where(v))
	}
}

// verify makes the safe edits in the equations, solves the uses that want them once more
// and holds back what does not come out as the endpoint table has it: text that is
// escaped, cut off or compared on its way.
func (j *judge) verify() {
	values := map[*strval.Literal]string{}
	for _, lit := range j.edited() {
		value, _, err := lit.Decode()
		if err != nil {
			continue
		}
		values[lit] = j.withEdits(strval.Part{Text: value, Lit: lit})
	}
	if len(values) == 0 {
		return
	}
	expected := map[int]map[string][]*verdict{} // by use and result
	for _, v := range j.verdicts {
		if v.use.Use == nil || len(v.wants) == 0 || v.wants[0].root().held.level != fixer.Safe {
			continue
		}
		if expected[v.use.ID()] == nil {
			expected[v.use.ID()] = map[string][]*verdict{}
		}
		want := v.solved.Method + " " + j.rewritten(v.solved.URL)
		expected[v.use.ID()][want] = append(expected[v.use.ID()][want], v)
	}
	for _, u := range j.prog.Edited(values).Uses() {
		want := expected[u.ID()]
		if want == nil {
			continue
		}
		got := map[string]bool{}
		u.Solve(func(s solve.Solved) { got[s.Method+" "+s.URL.Flat()] = true })
		for url, verdicts := range want {
			if !got[url] {
				for _, v := range verdicts {
					v.wants[0].hold(fixer.Manual, "the text is changed on its way to %s at %s, so that the URL would not come out right", v.use.Sink, j.where(v))
				}
			}
		}
	}
}

// rewritten is the flat form of a template after the safe edits.
func (j *judge) rewritten(t strval.Template) string {
	var b strings.Builder
	for _, p := range t {
		if p.Gap != nil {
			b.WriteByte(strval.Hole)
		} else {
			b.WriteString(j.withEdits(p))
		}
	}
	return b.String()
}

// withEdits is the text of a part after the safe edits of its literal.
func (j *judge) withEdits(p strval.Part) string {
	text := p.Text
	if p.Lit == nil {
		return text
	}
	edits := slices.Clone(j.byLit[p.Lit])
	slices.SortFunc(edits, func(a, b *edit) int { return cmp.Or(cmp.Compare(b.from, a.from), cmp.Compare(b.to, a.to)) })
	from := p.At + len(p.Text) // of the edit made last: those before must not reach into it
	for _, e := range edits {
		if e.within(p) && e.to <= from && e.root().held.level == fixer.Safe {
			text = text[:e.from-p.At] + e.text + text[e.to-p.At:]
			from = e.from
		}
	}
	return text
}

// holdEnds holds the edits of a literal back that also goes somewhere else than into HTTP,
// or into a use that could not be solved.
func (j *judge) holdEnds(lit *strval.Literal) {
	uses, ends := j.prog.Reached([]*strval.Literal{lit})
	edits := j.byLit[lit]
	part := func(p strval.Part) bool {
		return p.Lit == lit && slices.ContainsFunc(edits, func(e *edit) bool { return e.within(p) })
	}
	for _, end := range ends {
		if end.Kind == equation.Printed || end.Kind == equation.Listed {
			continue
		}
		// A test compares what it got with what it wanted; both sides move.
		if strings.HasSuffix(end.File, "_test.go") {
			continue
		}
		// A URL inside a longer text is no value of its own: whoever gets the text reads it.
		if edits[0].loose != nil && edits[0].loose.End-edits[0].loose.Start < edits[0].length && end.Kind == equation.Passed {
			continue
		}
		if !end.Meets(j.prog, part) {
			continue
		}
		place := fmt.Sprintf("%s:%d", shortFile(end.File, lit.File), end.Line)
		switch end.Kind {
		case equation.Passed:
			edits[0].hold(fixer.Review, "it is also passed to %s at %s, whose use of it cannot be seen", end.To, place)
		case equation.Keyed:
			edits[0].hold(fixer.Review, "it is also the key of %s at %s", end.To, place)
		case equation.Compared:
			edits[0].hold(fixer.Review, "it also meets %s at %s", end.To, place)
		}
	}
	for _, u := range j.unseen {
		if slices.ContainsFunc(uses, func(o solve.Use) bool { return o.ID() == u.ID() }) {
			edits[0].hold(fixer.Review, "what is passed to %s at %s:%d is too complex to follow", u.Sink, shortFile(u.File().Name, lit.File), u.Pos.Line)
		}
	}
}

// within reports whether a part of a template holds the bytes of the edit.
func (e *edit) within(p strval.Part) bool {
	return p.Lit == e.lit && e.from >= p.At && e.to <= p.At+len(p.Text) && e.from < p.At+len(p.Text)
}

// objection says how strongly a use that does not want an edit of its bytes speaks
// against it.
func (j *judge) objection(v *verdict) (fixer.Applicability, string) {
	switch v.res.Kind {
	case endpoint.Unclear:
		return fixer.Review, "where " + v.res.Reason
	case endpoint.Mapped, endpoint.BaseOnly, endpoint.HalfMigrated:
		if len(v.wants) > 0 || v.stuck != "" {
			return fixer.Manual, "which wants another change"
		}
		return fixer.Safe, ""
	case endpoint.NotOurs:
		switch {
		case v.use.Kind == equation.Route:
			return fixer.Review, "a route of this program"
		case v.use.Kind == equation.Compare || v.use.Kind == equation.Prefix:
			return fixer.Review, "which is compared and not sent"
		}
		return fixer.Manual, "which is not ours: " + v.res.Reason
	}
	return fixer.Manual, "which has no v2 equivalent: " + v.res.Reason
}

func (v *verdict) display() string {
	url := v.res.URL()
	if old, _ := v.res.Endpoints(); old != "" {
		url = old
	}
	if v.solved.Method != "" && !strings.HasPrefix(url, v.solved.Method) {
		url = v.solved.Method + " " + url
	}
	return clip(url)
}

// clip keeps messages readable when a program builds very long URLs.
func clip(url string) string {
	const most = 200
	if len(url) <= most {
		return url
	}
	return strings.ToValidUTF8(url[:most], "") + "..."
}

func (j *judge) where(v *verdict) string {
	return fmt.Sprintf("%s:%d", filepath.Base(v.use.File().Name), v.use.Pos.Line)
}

// shortFile names a file for a reader who looks at another one.
func shortFile(file, from string) string {
	if filepath.Dir(file) == filepath.Dir(from) {
		return filepath.Base(file)
	}
	return filepath.Join(filepath.Base(filepath.Dir(file)), filepath.Base(file))
}

// groups collects the edits that are made together, in the order of the source.
func (j *judge) groups() [][]*edit {
	slices.SortFunc(j.order, func(a, b *edit) int {
		return cmp.Or(strings.Compare(a.lit.File, b.lit.File), cmp.Compare(a.lit.Start, b.lit.Start), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	index := map[*edit]int{}
	var out [][]*edit
	for _, e := range j.order {
		r := e.root()
		i, ok := index[r]
		if !ok {
			i = len(out)
			index[r] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], e)
	}
	return out
}
