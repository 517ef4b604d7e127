package fixer

import (
	"errors"
	"go/token"
	"slices"
	"sort"
	"strings"
)

// A hunk replaces a range of the original text. It stands for the tokens
// [from, to) of the original and puts others in their place.
type hunk struct {
	start, end int
	new        string
	from, to   int
	toks       []tok
}

// carry finds the difference between the two prints and says where it belongs
// in the original. It refuses what it cannot place without moving or dropping
// a comment.
func carry(orig, base, after *listing) ([]hunk, error) {
	inOrig := make(map[key]int, len(orig.keys))
	for i, k := range orig.keys {
		inOrig[k] = i
	}
	// home is the place of base token i in the original, -1 if it has none.
	home := func(i int) int {
		switch {
		case i < 0:
			return -1
		case i == len(base.keys):
			return len(orig.keys)
		}
		if j, ok := inOrig[base.keys[i]]; ok && orig.toks[j].text == base.toks[i].text {
			return j
		}
		return -2
	}

	kept := append(pairs(base, after), pair{len(base.toks), len(after.toks)})
	partner := make([]int, len(after.toks)+1) // in the original, by token of after
	for i := range partner {
		partner[i] = -1
	}
	prev := pair{-1, -1}
	for _, p := range kept {
		if p.base-prev.base > 1 && p.after-prev.after > 1 { // something in the place of something
			partner[prev.after+1] = home(prev.base + 1)
		}
		partner[p.after] = home(p.base)
		prev = p
	}
	after = after.indentedAs(orig, partner)

	var hunks []hunk
	prev = pair{-1, -1}
	for _, p := range kept {
		removed, added := p.base-prev.base-1, p.after-prev.after-1
		switch {
		case removed == 0 && added == 0:
		case removed == 0:
			h, err := insertion(orig, after, home(prev.base), home(p.base), prev.after+1, p.after)
			if err != nil {
				return nil, err
			}
			hunks = append(hunks, h)
		case added == 0:
			return nil, errors.New("the edit removes source without putting other source in its place")
		default:
			h, err := replacement(orig, after, home, prev.base+1, p.base, prev.after+1, p.after)
			if err != nil {
				return nil, err
			}
			hunks = append(hunks, h)
		}
		if p.base < len(base.toks) && base.toks[p.base].text != after.toks[p.after].text {
			h, err := replacement(orig, after, home, p.base, p.base+1, p.after, p.after+1)
			if err != nil {
				return nil, err
			}
			hunks = append(hunks, h)
		}
		prev = p
	}
	for i := 1; i < len(hunks); i++ {
		if hunks[i].start < hunks[i-1].end || hunks[i].from < hunks[i-1].to {
			return nil, errors.New("parts of the edit overlap in the source")
		}
	}
	return hunks, nil
}

// indentedAs returns the listing with its new lines indented not as the printer
// does but as the original does: like the nearest line that is not new and that
// the printer indents alike.
func (l *listing) indentedAs(orig *listing, partner []int) *listing {
	blanks := make(map[int]string)     // before a token at the start of a new line
	nearest := make(map[string]string) // what the original has, by what the printer has
	look := func(i int) {
		lead, ok := l.indentation(i)
		if !ok {
			return
		}
		if partner[i] >= 0 {
			if was, ok := orig.indentation(partner[i]); ok {
				nearest[lead] = was
			}
			return
		}
		if _, done := blanks[i]; !done {
			if was, ok := nearest[lead]; ok {
				blanks[i] = was
			}
		}
	}
	for i := range l.toks {
		look(i)
	}
	clear(nearest)
	for i := range slices.Backward(l.toks) {
		look(i)
	}
	if len(blanks) == 0 {
		return l
	}
	to := &listing{toks: slices.Clone(l.toks), keys: l.keys, shape: l.shape}
	var b strings.Builder
	last := 0
	for i, t := range l.toks {
		gap := l.text[last:t.start]
		if lead, ok := blanks[i]; ok {
			gap = gap[:strings.LastIndexByte(gap, '\n')+1] + lead
		}
		b.WriteString(gap)
		to.toks[i].start = b.Len()
		b.WriteString(l.text[t.start:t.end])
		to.toks[i].end = b.Len()
		last = t.end
	}
	b.WriteString(l.text[last:])
	to.text = b.String()
	return to
}

// indentation returns the blanks before a token that is the first of its line.
func (l *listing) indentation(i int) (string, bool) {
	from := 0
	if i > 0 {
		from = l.toks[i-1].end
	}
	gap := l.text[from:l.toks[i].start]
	end := strings.LastIndexByte(gap, '\n')
	return gap[end+1:], end >= 0
}

type pair struct{ base, after int }

// pairs matches the tokens of the two prints by key and keeps the longest
// sequence that is in order in both.
func pairs(base, after *listing) []pair {
	inBase := make(map[key]int, len(base.keys))
	for i, k := range base.keys {
		inBase[k] = i
	}
	var all []pair
	for j, k := range after.keys {
		if i, ok := inBase[k]; ok {
			all = append(all, pair{i, j})
		}
	}
	// Longest increasing subsequence: ends[n] is the pair with the smallest
	// base index that ends a sequence of length n+1.
	var ends []int
	before := make([]int, len(all))
	for x, p := range all {
		n := sort.Search(len(ends), func(n int) bool { return all[ends[n]].base >= p.base })
		before[x] = -1
		if n > 0 {
			before[x] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, x)
		} else {
			ends[n] = x
		}
	}
	if len(ends) == 0 {
		return nil
	}
	var kept []pair
	for x := ends[len(ends)-1]; x >= 0; x = before[x] {
		kept = append(kept, all[x])
	}
	slices.Reverse(kept)
	return kept
}

