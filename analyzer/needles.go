package analyzer

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
	"sync"

	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
)

// MayConcern reports whether a Go source file holds text that may be part of a URL of the
// API: a literal with one of its names, however it is cased or escaped, or a comment that
// speaks to this analyzer. With docs, every comment counts.
//
// The names are those that stand in every URL of the API: the host, and the segment before
// the version. So a program without such a file makes no request to the API, unless it
// spells a name itself in pieces, as in "orbit" + "flare". What the rest of the URL is
// spelled in, and where, does not matter: "customer" and "v1" may be two literals, and a
// file without any needle may well hold a path that a base from another file makes a URL.
func MayConcern(src []byte, docs bool) bool {
	if !Mentions(src) {
		return false
	}
	if docs || bytes.Contains(src, []byte("//orbitmigrate:")) {
		return true
	}
	// The names are words that comments and identifiers use, too.
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", -1, len(src)), src, nil, 0)
	for {
		_, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return s.ErrorCount > 0 // what does not scan is for the parser to judge
		case token.STRING, token.CHAR:
			if spelled([]byte(lit), nameInURL) {
				return true
			}
		}
	}
}

// Concerns reports whether a function of a file that may concern the API has to do with why:
// it holds a name of the API, or speaks to this analyzer.
func Concerns(function []byte) bool {
	return Mentions(function) || bytes.Contains(function, []byte("//orbitmigrate:"))
}

// Spells reports whether a source file spells a base of the API: its host, or the path
// with the version. It is stricter than MayConcern, for sources that are only evidence.
func Spells(src []byte) bool {
	return folded(src, func(text []byte) bool {
		for _, b := range endpoint.Default().Bases() {
			if bytes.Contains(text, []byte(b.Host)) || !b.Undocumented && bytes.Contains(text, []byte(b.Old)) {
				return true
			}
		}
		return false
	})
}

// names are the needles that are words, in lower case.
var names = sync.OnceValue(func() (out [][]byte) {
	for _, needle := range endpoint.Default().Needles() {
		if strings.Trim(needle, "abcdefghijklmnopqrstuvwxyz") == "" {
			out = append(out, []byte(needle))
		}
	}
	return out
})

// Mentions reports whether a text holds a name of the API, case and escapes aside.
func Mentions(text []byte) bool { return spelled(text, holdsName) }

// spelled reports whether a test holds for a text in lower case, with escapes or without.
func spelled(text []byte, test func(text []byte) bool) bool {
	return folded(text, func(text []byte) bool {
		if test(text) {
			return true
		}
		plain := unescape(text)
		if plain != nil && test(plain) {
			return true
		}
		if plain != nil {
			text = plain
		}
		plain = unpercent(text)
		return plain != nil && test(plain)
	})
}

func holdsName(text []byte) bool {
	for _, name := range names() {
		if bytes.Contains(text, name) {
			return true
		}
	}
	return false
}

// nameInURL reports whether a literal holds a name that may be part of a URL: a host
// anywhere, and the segment before the version where it is a segment, or may become one with
// what other literals hold, and is not followed by another word.
func nameInURL(text []byte) bool {
	root := firstSegment(endpoint.Default())
	for _, name := range names() {
		for rest := text; ; {
			i := bytes.Index(rest, name)
			if i < 0 {
				break
			}
			before, behind := rest[:i], rest[i+len(name):]
			if string(name) != root || !wordAtEnd(before) && !wordAtStart(behind) && !otherSegment(behind) {
				return true
			}
			rest = behind
		}
	}
	return false
}

// holdsSegment reports whether a text holds a segment of an endpoint's path as a word. A
// package of paths may hold no other trace of the API.
func holdsSegment(text []byte) bool {
	for _, segment := range segments() {
		for rest := text; ; {
			i := bytes.Index(rest, segment)
			if i < 0 {
				break
			}
			before, behind := rest[:i], rest[i+len(segment):]
			if !wordAtEnd(before) && !wordAtStart(behind) {
				return true
			}
			rest = behind
		}
	}
	return false
}

