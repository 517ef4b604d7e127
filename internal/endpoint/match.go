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
	otherVersion   = "its version is neither v1 nor v2 of the API"
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

func normalMethod(m string) string {
	if strings.IndexByte(m, Hole) >= 0 {
		return ""
	}
	for i := range len(m) {
		if 'a' <= m[i] && m[i] <= 'z' {
			return strings.ToUpper(m)
		}
	}
	return m
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

// prefix looks for a base and then asks what is below it.
func (q *query) prefix(l location) {
	ours := l.host == HostOurs
	q.set(NotOurs, noPrefix)
	for _, b := range q.t.bases {
		if ours && !strings.EqualFold(b.Host, l.name) || !ours && b.Undocumented {
			continue
		}
		switch q.version(b) {
		case versionOld, versionNew:
			old := q.version(b) == versionOld
			q.res.Prefix, q.res.Base = true, b
			if b.Undocumented {
				if old {
					q.set(NoEquivalent, "the migration guide does not know the short form "+b.Old)
				} else {
					q.set(Current, alreadyNew)
				}
				return
			}
			version := q.segs[b.version]
			q.segs = q.segs[len(b.oldSegs):]
			if old {
				q.res.Edits = append(make([]Edit, 0, 2), editSegment(q.s, version, b.oldSegs[b.version], b.newSegs[b.version]))
			}
			q.below(true, !old)
			return
		}
	}
	if ours {
		q.oursElsewhere(l)
		return
	}
	for _, b := range q.t.bases {
		if b.Undocumented {
			continue
		}
		n := len(b.oldSegs)
		switch q.version(b) {
		case versionOpen:
			// Nothing but a hole glued to the version follows, so the prefix itself is there.
			q.res.Base = b
			q.set(Unclear, unknownTail)
			return
		case versionHole:
			if rest := q.segs[n:]; q.known(rest) {
				q.res.Base = b
				q.set(Unclear, unknownVersion)
				return
			}
		}
	}
}

// known reports whether rest is a path of the table, v1 or v2, whatever the method.
func (q *query) known(rest []segment) bool {
	for _, r := range q.t.rules {
		if fits(r.old, q.s, rest) == fitYes || fits(r.new, q.s, rest) == fitYes {
			return true
		}
	}
	return false
}

// oursElsewhere decides about a path on one of our hosts that is not below a base of that host.
func (q *query) oursElsewhere(l location) {
	for _, b := range q.t.bases {
		mine := strings.EqualFold(b.Host, l.name)
		switch v := q.version(b); {
		case !mine && v == versionOld && !b.Undocumented:
			q.set(Unclear, "this host serves the API below another path than "+b.Old)
			return
		case !mine || b.Undocumented:
		case v == versionOpen:
			q.res.Base = b
			q.set(Unclear, unknownTail)
			return
		case v == versionHole && (len(q.segs) == len(b.oldSegs) || q.known(q.segs[len(b.oldSegs):])):
			q.res.Base = b
			q.set(Unclear, unknownVersion)
			return
		case v != versionHole && q.prefixHole(b):
			q.res.Base = b
			q.set(Unclear, unknownPrefix)
			return
		}
	}
	if len(q.segs) == 0 {
		return
	}
	path := q.s[q.segs[0].start:q.segs[len(q.segs)-1].end]
	if plain := decodeSlashes(path); plain != path {
		inner := query{t: q.t, s: plain, segs: appendSegments(nil, plain, 0, len(plain))}
		for _, b := range q.t.bases {
			if strings.EqualFold(b.Host, l.name) && !b.Undocumented && inner.version(b) == versionOld {
				q.res.Base = b
				q.set(Unclear, encodedSlash)
				return
			}
		}
	}
	q.set(NotOurs, noPrefix)
}

func decodeSlashes(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "%2F", "/"), "%2f", "/")
}

type version uint8

const (
	versionNone version = iota
	versionOld          // the old prefix, in full
	versionNew          // the new prefix, in full
	versionHole         // every segment but the version, which may be the old one at run time
	versionOpen         // the path ends with the old version and a hole that is glued to it
)

