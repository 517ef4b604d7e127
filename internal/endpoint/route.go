package endpoint

import "strings"

// MatchRoute says what pattern is when a server registers it. pattern is a path or host and path in the syntax of
// the common routers, after a method if there is one, as in "GET /customer/v1/licenses/{id}"; that method wins over
// method. The offsets of the edits are bytes of pattern.
//
// A pattern that ends in a slash, *, *name, +, {name...} or {name:.*} covers a subtree. It is Mapped if the change
// of the pattern itself is the same for every endpoint below it; Result.Rule is set only if that is one row. A
// pattern that ends right after the prefix without a slash is BaseOnly.
func (t *Table) MatchRoute(method, pattern string) Result {
	rest := pattern
	if name, after, ok := strings.Cut(pattern, " "); ok && isMethod(name) {
		method, rest = name, strings.TrimLeft(after, " \t")
	} else if name, after, ok := strings.Cut(pattern, "\t"); ok && isMethod(name) {
		method, rest = name, strings.TrimLeft(after, " \t")
	}
	r := t.match(method, rest, true)
	r.shift(len(pattern) - len(rest))
	return r
}

// wildcard takes the end off a pattern that covers a subtree.
func (q *query) wildcard(segs []segment) []segment {
	last := segs[len(segs)-1]
	text := last.text(q.s)
	switch {
	case text == "{$}":
		// The exact path with its slash, which the table does not tell from the path without it.
		return segs[:len(segs)-1]
	case text == "", text == "+", text[0] == '*', last.whole && (strings.HasSuffix(text, "...}") || strings.HasSuffix(text, ":.*}") || strings.HasSuffix(text, ":.+}")):
		q.subtree = true
		return segs[:len(segs)-1]
	}
	return segs
}

// belowSubtree decides about a pattern that covers everything below a v1 path.
func (q *query) belowSubtree() {
	var first *Rule
	how := fitYes
	var effect change
	var several, differ, inside, maybe, derived bool
	for _, r := range q.t.rules {
		f := q.within(r.old)
		ok, der := q.methodFits(r.Method)
		if f == fitNo || !ok {
			continue
		}
		if f == fitMaybe {
			maybe = true
			continue
		}
		c := r.change.clip(len(q.segs))
		inside = inside || c != r.change
		if first == nil {
			first, how, effect, derived = r, f, c, der
			continue
		}
		several = true
		differ = differ || c != effect
	}
	switch {
	case first == nil && maybe:
		q.set(Unclear, unknownPath)
		return
	case first == nil:
		if !q.onlyNewBelow() {
			q.notMapped()
		}
		return
	case differ || effect.from < 0:
		q.set(Unclear, "the endpoints below this pattern move to different places")
		return
	}
	q.set(Mapped, "")
	q.edit(effect)
	switch {
	case how == fitGlued:
		q.res.Doubt = gluedHole
	case derived && !several && q.res.Doubt == "":
		q.res.Doubt = headFollows
	}
	if inside {
		q.res.Note = "some endpoints below this pattern change their tail as well"
	}
	for _, r := range q.t.rules {
		if q.within(r.old) == fitNo && effect == (change{}) && q.within(r.new) == fitYes {
			q.res.Note = "in v2 " + r.Method + " " + r.New + ", which was " + r.Old + ", lies below this pattern as well"
			break
		}
	}
	if !several {
		q.res.Rule, q.res.method = first, q.method
		if q.method == "" {
			q.res.method = first.Method
		}
		q.routeRemarks(first)
	}
}

// routeRemarks adds what a server should know that registers a route for r.
func (q *query) routeRemarks(r *Rule) {
	if q.res.Note == "" {
		q.res.Note = r.routeNote
	}
	if r.merges && q.res.Doubt == "" {
		q.res.Doubt = "another endpoint has the same v2 path, and most routers refuse to register a route twice"
	}
}

// onlyNewBelow answers for a subtree that holds only endpoints that v1 never had, and reports whether it is one.
func (q *query) onlyNewBelow() bool {
	var only *Rule
	several := false
	for _, r := range q.t.added {
		if q.within(r.new) == fitYes {
			several = only != nil
			only = r
		}
	}
	if only == nil {
		return false
	}
	q.onlyNew(only, several)
	if several {
		q.res.Rule = nil
		q.res.Reason = "the endpoints below this pattern exist only in v2"
	}
	return true
}