// segments are the literal segments of the endpoints' paths.
var segments = sync.OnceValue(func() (out [][]byte) {
	seen := map[string]bool{}
	for _, r := range endpoint.Default().Rules() {
		for _, s := range strings.Split(r.Old+"/"+r.New, "/") {
			if s != "" && s[0] != '{' && !seen[s] {
				seen[s] = true
				out = append(out, []byte(s))
			}
		}
	}
	return out
})

func wordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

func wordAtEnd(text []byte) bool { return len(text) > 0 && wordByte(text[len(text)-1]) }

func wordAtStart(text []byte) bool { return len(text) > 0 && wordByte(text[0]) }

// otherSegment reports whether a text begins with a segment that is neither a version nor
// a placeholder.
func otherSegment(text []byte) bool {
	return len(text) > 1 && text[0] == '/' && 'a' <= text[1] && text[1] <= 'z' && text[1] != 'v'
}

// folded calls f with the text in lower case. It is asked about every file of a program, so
// it does not leave a copy of each behind.
func folded(text []byte, f func(text []byte) bool) bool {
	buf, _ := foldBuffers.Get().(*[]byte)
	if buf == nil {
		buf = new([]byte)
	}
	defer foldBuffers.Put(buf)
	if cap(*buf) < len(text) {
		*buf = make([]byte, len(text)+len(text)/4)
	}
	lower := (*buf)[:len(text)]
	for i, c := range text {
		lower[i] = lowerCase[c]
	}
	return f(lower)
}

var foldBuffers sync.Pool

var lowerCase = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

// unescape resolves the escapes by which Go and JSON spell letters in a text in lower case.
// It returns nil if there are none.
func unescape(text []byte) []byte {
	return resolve(text, '\\', func(rest []byte) (letter byte, n int) {
		if len(rest) < 2 {
			return 0, 0
		}
		switch rest[1] {
		case 'x':
			return hexLetter(rest, 2, 2)
		case 'u':
			// In lower case \u and \U look the same: eight digits that are a letter begin
			// with six zeros, and four that are do not begin with three.
			if letter, n := hexLetter(rest, 2, 4); n > 0 {
				return letter, n
			}
			return hexLetter(rest, 2, 8)
		case '0', '1':
			return number(rest, 1, 3, 8)
		}
		return 0, 0
	})
}

// unpercent resolves the letters that are percent-encoded. It returns nil if there are none.
func unpercent(text []byte) []byte {
	return resolve(text, '%', func(rest []byte) (letter byte, n int) { return hexLetter(rest, 1, 2) })
}

func hexLetter(rest []byte, from, digits int) (letter byte, n int) {
	return number(rest, from, digits, 16)
}

// number reads a number that is a visible ASCII character, and returns that in lower case
// with the number of bytes it takes up; or else 0 bytes.
func number(rest []byte, from, digits, base int) (letter byte, n int) {
	if len(rest) < from+digits {
		return 0, 0
	}
	v, err := strconv.ParseUint(string(rest[from:from+digits]), base, 32)
	if err != nil || v <= ' ' || v > '~' {
		return 0, 0
	}
	return lowerCase[v], from + digits
}

// resolve replaces what read understands behind a mark.
func resolve(text []byte, mark byte, read func(rest []byte) (letter byte, n int)) []byte {
	var out []byte
	last := 0
	for i := bytes.IndexByte(text, mark); i >= 0 && i < len(text); {
		step := 1
		if letter, n := read(text[i:]); n > 0 {
			if out == nil {
				out = make([]byte, 0, len(text))
			}
			out = append(append(out, text[last:i]...), letter)
			last, step = i+n, n
		}
		next := bytes.IndexByte(text[i+step:], mark)
		if next < 0 {
			break
		}
		i += step + next
	}
	if out == nil {
		return nil
	}
	return append(out, text[last:]...)
}
