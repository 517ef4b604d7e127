package endpoint

import "strings"

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
