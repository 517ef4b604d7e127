package fixer

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Both coordinates name the same bytes, whatever mixture of line ends it is.
func TestCoordinates(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "\r", "\n", "\r\n", "é", byteOrderMark})
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOf(piece).Draw(t, "raw"), "")
		s := newSource([]byte(raw))
		if want := strings.ReplaceAll(strings.TrimPrefix(raw, byteOrderMark), "\r\n", "\n"); string(s.text) != want {
			t.Fatalf("text %q, want %q", s.text, want)
		}
		mapped := map[int]bool{}
		for off := 0; off <= len(s.text); off++ {
			r := s.toRaw(off)
			mapped[r] = true
			if back, ok := s.toText(r); !ok || back != off {
				t.Fatalf("text offset %d is raw %d is text %d, %v", off, r, back, ok)
			}
			if off == len(s.text) {
				if r != len(raw) {
					t.Fatalf("the end is at %d, want %d", r, len(raw))
				}
				continue
			}
			if rest := raw[r:]; rest[0] != s.text[off] && !(strings.HasPrefix(rest, "\r\n") && s.text[off] == '\n') {
				t.Fatalf("text offset %d is %q, raw offset %d is %q", off, s.text[off], r, raw[r])
			}
		}
		for off := -1; off <= len(raw)+1; off++ {
			if _, ok := s.toText(off); ok != mapped[off] {
				t.Fatalf("raw offset %d has a place in the text: %v, want %v", off, ok, mapped[off])
			}
		}
	})
}

// The scanner drops carriage returns from the text of some tokens; their
// extent must not suffer.
func TestTokensCoverTheText(t *testing.T) {
	for _, text := range []string{
		"package p; var x = `a\rb` /* c\rd */ + 1 // e\rf\r\n",
		"package p\n\n//line x.go:7\nvar s = \"a\" /*line y.go:3*/ + 'b'\n",
		"package p\nvar a, b = 0x1p-2, 1i\nfunc f(x ...int) { x[0] <<= 2 &^ 1 }\n",
		"package p\n//\r\r\n// no line end at the end",
	} {
		toks, err := tokens([]byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		last := 0
		for _, tok := range toks {
			if gap := text[last:tok.start]; strings.Trim(gap, " \t\r\n") != "" {
				t.Errorf("%q: %q lies between tokens", text, gap)
			}
			if text[tok.start:tok.end] != tok.text || tok.start >= tok.end {
				t.Errorf("%q: token %q at %d to %d", text, tok.text, tok.start, tok.end)
			}
			last = tok.end
		}
		if rest := text[last:]; strings.Trim(rest, " \t\r\n") != "" {
			t.Errorf("%q: %q is left", text, rest)
		}
	}
}
