package endpoint

import "strings"

// An Edit replaces the bytes [Start, End) of a text by New. If Start == End, New is inserted before the byte at
// Start and belongs to that byte: an edit of the piece of source that spells that byte must carry it.
type Edit struct {
	Start, End int
	New        string
}

// Apply returns text with the edits made, which must be ascending, disjoint and in range, as those of a Result are
// for the text that was matched.
func Apply(text string, edits []Edit) string {
	if len(edits) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Start])
		b.WriteString(e.New)
		at = e.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// editSegment returns the edit that turns a segment which spells old into one that spells new.
func editSegment(s string, g segment, old, new string) Edit {
	if len(old) != len(new) {
		return Edit{g.start, g.end, new}
	}
	from, to := 0, len(old)
	for old[from] == new[from] {
		from++
	}
	for old[to-1] == new[to-1] {
		to--
	}
	// A byte of old may be spelled by three bytes of s.
	e := Edit{Start: -1, New: new[from:to]}
	at := g.start
	for i := range old {
		if i == from {
			e.Start = at
		}
		_, n := decoded(s, at)
		at += n
		if i == to-1 {
			e.End = at
		}
	}
	return e
}

// edit adds the edit of c.
func (q *query) edit(c change) {
	switch {
	case c == change{}:
	case c.from == c.to:
		at := q.segs[c.from].start
		q.res.Edits = append(q.res.Edits, Edit{at, at, c.text + "/"})
	default:
		q.res.Edits = append(q.res.Edits, Edit{q.segs[c.from].start, q.segs[c.to-1].glue, c.text})
	}
}
