package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Escape returns text in a form that is safe to print on a terminal or into a
// log: control characters other than newline and tab, characters that change
// the direction of text, line and paragraph separators and invalid UTF-8 are
// spelled as Go escapes, such as \x1b or \u202e.
func Escape(text string) string { return escape(text, true) }

// Line is Escape for text that has to stay on one line: newlines are escaped
// as well.
func Line(text string) string { return escape(text, false) }

func escape(text string, newlines bool) string {
	clean := true
	for i, r := range text {
		if hidden(r) || r == utf8.RuneError && invalid(text[i:]) || r == '\n' && !newlines {
			clean = false
			break
		}
	}
	if clean {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && invalid(text[i:]):
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case r == '\n' && !newlines:
			b.WriteString(`\n`)
		case !hidden(r):
			b.WriteRune(r)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

func invalid(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	return size == 1
}

// hidden says whether a terminal or an editor would act on r instead of showing it.
func hidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true // direction marks, embeddings, overrides and isolates
	case r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	case r >= 0xe0000 && r <= 0xe007f:
		return true // tags: invisible text
	}
	return false
}