// replacement puts the tokens [a0, a1) of after in the place of the tokens
// [b0, b1) of base.
func replacement(orig, after *listing, home func(int) int, b0, b1, a0, a1 int) (hunk, error) {
	from := home(b0)
	for b := b0; b < b1; b++ {
		if from < 0 || home(b) != from+b-b0 {
			return hunk{}, errors.New("the source to replace is not in one piece, or has a comment in it")
		}
	}
	to := from + b1 - b0
	toks := after.toks[a0:a1]
	for _, old := range orig.toks[from:to] {
		kept := func(t tok) bool { return t.kind == token.COMMENT && t.text == old.text }
		if old.kind == token.COMMENT && !slices.ContainsFunc(toks, kept) {
			return hunk{}, errors.New("the edit would drop a comment")
		}
	}
	h := hunk{
		start: orig.toks[from].start, end: orig.toks[to-1].end,
		new:  after.text[toks[0].start:toks[len(toks)-1].end],
		from: from, to: to, toks: toks,
	}
	// Only bytes that differ: the rest of a literal keeps its line ends.
	old := orig.text[h.start:h.end]
	for len(old) > 0 && len(h.new) > 0 && old[0] == h.new[0] {
		old, h.new, h.start = old[1:], h.new[1:], h.start+1
	}
	for len(old) > 0 && len(h.new) > 0 && old[len(old)-1] == h.new[len(h.new)-1] {
		old, h.new, h.end = old[:len(old)-1], h.new[:len(h.new)-1], h.end-1
	}
	return h, nil
}

// insertion puts the tokens [a0, a1) of after between the tokens prev and next
// of the original. Of the white space around them it brings along what the
// original does not have there already.
func insertion(orig, after *listing, prev, next, a0, a1 int) (hunk, error) {
	toks := after.toks[a0:a1]
	first, last := toks[0], toks[len(toks)-1]
	before, behind := after.text[:first.start], after.text[last.end:]
	if a0 > 0 {
		before = after.text[after.toks[a0-1].end:first.start]
	}
	if a1 < len(after.toks) {
		behind = after.text[last.end:after.toks[a1].start]
	}
	text := after.text[first.start:last.end]
	known := next >= 0 && next < len(orig.toks) // next is a token of the original

	h := hunk{toks: toks}
	put := func(off, index int, new string) (hunk, error) {
		h.start, h.end, h.from, h.to, h.new = off, off, index, index, new
		return h, nil
	}
	switch {
	case prev >= 0 && next >= 0 && next <= prev, prev < 0 && !known:
		return hunk{}, errors.New("the source around the insertion has no place in the file")
	case prev < 0:
		return put(orig.toks[next].start, next, text+behind)
	case known && strings.Contains(behind, ";") && !strings.Contains(orig.text[orig.toks[prev].end:orig.toks[next].start], ";"):
		// A statement before another in the same line.
		return put(orig.toks[next].start, next, text+behind)
	case known && strings.Contains(before, "\n") && !strings.Contains(behind, "\n"):
		// At the start of the line of next.
		return put(orig.toks[next].start, next, text+behind)
	case strings.Contains(before, "\n"):
		// A line of its own: below the line of prev and its trailing comments.
		i := prev
		for i+1 < len(orig.toks) && i+1 != next && orig.toks[i+1].kind == token.COMMENT &&
			!strings.Contains(orig.text[orig.toks[i].end:orig.toks[i+1].start], "\n") {
			i++
		}
		return put(orig.toks[i].end, i+1, before+text)
	case behind == "" && !clings(first.kind) && known:
		if orig.toks[next].start == 0 || orig.toks[next-1].end == orig.toks[next].start {
			text = before + text
		}
		return put(orig.toks[next].start, next, text)
	}
	return put(orig.toks[prev].end, prev+1, before+text)
}

// clings says whether a token is written right behind the one before it.
func clings(kind token.Token) bool {
	switch kind {
	case token.COMMA, token.PERIOD, token.COLON, token.LPAREN, token.LBRACK,
		token.RPAREN, token.RBRACK, token.RBRACE, token.INC, token.DEC, token.ELLIPSIS:
		return true
	}
	return false
}

// apply makes the hunks in the original text and in its list of tokens.
func apply(orig *listing, hunks []hunk) (text string, want []tok) {
	last := 0
	for _, h := range hunks {
		want = append(want, orig.toks[last:h.from]...)
		want = append(want, h.toks...)
		last = h.to
	}
	return splice(orig.text, hunks), append(want, orig.toks[last:]...)
}

func splice(text string, hunks []hunk) string {
	var b strings.Builder
	last := 0
	for _, h := range hunks {
		b.WriteString(text[last:h.start])
		b.WriteString(h.new)
		last = h.end
	}
	b.WriteString(text[last:])
	return b.String()
}
