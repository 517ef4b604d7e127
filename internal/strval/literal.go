package strval

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Literal is one string, rune or integer literal of a source file, the place
// where text can be changed.
type Literal struct {
	File   string // path, as the loader gave it
	Start  int    // byte offset of the spelling in the file as it is on disk
	Line   int    // 1-based line of Start
	Column int    // 1-based byte column of Start
	Source string // the spelling, quotes included, exactly as on disk
	Plain  bool   // the spelling is the text itself: a comment, a file that is not Go
}

// Decode returns the literal's value and where its bytes are spelled, as the function
// Decode does.
func (l *Literal) Decode() (value string, at []int, err error) {
	if !l.Plain {
		return Decode(l.Source)
	}
	at = make([]int, len(l.Source)+1)
	for i := range at {
		at[i] = i
	}
	return l.Source, at, nil
}

// Decode returns the value that a literal's spelling denotes, and for every byte
// of the value the offset in the spelling at which that byte is spelled, followed
// by the offset at which the spelling of the last byte ends. Bytes that one escape
// spells together share one offset. An integer literal's value is its decimal
// digits; only plain decimal spellings are accepted.
func Decode(source string) (value string, at []int, err error) {
	if source == "" {
		return "", nil, errors.New("empty literal")
	}
	switch q := source[0]; {
	case q == '`':
		if len(source) < 2 || source[len(source)-1] != '`' {
			return "", nil, errors.New("unterminated raw string literal")
		}
		body := source[1 : len(source)-1]
		at = make([]int, 0, len(body)+1)
		var b strings.Builder
		for i := 0; i < len(body); i++ {
			if body[i] == '\r' {
				continue // the language drops carriage returns from raw strings
			}
			b.WriteByte(body[i])
			at = append(at, i+1)
		}
		return b.String(), append(at, len(source)-1), nil

	case q == '"' || q == '\'':
		if len(source) < 2 || source[len(source)-1] != q {
			return "", nil, errors.New("unterminated literal")
		}
		rest := source[1 : len(source)-1]
		at = make([]int, 0, len(rest)+1)
		var b strings.Builder
		for rest != "" {
			offset := len(source) - 1 - len(rest)
			if rest[0] != '\\' {
				// Unescaped bytes are copied one by one, valid UTF-8 or not.
				b.WriteByte(rest[0])
				at = append(at, offset)
				rest = rest[1:]
				continue
			}
			r, multibyte, tail, err := strconv.UnquoteChar(rest, q)
			if err != nil {
				return "", nil, fmt.Errorf("bad escape at offset %d of the literal", offset)
			}
			n := 1
			if r < utf8.RuneSelf || !multibyte {
				b.WriteByte(byte(r))
			} else {
				n = utf8.RuneLen(r)
				b.WriteRune(r)
			}
			for range n {
				at = append(at, offset)
			}
			rest = tail
		}
		return b.String(), append(at, len(source)-1), nil

	case '0' <= q && q <= '9':
		if len(source) > 1 && q == '0' || strings.Trim(source, "0123456789") != "" {
			return "", nil, errors.New("not a plain decimal integer")
		}
		at = make([]int, len(source)+1)
		for i := range at {
			at[i] = i
		}
		return source, at, nil
	}
	return "", nil, fmt.Errorf("not a literal: %q", source)
}

// An Edit replaces the source bytes [Start,End) of a file by New.
type Edit struct {
	File       string
	Start, End int    // byte offsets in the file
	Old, New   string // source spelling before and after
}