// version compares the start of the path with the prefixes of b.
func (q *query) version(b *Base) version {
	if len(q.segs) < len(b.oldSegs) {
		return versionNone
	}
	for i, lit := range b.oldSegs {
		if i != b.version && !q.segs[i].equal(q.s, lit) {
			return versionNone
		}
	}
	g := q.segs[b.version]
	switch old := b.oldSegs[b.version]; {
	case g.equal(q.s, old):
		return versionOld
	case g.equal(q.s, b.newSegs[b.version]):
		return versionNew
	case b.version == len(q.segs)-1 && g.glued(q.s, old):
		return versionOpen
	case g.could(q.s, old):
		return versionHole
	}
	return versionNone
}

// prefixHole reports whether holes of the path can hide the old prefix of b.
func (q *query) prefixHole(b *Base) bool {
	for i, lit := range b.oldSegs {
		if i == len(q.segs) {
			// A hole at the end may hold the rest of the prefix.
			return i > 0 && q.segs[i-1].glue < q.segs[i-1].end
		}
		g := q.segs[i]
		if i == 0 && b.Shared && !g.equal(q.s, lit) {
			return false
		}
		if !g.could(q.s, lit) && !(i == len(q.segs)-1 && g.hole && g.glued(q.s, lit)) {
			return false
		}
	}
	return len(q.segs) > 0
}

// methodFits reports whether a row for the method row answers the method of the query, and if only by derivation.
func (q *query) methodFits(row string) (ok, derived bool) {
	switch {
	case q.method == "" || q.method == row || row == "ANY":
		return true, false
	case q.method == "HEAD" && row == "GET":
		return true, true
	}
	return false, false
}

// below decides about the path below a base. hasBase says that q.res.Edits holds the edit of the version; isNew
// that the base is a v2 one.
func (q *query) below(hasBase, isNew bool) {
	switch {
	case isNew:
		q.belowNew()
	case len(q.segs) == 0 && q.subtree && hasBase:
		q.set(Mapped, "")
	case len(q.segs) == 0:
		q.set(BaseOnly, "")
	case q.subtree:
		q.belowSubtree()
	default:
		q.belowOld()
	}
}

// belowOld decides about the path of one v1 endpoint.
func (q *query) belowOld() {
	if len(q.segs) > q.t.maxOld {
		q.notMapped()
		return
	}
	var best *Rule
	how := fitNo
	var derived, several, differ, maybe bool
	for _, r := range q.t.rules {
		f := fits(r.old, q.s, q.segs)
		if f == fitNo {
			continue
		}
		ok, der := q.methodFits(r.Method)
		switch {
		case !ok:
		case f == fitMaybe:
			maybe = true
		case best == nil || f > how || f == how && specialCase(r.old, best.old):
			best, how, derived, several, differ = r, f, der, false, false
		case f == how && !specialCase(best.old, r.old):
			several = true
			differ = differ || r.change != best.change
		}
	}
	switch {
	case best == nil && maybe:
		q.set(Unclear, unknownPath)
	case best == nil:
		q.notMapped()
	case differ:
		q.set(Unclear, methodDecides)
	case maybe && q.otherMaybe(best):
		q.set(Unclear, unknownPath)
	default:
		q.mapTo(best, how, derived, several)
	}
}

// otherMaybe reports whether holes can make the path that of a row with another change than best.
func (q *query) otherMaybe(best *Rule) bool {
	for _, r := range q.t.rules {
		if ok, _ := q.methodFits(r.Method); ok && r.change != best.change && fits(r.old, q.s, q.segs) == fitMaybe {
			return true
		}
	}
	return false
}

// mapTo makes r the answer, unless the new path would be that of another endpoint.
func (q *query) mapTo(r *Rule, how fit, derived, several bool) {
	q.res.Rule = r
	q.res.method = q.method
	if q.method == "" && !several {
		q.res.method = r.Method
	}
	for _, o := range r.collides {
		if ok, _ := q.methodFits(o.Method); ok && q.becomes(r, o) {
			q.set(NoEquivalent, "in v2 this path is the endpoint "+o.Method+" "+o.New+", which is another one in v1")
			return
		}
	}
	q.set(Mapped, "")
	switch {
	case how == fitGlued:
		q.res.Doubt = gluedHole
	case derived && q.res.Doubt == "":
		q.res.Doubt = headFollows
	}
	if q.route {
		q.routeRemarks(r)
	}
	q.edit(r.change)
}

