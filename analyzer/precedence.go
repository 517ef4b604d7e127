package analyzer

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A server that answers with the first row that fits, such as a list of regular expressions or
// a chain of tests, may answer a request of its new path with another row than before: one that
// is asked earlier and takes any word where the new path has a fixed one.

// An order is how a kind of server chooses among rows that fit the same request.
type order uint8

const (
	firstRow     order = iota // the one that is asked first
	mostSpecific              // the one that fits the fewest requests, whatever the order
)

// orders are the kinds of servers that do not ask their rows in order, by what their sinks begin
// with. All others do, or nothing is known about them.
var orders = []struct {
	sink  string
	order order
}{
	{"http.Handle", mostSpecific},
	{"(*http.ServeMux).", mostSpecific},
	{"(*chi.", mostSpecific},
	{"(chi.", mostSpecific},
	{"(*gin.", mostSpecific},
	{"(gin.", mostSpecific},
	{"(*echo.", mostSpecific},
	{"(echo.", mostSpecific},
	{"(*httprouter.", mostSpecific},
}

func orderOf(sink string) order {
	for _, o := range orders {
		if strings.HasPrefix(sink, o.sink) {
			return o.order
		}
	}
	return firstRow
}

// A row is what a server asks of a request.
type row struct {
	v        *verdict
	old, new string // its text before and after the changes
	file     string // where the row is spelled, which is the order of a list
	at, line int
}

// String is the row as it will be, with its place.
func (r row) String() string {
	return fmt.Sprintf("%q at %s:%d", strings.ReplaceAll(r.new, string(strval.Hole), "{}"), filepath.Base(r.file), r.line)
}

// holdPrecedence holds the groups back after which a request would meet another row.
func (j *judge) holdPrecedence() {
	moves := map[string][]*edit{} // by the path of a row of the table: the groups that move its requests
	for _, v := range j.verdicts {
		if r := v.res.Rule; v.use.Use != nil && r != nil && r.Old != r.New && len(v.wants) > 0 {
			moves[r.Old] = append(moves[r.Old], v.wants[0])
		}
	}
	if len(moves) == 0 {
		return
	}
	for _, rows := range j.rowsByServer() {
		for _, rule := range j.table.Rules() {
			if len(moves[rule.Old]) == 0 || rule.Old == "" {
				continue
			}
			right, wrong, ok := j.overtaken(rows, rule)
			if !ok {
				continue
			}
			why := fmt.Sprintf("after the change %s would answer what %s answers, because it is asked first", wrong, right)
			for _, e := range slices.Concat(moves[rule.Old], right.v.wants, wrong.v.wants) {
				evidence{fixer.Review, e, why}.raise()
			}
		}
	}
}

// overtaken looks for a row of a server that answers the requests of a rule, and for one before
// it that would answer them afterwards and does not yet.
func (j *judge) overtaken(rows []row, rule *endpoint.Rule) (right, wrong row, ok bool) {
	for _, b := range j.table.Bases() {
		for _, base := range [][2]string{{b.Old, b.New}, {}} {
			old, new := asked{rule.Method, base[0] + "/" + sample(rule.Old)}, asked{rule.Method, base[1] + "/" + sample(rule.New)}
			for _, w := range rows {
				if !w.fits(w.old, old) || !w.fits(w.new, new) {
					continue
				}
				for _, q := range rows {
					if q.v != w.v && !q.fits(q.old, old) && q.fits(q.new, new) && together(q.v, w.v) && !w.first(q) {
						return w, q, true
					}
				}
			}
		}
	}
	return row{}, row{}, false
}

// An asked is what a server may be asked for.
type asked struct{ method, path string }

// sample is a path without parameters.
func sample(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			segments[i] = "x1"
		}
	}
	return strings.Join(segments, "/")
}

// first reports whether a row is sure to answer what another one would answer as well.
func (r row) first(other row) bool {
	if orderOf(r.v.use.Sink) == mostSpecific && orderOf(other.v.use.Sink) == mostSpecific {
		return !parametric(r.new) || parametric(other.new)
	}
	if r.file != other.file {
		return false
	}
	return cmp.Or(cmp.Compare(r.v.use.Pos.Offset, other.v.use.Pos.Offset), cmp.Compare(r.at, other.at)) < 0
}

func parametric(pattern string) bool { return strings.ContainsAny(pattern, ":{*"+string(strval.Hole)) }

