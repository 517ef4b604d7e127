package endpoint

import (
	"slices"
	"strings"
)

// slashes are the ways in which JSON (RFC 8259, section 7) and the languages that borrow its
// strings spell a slash by an escape.
var slashes = [...]string{`\/`, `\u002f`, `\u002F`}

// An unescaped is a text whose escaped slashes are slashes.
type unescaped struct {
	text    string
	escapes []escape // ascending
}

// An escape is a slash at offset plain of the text without escapes, which extra bytes more than
// itself spell in the text with them, together with the escapes before it.
type escape struct {
	plain, extra int
	spelling     string
}

// unescapeSlashes resolves the escaped slashes of a text. ok says whether there are any.
func unescapeSlashes(text string) (u unescaped, ok bool) {
	if !strings.Contains(text, `\`) {
		return u, false
	}
	var b strings.Builder
	last, extra := 0, 0
	for i := strings.IndexByte(text, '\\'); i >= 0 && i < len(text); {
		step := 2 // the escape of a backslash hides the one behind it
		for _, s := range slashes {
			if strings.HasPrefix(text[i:], s) {
				b.WriteString(text[last:i])
				extra += len(s) - 1
				u.escapes = append(u.escapes, escape{b.Len(), extra, s})
				b.WriteByte('/')
				step, last = len(s), i+len(s)
			}
		}
		i = min(i+step, len(text))
		next := strings.IndexByte(text[i:], '\\')
		if next < 0 {
			break
		}
		i += next
	}
	if u.escapes == nil {
		return u, false
	}
	b.WriteString(text[last:])
	u.text = b.String()
	return u, true
}

// at returns the offset at which the text with escapes spells the byte at plain.
func (u unescaped) at(plain int) int {
	i, _ := slices.BinarySearchFunc(u.escapes, plain, func(e escape, p int) int { return e.plain - p })
	if i == 0 {
		return plain
	}
	return plain + u.escapes[i-1].extra
}

// within returns the spelling of the first escaped slash of a span, or "".
func (u unescaped) within(s Span) string {
	i, _ := slices.BinarySearchFunc(u.escapes, s.Start, func(e escape, p int) int { return e.plain - p })
	if i < len(u.escapes) && u.escapes[i].plain < s.End {
		return u.escapes[i].spelling
	}
	return ""
}

// escapedSpans returns the spans of URLs whose slashes are escaped, whole strings of JSON or
// URLs with one of our hosts: elsewhere an escaped slash may belong to a regular expression or
// to a command such as that of sed. Edits spell a slash as the URL does.
func (t *Table) escapedSpans(text string) []Span {
	u, ok := unescapeSlashes(text)
	if !ok {
		return nil
	}
	var spans []Span
	for _, s := range t.plainSpans(u.text) {
		spelling := u.within(s)
		quoted := s.Start > 0 && u.text[s.Start-1] == '"' && s.End < len(u.text) && u.text[s.End] == '"'
		if spelling == "" || s.Result.Host != HostOurs && !quoted {
			continue
		}
		r := s.Result
		start, end := u.at(s.Start), u.at(s.End)
		edits := make([]Edit, len(r.Edits))
		for i, e := range r.Edits {
			edits[i] = Edit{u.at(e.Start), u.at(e.End), strings.ReplaceAll(e.New, "/", spelling)}
		}
		r.text, r.offset, r.Edits = text[start:end], start, edits
		spans = append(spans, Span{start, end, s.Method, r})
	}
	return spans
}
