package endpoint

import "strings"

// Match says what url is when a client sends it. method is the HTTP method, in any case, or "" if it is not known.
// url is a URL template (see the package comment): absolute, without scheme, or a path with or without a leading
// slash. The offsets of the edits are bytes of url.
func (t *Table) Match(method, url string) Result {
	return t.match(method, url, false)
}

// MatchRelative says what path is when it is appended to a base that is known to be a v1 base which ends after the
// prefix, as in "/locations". The edits refer to path and never hold the version: the base is edited where it is
// written.
func (t *Table) MatchRelative(method, path string) Result {
	q := query{t: t, s: path, method: normalMethod(method), relative: true, res: Result{text: path}}
	if len(path) > maxText {
		return q.done(NotOurs, tooLong)
	}
	if schemeEnd(path) >= 0 || strings.HasPrefix(path, "//") && t.locate(path).host != HostAbsent {
		return q.done(NotOurs, "it is a whole URL and not a path below a base")
	}
	q.segs = trimSlash(appendSegments(make([]segment, 0, usualDepth), path, 0, until(path, 0, "?#")))
	return q.answer(location{})
}

// usualDepth is how many path segments are split with one allocation: more than any row and base have together.
const usualDepth = 8

// maxText is the length of the longest text that is taken for one URL. Servers refuse much shorter ones.
const maxText = 1 << 14

const (
	tooLong        = "it is longer than any URL"
	noPrefix       = "its path is not below a base of the API"
	unknownPrefix  = "the path prefix is a run-time value"
	unknownVersion = "the version segment is a run-time value"
	unknownTail    = "what follows the version is a run-time value"
	unknownPath    = "the path segment that picks the endpoint is a run-time value"
	encodedSlash   = "it holds percent-encoded slashes, which separate no segments"
	unclean        = "its path has empty or dot segments, which clients and servers read in different ways"
	notOneURL      = "it holds a space, quote, backslash or control character and so is not one URL"
	alreadyNew     = "it already uses v2"
	gluedHole      = "a run-time value is glued to its end, which may be a query, more path or nothing"
	headFollows    = "the table lists GET and not HEAD for this path"
	methodDecides  = "the method is not known and decides about the v2 path"
)

// A query is one question to the table.
type query struct {
	t        *Table
	s        string
	method   string    // upper case; "" for unknown
	relative bool      // s continues a v1 base
	route    bool      // s is a route pattern
	subtree  bool      // the route covers everything below segs
	segs     []segment // the path; later only what follows the prefix
	res      Result
}

func (t *Table) match(method, s string, route bool) Result {
	q := query{t: t, s: s, method: normalMethod(method), route: route, res: Result{text: s}}
	if len(s) > maxText {
		return q.done(NotOurs, tooLong)
	}
	l := t.locate(s)
	q.res.Host = l.host
	if l.foreign != "" {
		return q.done(NotOurs, l.foreign)
	}
	q.res.Doubt = l.doubt
	path := s[l.path:]
	if path == "" || path[0] == '?' || path[0] == '#' {
		if l.openPath {
			return q.done(Unclear, unknownPrefix)
		}
		return q.done(NotOurs, noPath)
	}
	segs := appendSegments(make([]segment, 0, usualDepth), s, l.path, until(s, l.path, "?#"))
	if route {
		segs = q.wildcard(segs)
	}
	q.segs = trimSlash(segs)
	return q.answer(l)
}

// trimSlash drops the empty segment of a trailing slash.
func trimSlash(segs []segment) []segment {
	if n := len(segs); n > 0 && segs[n-1].start == segs[n-1].end {
		return segs[:n-1]
	}
	return segs
}

// answer decides about the path that follows l. Whatever of ours a path with empty or dot segments is, it is only
// reported: the edits of the clean path need not be right for this one.
func (q *query) answer(l location) Result {
	dirty := q.clean()
	if q.relative {
		q.below(false, false)
	} else {
		q.prefix(l)
	}
	if dirty && q.res.Kind != NotOurs && q.res.Kind != Current {
		q.set(Unclear, unclean)
	}
	return q.finish()
}

// clean removes empty and dot segments and reports whether there were any.
func (q *query) clean() bool {
	dirty := false
	for _, g := range q.segs {
		dirty = dirty || g.start == g.end || g.dots(q.s)
	}
	if !dirty {
		return false
	}
	var clean []segment
	for _, g := range q.segs {
		switch {
		case g.start == g.end || g.equal(q.s, "."):
		case g.equal(q.s, ".."):
			clean = clean[:max(len(clean)-1, 0)]
		default:
			clean = append(clean, g)
		}
	}
	q.segs = clean
	return true
}

// done ends the query with a kind that needs no edits.
func (q *query) done(k Kind, reason string) Result {
	q.set(k, reason)
	return q.finish()
}

func (q *query) set(k Kind, reason string) { q.res.Kind, q.res.Reason = k, reason }

// finish checks what holds for every result.
func (q *query) finish() Result {
	r := &q.res
	switch r.Kind {
	case Mapped, BaseOnly, HalfMigrated, NoEquivalent, V2Only:
		if oddText(q.s) {
			r.Kind, r.Reason = Unclear, notOneURL
		}
	}
	switch r.Kind {
	case Mapped, BaseOnly, HalfMigrated:
	default:
		r.Edits, r.Doubt, r.Note = nil, "", ""
	}
	return q.res
}

// oddText reports whether s holds bytes that no URL holds: it is then a sentence, a list or a dump.
func oddText(s string) bool {
	query := false
	for i := 0; i < len(s); {
		if n := placeholder(s, i); n > 0 {
			i += n
			continue
		}
		switch c := s[i]; {
		case c == '?' || c == '#':
			query = true
		case c <= ' ' || c == 0x7f:
			return true
		case !query && (c == '"' || c == '\'' || c == '`' || c == '\\' || c == '<' || c == '>'):
			return true
		}
		i++
	}
	return false
}