// becomes reports whether the path of row r, when moved, is one of row o.
func (q *query) becomes(r, o *Rule) bool {
	for i, lit := range o.new {
		if r.new[i] == "" && lit != "" && !q.segs[r.params[i]].equal(q.s, lit) {
			return false
		}
	}
	return true
}

// notMapped says why no row with a v1 path answers.
func (q *query) notMapped() {
	var only *Rule // exists only in v2
	several, maybe := false, false
	for _, r := range q.t.added {
		switch fits(r.new, q.s, q.segs) {
		case fitMaybe:
			maybe = true
		case fitYes, fitGlued:
			several = only != nil
			if ok, _ := q.methodFits(r.Method); only == nil || ok && q.method != "" {
				only = r
			}
		}
	}
	var listed *Rule // right path, wrong method
	for _, r := range q.t.rules {
		if f := fits(r.old, q.s, q.segs); f == fitYes || f == fitGlued {
			listed = r
		}
	}
	last := q.segs[len(q.segs)-1]
	switch {
	case only != nil && listed == nil:
		q.onlyNew(only, several)
	case maybe || q.segs[0].whole:
		q.set(Unclear, unknownPath)
	case last.glue < last.end && !q.route && q.longer():
		q.set(Unclear, "the run-time value at its end may hold the rest of another endpoint")
	case listed != nil:
		q.set(NoEquivalent, "the endpoint table lists "+listed.Old+" only for other methods")
	default:
		q.set(NoEquivalent, "the endpoint table has no row for its path")
	}
}

// onlyNew answers with a row that v1 never had. several says that other rows have the same path.
func (q *query) onlyNew(r *Rule, several bool) {
	q.res.Rule = r
	switch {
	case q.method == r.Method, !several && r.Method != "ANY":
		q.res.method = r.Method
	}
	q.set(V2Only, "the endpoint "+r.New+" exists only in v2")
}

// longer reports whether a hole at the end can make the path that of a longer row.
func (q *query) longer() bool {
	for _, r := range q.t.rules {
		if ok, _ := q.methodFits(r.Method); ok && len(r.old) > len(q.segs) && fitsPrefix(r.old, q.s, q.segs) != fitNo {
			return true
		}
	}
	return false
}

// belowNew decides about a path below a v2 base: whether it is one that v2 does not have.
func (q *query) belowNew() {
	q.set(Current, alreadyNew)
	if len(q.segs) == 0 {
		return
	}
	for _, r := range q.t.rules {
		if q.within(r.new) != fitNo {
			return
		}
	}
	for _, r := range q.t.added {
		if q.within(r.new) != fitNo {
			return
		}
	}
	var best *Rule
	how := fitNo
	var usable, derived bool
	for _, r := range q.t.rules {
		f := q.within(r.old)
		if f < fitGlued || r.change == (change{}) || q.subtree && r.change.clip(len(q.segs)) != r.change {
			continue
		}
		ok, der := q.methodFits(r.Method)
		if best == nil || ok && !usable {
			best, how, usable, derived = r, f, ok, der
		}
	}
	if best == nil {
		return
	}
	q.res.Rule = best
	q.res.method = best.Method
	q.set(HalfMigrated, "v2 has no "+best.Old+", which became "+best.New)
	switch {
	case !usable:
		q.res.Reason += "; the table does not list it for this method"
		return
	case how == fitGlued:
		q.res.Doubt = gluedHole
	case derived && q.res.Doubt == "":
		q.res.Doubt = headFollows
	}
	q.edit(best.change)
}

// within compares the path with a pattern or, if the query covers a subtree, with the start of a pattern.
func (q *query) within(pattern []string) fit {
	if q.subtree && len(pattern) > len(q.segs) {
		return fitsPrefix(pattern, q.s, q.segs)
	}
	return fits(pattern, q.s, q.segs)
}
