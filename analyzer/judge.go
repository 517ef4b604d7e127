package analyzer

import (
	"cmp"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Result solves the program and judges what comes out.
func (p *Program) Result() (r *Result) {
	p.isolate(func(p *Program) { r = p.resultAbout(nil) })
	return r
}

// resultAbout is the same if anything of what comes out has to do with a package, which may be
// nil, and else nothing: that takes a part of the time.
func (p *Program) resultAbout(own *equation.Package) *Result {
	j := &judge{
		table:     p.table,
		prog:      p.link(),
		pkgs:      p.pkgs,
		edits:     map[editKey]*edit{},
		byLit:     map[*strval.Literal][]*edit{},
		judged:    map[*strval.Literal]bool{},
		current:   map[*strval.Literal]bool{},
		files:     map[string]equation.File{},
		done:      map[int]bool{},
		foreign:   map[*strval.Literal]bool{},
		failed:    map[int]error{},
		importers: p.opts.Readers,
		hook:      p.opts.Hook,
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
	j.reportLost()
	j.documentation(p.texts)
	j.solveOthers(false)
	j.anchor()
	if own != nil && !j.concerns(own) {
		return &Result{}
	}
	j.chooseForms()
	j.hold()
	j.holdUncovered()
	j.holdFixtures()
	j.holdPrecedence()
	j.holdBehind()
	j.split()
	j.holdConflicts()
	j.verify()
	return j.result(p.opts)
}

// concerns reports whether a finding may be in a package, or show it on its way.
func (j *judge) concerns(pkg *equation.Package) bool {
	own := map[string]bool{}
	for _, f := range pkg.Files {
		own[f.Name] = true
	}
	return len(pkg.Ignores) > 0 || slices.ContainsFunc(j.verdicts, func(v *verdict) bool {
		return slices.ContainsFunc(v.places(), func(p token.Position) bool { return own[p.Filename] })
	})
}

// A judge turns solved uses into changes, and decides how far each can be trusted.
type judge struct {
	table     *endpoint.Table
	prog      *solve.Program
	pkgs      []*equation.Package
	verdicts  []*verdict
	edits     map[editKey]*edit
	order     []*edit
	byLit     map[*strval.Literal][]*edit
	judged    map[*strval.Literal]bool // literals that are part of a use that was recognised
	current   map[*strval.Literal]bool // literals that are part of a use that is v2 already
	files     map[string]equation.File
	foreign   map[*strval.Literal]bool                 // literals that are sent to another host
	done      map[int]bool                             // uses that are solved, by ID
	twins     map[[2]string]bool                       // v2 routes by router and path
	unseen    []solve.Use                              // uses whose search met a bound, or failed
	failed    map[int]error                            // of these, by ID: by what mistake
	faults    []Unsolved                               // other mistakes
	importers func(files []string) map[string][]string // Options.Readers
	hook      fault.Hook
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
	inner  bool           // that URL stands inside another one, whose meaning does not depend on it
	also   string         // a different text that another use wants here
	split  bool           // the literal becomes several elements of the list that it is in

	parent *edit // union-find: edits that are made together
	held   holding
	// against lists the uses for which the text must stay as it is, and apart is how far the
	// edits are held for all other reasons.
	against []*verdict
	apart   holding
	fork    *fork // how the edits are made in spite of such uses, if they are
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

func (e *edit) safe() bool { return e.root().held.level == fixer.Safe }

// splice is the change of the source that the edit is.
func (e *edit) splice() (strval.Edit, error) {
	if e.split {
		return e.lit.SpliceElements(e.from, e.to, e.text, '/')
	}
	return e.lit.Splice(e.from, e.to, e.text)
}

func unite(a, b *edit) {
	a, b = a.root(), b.root()
	if a != b {
		b.parent = a
		a.held.raise(b.held.level, b.held.reason)
		a.apart.raise(b.apart.level, b.apart.reason)
	}
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
	j.attemptUse(u, func() { j.judgeUse(u) })
}

// judgeUse asks the table what each outcome of a use is.
func (j *judge) judgeUse(u solve.Use) {
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
	if (!complete || cut) && !u.Guess {
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
		case endpoint.NotOurs:
			continue
		case endpoint.Current:
			for _, part := range v.solved.URL {
				if part.Lit != nil {
					j.current[part.Lit] = true
				}
			}
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
				j.add(have)
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

func (j *judge) add(e *edit) {
	j.edits[e.editKey] = e
	j.order = append(j.order, e)
	j.byLit[e.lit] = append(j.byLit[e.lit], e)
}

func (j *judge) remove(e *edit) {
	is := func(o *edit) bool { return o == e }
	delete(j.edits, e.editKey)
	j.order = slices.DeleteFunc(j.order, is)
	j.byLit[e.lit] = slices.DeleteFunc(j.byLit[e.lit], is)
}

// within reports whether a part of a template holds the bytes of the edit.
func (e *edit) within(p strval.Part) bool {
	return p.Lit == e.lit && e.from >= p.At && e.to <= p.At+len(p.Text) && e.from < p.At+len(p.Text)
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