// Splice returns the edit that makes the literal's value
// value[:from] + text + value[to:], with the least source bytes replaced. The
// spelling of everything outside the range stays as it is. It fails if the
// literal's kind cannot spell the text (a backquote in a raw string, letters in
// an integer) or the range is outside the value.
func (l *Literal) Splice(from, to int, text string) (Edit, error) {
	value, at, err := l.Decode()
	if err != nil {
		return Edit{}, err
	}
	if from < 0 || to < from || to > len(value) {
		return Edit{}, fmt.Errorf("range %d:%d is outside the literal's %d bytes", from, to, len(value))
	}
	// An escape that spells several bytes is replaced as a whole, and so is a character:
	// what lies outside the range is spelled anew beside the text.
	for from > 0 && from < len(value) && l.inside(at, from) {
		from--
		text = value[from:from+1] + text
	}
	for to > from && to < len(value) && l.inside(at, to) {
		text += value[to : to+1]
		to++
	}
	start, end := at[from], at[to]
	if from == to {
		end = start
	} else if l.Source[0] == '`' {
		// Carriage returns behind the last replaced byte belong to what follows.
		end = at[to-1] + 1
	}
	if l.Plain {
		return Edit{File: l.File, Start: l.Start + start, End: l.Start + end, Old: l.Source[start:end], New: text}, nil
	}
	spelling, err := spell(l.Source[0], text)
	if err != nil {
		return Edit{}, err
	}
	after := l.Source[:start] + spelling + l.Source[end:]
	if got, _, err := Decode(after); err != nil || got != value[:from]+text+value[to:] || l.Source[0] == '\'' && utf8.RuneCountInString(got) != 1 {
		// A neighbour would change its meaning (an octal escape followed by a digit cannot
		// occur, but nothing is left to belief).
		return Edit{}, errors.New("the new text cannot be spelled in place")
	}
	return Edit{File: l.File, Start: l.Start + start, End: l.Start + end, Old: l.Source[start:end], New: spelling}, nil
}

// SpliceElements returns the edit that puts several literals with ", " between them in
// the place of this one: the parts of value[:from] + text + value[to:] between
// separators, spelled as Splice spells them.
func (l *Literal) SpliceElements(from, to int, text string, sep byte) (Edit, error) {
	if l.Plain || l.Source == "" || l.Source[0] != '"' && l.Source[0] != '`' {
		return Edit{}, errors.New("only a string literal becomes several")
	}
	e, err := l.Splice(from, to, text)
	if err != nil {
		return Edit{}, err
	}
	after := l.Source[:e.Start-l.Start] + e.New + l.Source[e.End-l.Start:]
	value, at, err := Decode(after)
	if err != nil {
		return Edit{}, err
	}
	quote := after[:1]
	var parts []string
	for begin := 0; begin <= len(value); {
		end := len(value)
		if i := strings.IndexByte(value[begin:], sep); i >= 0 {
			end = begin + i
		}
		parts = append(parts, quote+after[at[begin]:at[end]]+quote)
		begin = end + 1
	}
	return Edit{File: l.File, Start: l.Start, End: l.Start + len(l.Source), Old: l.Source, New: strings.Join(parts, ", ")}, nil
}

// inside reports whether byte i of the value is spelled together with the byte before it.
func (l *Literal) inside(at []int, i int) bool {
	return at[i] == at[i-1] || !utf8.RuneStart(l.Source[at[i]])
}

// spell writes text as it must stand inside a literal that opens with quote.
func spell(quote byte, text string) (string, error) {
	switch quote {
	case '`':
		if strings.ContainsAny(text, "`\r\x00\ufeff") || !utf8.ValidString(text) {
			return "", errors.New("the new text cannot stand in a raw string literal")
		}
		return text, nil
	case '"', '\'':
		if quote == '\'' && utf8.RuneCountInString(text) != 1 {
			return "", errors.New("the new text is not a single character")
		}
		q := strconv.Quote(text)
		if quote == '\'' {
			r, _ := utf8.DecodeRuneInString(text)
			q = strconv.QuoteRune(r)
		}
		return q[1 : len(q)-1], nil
	}
	if strings.Trim(text, "0123456789") != "" {
		return "", errors.New("the new text is not a decimal integer")
	}
	return text, nil
}
