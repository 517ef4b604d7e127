package analyzer

import (
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
)

// Servers move with the clients that call them. A test server is known by the place
// that starts it, its address is a hole that carries this place, and the routers
// behind it are known by the places that make them.

// followServers moves the routes of test servers whose base carries no version, and
// decides about routes that spell the version themselves.
func (j *judge) followServers() {
	servers := map[string]solve.Server{}
	for _, s := range j.prog.Servers() {
		servers[s.ID] = s
	}
	// Which edits the requests to a server's relative paths make, by router and rule. A
	// server whose routers are not known answers with the routes of its file.
	moved := map[string]map[string]*edit{}
	called := map[string][]*verdict{} // by router or package: the migrated requests that reach it
	for _, v := range j.verdicts {
		if v.use.Kind != equation.Request || len(v.solved.URL) == 0 {
			continue
		}
		var to []string
		if gap := v.solved.URL[0].Gap; gap != nil {
			for _, id := range gap.Server {
				s := servers[id]
				to = append(to, s.Routers...)
				for _, pkg := range s.Packages {
					to = append(to, "package:"+pkg)
				}
			}
		}
		if len(v.wants) > 0 {
			for _, r := range append(to, "package:"+v.use.Package()) {
				called[r] = append(called[r], v)
			}
		}
		if !v.neutral || len(to) == 0 {
			continue
		}
		// The base is the server, the rest is relative to a base that carries the
		// version in production. It moves if a request in production moves its literals.
		rest := v.solved.URL[1:]
		res := j.table.MatchRelative(v.solved.Method, rest.Flat())
		if res.Kind != endpoint.Mapped || len(res.Edits) == 0 {
			continue
		}
		var by *edit
		for _, e := range res.Edits {
			places, ok := rest.Locate(e.Start, e.End)
			if !ok {
				continue
			}
			for _, at := range places {
				if have := j.edits[editKey{at.Lit, at.From, at.To}]; have != nil {
					by = have
				}
			}
		}
		if by == nil {
			continue
		}
		for _, r := range to {
			if moved[r] == nil {
				moved[r] = map[string]*edit{}
			}
			moved[r][res.Rule.ID] = by
		}
	}
	// A mock that belongs to no router answers whatever the package sends.
	sends := map[string]*edit{}
	for _, v := range j.verdicts {
		if v.use.Kind == equation.Request && len(v.wants) > 0 {
			sends[strings.TrimSuffix(v.use.Package(), "_test")] = v.wants[0]
		}
	}
	direct := j.verdicts
	for _, u := range j.prog.Uses() {
		// One comparison may serve tests that spell the version and tests that do not.
		if len(moved) > 0 && u.Kind != equation.Request && u.Pathlike() && (u.Guess || !u.Touched()) {
			j.followRoute(u, moved)
		}
	}
	for _, v := range direct {
		if v.use.Kind == equation.Request || len(v.wants) == 0 {
			continue
		}
		requests := called[v.solved.Router]
		known := len(requests) > 0
		if !known && (v.solved.Router == "" || testRouter(v.solved.Router)) {
			// It is not known which router that is, or who calls the one of a test: migrated
			// requests are sent to a server of this package.
			requests = called["package:"+v.use.Package()]
		}
		// The route answers the requests of its endpoint, and a prefix answers all of its router's.
		var by *edit
		for _, o := range requests {
			if o.res.Rule == v.res.Rule || known && v.res.Rule == nil {
				unite(o.wants[0], v.wants[0])
				by = v.wants[0]
			}
		}
		if by == nil && len(requests) > 0 {
			by = requests[0].wants[0]
		}
		if by == nil && v.use.Kind == equation.Route && v.use.On == nil && !strings.HasPrefix(v.use.Sink, "http.") {
			by = sends[strings.TrimSuffix(v.use.Package(), "_test")]
		}
		switch {
		case v.res.Host == endpoint.HostOurs:
			// It names the API itself: a mock of it.
		case by != nil:
			unite(by, v.wants[0])
		case slices.ContainsFunc(v.wants, (*edit).sent) && (v.use.Kind != equation.Route || v.use.File().Test):
			// A request is built from the same literal.
		default:
			v.wants[0].hold(fixer.Review, "no migrated request in sight reaches this server, which may be your own API with the same paths")
		}
	}
}

// testRouter reports whether a router is made in a test file.
func testRouter(id string) bool {
	file, _, _ := strings.Cut(id, "_test.go:")
	return file != id
}

// followRoute moves a route without a version that answers a request that moved.
func (j *judge) followRoute(u solve.Use, moved map[string]map[string]*edit) {
	u.Solve(func(s solve.Solved) {
		if s.Router == "" || s.Incoming {
			s.Router = "package:" + u.Package()
		}
		by := moved[s.Router]
		if by == nil {
			return
		}
		flat := s.URL.Flat()
		method, at := s.Method, 0
		if m, n := routeMethod(flat); n > 0 {
			method, at = m, n
		}
		res := j.table.MatchRelative(method, flat[at:])
		if res.Kind != endpoint.Mapped || res.Rule == nil || len(res.Edits) == 0 {
			return
		}
		e := by[res.Rule.ID]
		if e == nil {
			return
		}
		edits := slices.Clone(res.Edits)
		for i := range edits {
			edits[i].Start += at
			edits[i].End += at
		}
		v := &verdict{use: u, solved: s, flat: flat, res: res}
		j.done[u.ID()] = true
		j.propose(v, s.URL, edits)
		if len(v.wants) > 0 {
			unite(e, v.wants[0])
		}
		j.verdicts = append(j.verdicts, v)
	})
}

// routeMethod splits the method off a pattern of http.ServeMux and returns it with the
// offset at which the path starts.
func routeMethod(pattern string) (method string, at int) {
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case 'A' <= c && c <= 'Z':
			continue
		case i > 0 && (c == ' ' || c == '\t'):
			at = i
			for at < len(pattern) && (pattern[at] == ' ' || pattern[at] == '\t') {
				at++
			}
			return pattern[:i], at
		}
		break
	}
	return "", 0
}
