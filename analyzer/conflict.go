package analyzer

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A route that moves may come to stand beside one that it does not get along with: a
// ServeMux panics if two of its patterns match the same requests and neither is more
// specific, and the routers that know no such order refuse, or silently lose, one of two
// equal routes.

// A pattern is a route as it is registered before and after the edits.
type pattern struct {
	v        *verdict
	old, new string
	group    *edit // the root of its edits' group, nil if it stays
}

// holdConflicts holds back the groups that make two routes conflict which did not.
func (j *judge) holdConflicts() {
	if !slices.ContainsFunc(j.verdicts, func(v *verdict) bool { return v.use.Use != nil && v.use.Kind == equation.Route && len(v.wants) > 0 }) {
		return
	}
	for _, u := range j.prog.Uses() {
		if u.Kind == equation.Route {
			j.solveUse(u) // also where nothing of the API is in sight
		}
	}
	held := map[*edit]bool{}
	for _, set := range j.patterns() {
		for _, c := range conflicts(set) {
			p, q := c[0], c[1]
			if held[p.group] {
				continue
			}
			held[p.group] = true
			why := fmt.Sprintf("the router would have %q twice, at %s and at %s", p.new, j.where(p.v), j.where(q.v))
			if ofServeMux(p.v) {
				why = fmt.Sprintf("the router would panic, because %q at %s conflicts with %q at %s", p.new, j.where(p.v), q.new, j.where(q.v))
			}
			// It weighs more than any other reason for a review.
			if h := &p.group.held; h.level <= fixer.Review {
				*h = holding{fixer.Review, why}
			}
		}
	}
}

// patterns lists the routes that share a router, as far as they are known. A route whose
// router is not known may be on any of its package.
func (j *judge) patterns() [][]pattern {
	possible := func(e *edit) bool { return e.root().held.level < fixer.Manual }
	known, unknown := map[string][]pattern{}, map[string][]pattern{} // by router, by package
	packages := map[string]map[string]bool{}                         // by router
	seen := map[string]bool{}
	for _, v := range j.verdicts {
		// A route without a router is a mock, and the last one of equal mocks counts.
		if v.use.Use == nil || v.use.Kind != equation.Route || v.use.On == nil && !ofServeMux(v) {
			continue
		}
		p := pattern{v: v, old: v.flat, new: j.rewritten(v.solved.URL, possible)}
		library := v.solved.Method + " "
		if ofServeMux(v) {
			library = ""
			p.old, p.new = rooted(p.old), rooted(p.new)
		}
		p.old, p.new = library+p.old, library+p.new
		if p.old != p.new && len(v.wants) > 0 {
			p.group = v.wants[0].root()
		} else {
			p.new = p.old
		}
		router, pkg := v.solved.Router, v.use.Package()
		key := fmt.Sprintf("%q %s %q %q %q %p", router, pkg, v.solved.Made, p.old, p.new, p.group)
		switch {
		case strings.IndexByte(p.old, strval.Hole) >= 0 || seen[key]:
		case router == "":
			unknown[pkg] = append(unknown[pkg], p)
		default:
			if packages[router] == nil {
				packages[router] = map[string]bool{}
			}
			packages[router][pkg] = true
			known[router] = append(known[router], p)
		}
		seen[key] = true
	}
	var out [][]pattern
	for _, router := range slices.Sorted(maps.Keys(known)) {
		set := known[router]
		for _, pkg := range slices.Sorted(maps.Keys(packages[router])) {
			set = append(set, unknown[pkg]...)
		}
		out = append(out, set)
	}
	for _, pkg := range slices.Sorted(maps.Keys(unknown)) {
		out = append(out, unknown[pkg])
	}
	return out
}

// rooted is a pattern without the unknown prefix under which a mux that is not known is
// mounted: it is the same for all patterns.
func rooted(pattern string) string {
	return strings.Replace(pattern, string(strval.Hole)+"/", "/", 1)
}

func ofServeMux(v *verdict) bool {
	return strings.HasPrefix(v.use.Sink, "http.Handle") || strings.HasPrefix(v.use.Sink, "(*http.ServeMux).")
}

// conflicts lists the routes of a router that move, each with one that it conflicts with
// as that is afterwards, or as it was if their groups are not made together.
func conflicts(set []pattern) [][2]pattern {
	// What a router takes after all the others needs no further look.
	after, before := newRegistry(), newRegistry()
	for _, p := range set {
		before.add(p.v, p.old)
		if p.group == nil {
			after.add(p.v, p.new)
		}
	}
	var out [][2]pattern
	for _, p := range set {
		if p.group == nil {
			continue
		}
		// The route itself may have been in the way of its new form.
		first, second := after.add(p.v, p.new), before.add(p.v, p.new)
		if first && second {
			continue
		}
		for _, q := range set {
			if q.v == p.v || !together(p.v, q.v) || clash(p.v, p.old, q.old) {
				continue
			}
			if !clash(p.v, p.new, q.new) {
				if q.group == p.group || !clash(p.v, p.new, q.old) {
					continue
				}
				q.new = q.old
			}
			out = append(out, [2]pattern{p, q})
			if q.group != nil && q.new != q.old {
				out = append(out, [2]pattern{q, p})
			}
		}
	}
	return out
}

// together reports whether two routes are registered with one router. The tests of a
// package do not share one if nothing says so.
func together(a, b *verdict) bool {
	if ofServeMux(a) != ofServeMux(b) {
		return false
	}
	if a.solved.Router == "" || b.solved.Router == "" {
		return !a.use.File().Test && !b.use.File().Test || a.use.Func() == b.use.Func()
	}
	n := min(len(a.solved.Made), len(b.solved.Made))
	return slices.Equal(a.solved.Made[:n], b.solved.Made[:n])
}

// clash reports whether a router refuses one of two patterns because of the other.
func clash(v *verdict, a, b string) bool {
	r := newRegistry()
	return r.add(v, a) && !r.add(v, b)
}

// A registry takes patterns as routers do.
type registry struct {
	mux   *http.ServeMux
	equal map[string]bool // of routers that only refuse equal patterns
}

func newRegistry() *registry { return &registry{http.NewServeMux(), map[string]bool{}} }

// add reports whether a pattern can be registered beside those that are.
func (r *registry) add(v *verdict, pattern string) (ok bool) {
	if !ofServeMux(v) {
		ok = !r.equal[pattern]
		r.equal[pattern] = true
		return ok
	}
	defer func() { ok = recover() == nil }()
	r.mux.Handle(pattern, http.NotFoundHandler())
	return true
}
