package fixer

import (
	"bytes"
	"cmp"
	"go/format"
	"go/token"
	"slices"
	"strings"
	"unicode/utf8"
)

// gofmt aligns columns of neighbouring lines: trailing comments, the values of a map or of a
// block of constants, the types of struct fields. A change that makes one of them longer or
// shorter leaves the others where they do not belong any more. Whether a line is in a column
// at all depends on the sizes of those around it, and a function that has grown too long for
// one line gets several. So the printer is asked, and what it says is taken over if it comes
// to nothing but other white space.

// align makes the white space right that the changes, which are in order, have made wrong,
// provided that the file was as gofmt writes it: all that the printer would change is then due
// to them. Any other file, one of which the printer would change more than white space, and one
// that is too large or too deep for it, keeps the changes and nothing else.
func (sh *sheet) align(rw *rewriting) {
	if !rw.moves || !sh.fitsTree() {
		return
	}
	out, err := format.Source(rw.out)
	if err != nil || bytes.Equal(out, rw.out) || !formatted(sh.raw) || !formatted(out) {
		return
	}
	gaps, ok := respaced(rw.out, out)
	if !ok {
		return
	}
	if changes := composed(sh.raw, rw.changes, gaps, out); bytes.Equal(spliced(sh.raw, changes), out) {
		rw.out, rw.changes = out, changes
	}
}

// formatted says whether the source is as gofmt writes it.
func formatted(src []byte) bool {
	out, err := format.Source(src)
	return err == nil && bytes.Equal(out, src)
}

// moves says whether the change can move what follows it in its line. The printer counts
// characters in columns, and bytes where it decides which lines share them.
func (c Change) moves() bool {
	return len(c.Old) != len(c.New) || utf8.RuneCountInString(c.Old) != utf8.RuneCountInString(c.New) ||
		strings.ContainsAny(c.Old+c.New, "\n\t")
}

// respaced returns the changes of white space that make one text another one, in order. It
// fails unless both have the same tokens and comments, byte for byte and in the same order, and
// the same syntax tree. Semicolons count as white space: the end of a line is one as well, and
// the tree says whether the statements are the same.
func respaced(from, to []byte) (gaps []Change, ok bool) {
	a, err1 := words(from)
	b, err2 := words(to)
	if err1 != nil || err2 != nil || !slices.EqualFunc(a, b, func(a, b tok) bool { return a.kind == b.kind && a.text == b.text }) {
		return nil, false
	}
	fileA, _, err1 := parse(from)
	fileB, _, err2 := parse(to)
	if err1 != nil || err2 != nil || !slices.EqualFunc(nodes(fileA), nodes(fileB), sameNode) {
		return nil, false
	}
	lastA, lastB := 0, 0
	gap := func(endA, endB int) {
		if old, new := string(from[lastA:endA]), string(to[lastB:endB]); old != new {
			gaps = append(gaps, Change{Start: lastA, End: endA, Old: old, New: new})
		}
	}
	for i := range a {
		gap(a[i].start, b[i].start)
		lastA, lastB = a[i].end, b[i].end
	}
	gap(len(from), len(to))
	return gaps, true
}

// words returns the tokens of a text, except semicolons.
func words(text []byte) ([]tok, error) {
	all, err := tokens(text)
	return slices.DeleteFunc(all, func(t tok) bool { return t.kind == token.SEMICOLON }), err
}

// composed returns the changes that make out of raw in one step: those of first make a text of
// raw, and those of later make out of that text. Each list is in order and does not overlap.
// What touches becomes one change.
func composed(raw []byte, first, later []Change, out []byte) []Change {
	// A stretch of the text between.
	type stretch struct {
		start, end  int
		grew, grows int // how much longer it is than in raw, and will be in out
	}
	var all []stretch
	grown := 0
	for _, c := range first {
		start, grew := c.Start+grown, len(c.New)-len(c.Old)
		all = append(all, stretch{start: start, end: start + len(c.New), grew: grew})
		grown += grew
	}
	for _, c := range later {
		all = append(all, stretch{start: c.Start, end: c.End, grows: len(c.New) - len(c.Old)})
	}
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })

	var changes []Change
	grew, grows := 0, 0
	for i := 0; i < len(all); {
		s := all[i]
		for i++; i < len(all) && all[i].start <= s.end; i++ {
			s.end = max(s.end, all[i].end)
			s.grew += all[i].grew
			s.grows += all[i].grows
		}
		start, end := s.start-grew, s.end-grew-s.grew
		changes = append(changes, Change{Start: start, End: end, Old: string(raw[start:end]), New: string(out[s.start+grows : s.end+grows+s.grows])})
		grew += s.grew
		grows += s.grows
	}
	return changes
}