// fits reports whether a row with some text takes a request.
func (r row) fits(text string, q asked) bool {
	if m, at := routeMethod(text); at > 0 {
		if m != q.method {
			return false
		}
		text = text[at:]
	} else if m := r.v.solved.Method; m != "" && m != q.method {
		return false
	}
	text = pathOf(text)
	switch {
	case r.v.use.Kind == equation.Prefix && strings.HasSuffix(text, "/"):
		return strings.HasPrefix(q.path, text)
	case r.v.use.Kind == equation.Prefix:
		return q.path == text || strings.HasPrefix(q.path, text+"/")
	}
	pattern, path := strings.Split(text, "/"), strings.Split(q.path, "/")
	if n := len(pattern); r.isRegexp() && len(path) > n && pattern[n-1] == string(strval.Hole) && slices.Equal(pattern[:n-1], path[:n-1]) {
		return true // a group may take several segments
	}
	if r.unanchored() && len(path) > len(pattern) {
		path = path[len(path)-len(pattern):]
		path[0] = "" // the text before the pattern's first slash
	}
	for i, segment := range pattern {
		switch {
		case segment == "*" || strings.HasPrefix(segment, "*") || strings.Contains(segment, "...}"):
			return true
		case i >= len(path):
			return false
		case !wildcardFits(segment, path[i]):
			return false
		}
	}
	return len(pattern) == len(path)
}

// unanchored reports whether a row may be about the end of a path: an expression, or the URL of a
// mock, which some libraries take for one.
func (r row) unanchored() bool {
	return r.isRegexp() || r.v.use.Kind == equation.Route && r.v.use.On == nil && !ofServeMux(r.v)
}

func (r row) isRegexp() bool { return strings.HasPrefix(r.v.use.Sink, "(*regexp.Regexp).") }

// wildcardFits reports whether a segment of a pattern takes a segment of a path.
func wildcardFits(pattern, segment string) bool {
	switch {
	case strings.HasPrefix(pattern, "{") && strings.HasSuffix(pattern, "}"):
		_, re, ok := strings.Cut(pattern[1:len(pattern)-1], ":")
		if !ok {
			return true
		}
		m, err := regexp.MatchString("^(?:"+strings.ReplaceAll(re, string(strval.Hole), ".+")+")$", segment)
		return err != nil || m
	case strings.HasPrefix(pattern, ":"):
		kind := pattern[strings.IndexByte(pattern, '<')+1:]
		return kind == pattern || !slices.Contains([]string{"int>", "bool>", "float>", "guid>"}, kind)
	}
	before, behind, hole := strings.Cut(strings.ReplaceAll(pattern, "*", string(strval.Hole)), string(strval.Hole))
	if !hole {
		return pattern == segment
	}
	return strings.HasPrefix(segment, before) && len(segment) > len(before) && (behind == "" || strings.HasSuffix(segment, behind) || strings.IndexByte(behind, strval.Hole) >= 0)
}

// rowsByServer lists the rows of each server: those of a router, or those that a function spells
// or asks.
func (j *judge) rowsByServer() [][]row {
	possible := func(e *edit) bool { return e.root().held.level < fixer.Manual }
	sets := map[string][]row{}
	var order []string
	add := func(v *verdict) {
		router := v.solved.Router
		if router == "" {
			router = "func:" + v.use.Func()
		}
		r := row{v: v, old: v.solved.URL.Flat(), new: j.rewritten(v.solved.URL, possible), file: v.use.File().Name, line: v.use.Pos.Line}
		for _, p := range v.solved.URL {
			if p.Lit != nil {
				r.file, r.at, r.line = p.Lit.File, p.Lit.Start, p.Lit.Line
			}
		}
		if sets[router] == nil {
			order = append(order, router)
		}
		sets[router] = append(sets[router], r)
	}
	for _, v := range j.verdicts {
		if v.use.Use != nil && v.use.Kind != equation.Request && v.use.Kind != equation.Scope && v.use.Kind != equation.Mount {
			add(v)
		}
	}
	for _, u := range j.prog.Uses() {
		if u.Kind == equation.Route && !j.done[u.ID()] {
			u.Solve(func(s solve.Solved) { add(&verdict{use: u, solved: s}) })
		}
	}
	out := make([][]row, len(order))
	for i, name := range order {
		out[i] = sets[name]
	}
	return out
}
