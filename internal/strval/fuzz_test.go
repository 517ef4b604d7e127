package strval

import (
	"fmt"
	"go/scanner"
	"go/token"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// seedLiterals returns the different literals of the programs of the corpus.
func seedLiterals(f *testing.F) []string {
	files, err := filepath.Glob("../../testdata/corpus/*/*.go")
	if err != nil || len(files) == 0 {
		f.Fatal("no corpus: ", err)
	}
	seen := map[string]bool{}
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		var s scanner.Scanner
		s.Init(token.NewFileSet().AddFile(name, -1, len(src)), src, nil, 0)
		for _, tok, lit := s.Scan(); tok != token.EOF; _, tok, lit = s.Scan() {
			if (tok == token.STRING || tok == token.CHAR || tok == token.INT) && strings.ContainsAny(lit, "/\\`'%0") {
				seen[lit] = true
			}
		}
	}
	var out []string
	for lit := range seen {
		out = append(out, lit)
	}
	slices.Sort(out)
	return out
}

// literalKind returns the kind of the token if the source is one literal and nothing
// else, and token.ILLEGAL if it is not.
func literalKind(source string) token.Token {
	text := []byte(source)
	bad := strings.TrimSpace(source) != source // the scanner passes over what is around
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), text, func(token.Position, string) { bad = true }, scanner.ScanComments)
	pos, kind, _ := s.Scan()
	if next, end, lit := s.Scan(); bad || pos != 1 || end != token.SEMICOLON || lit != "\n" || int(next) != len(text)+1 {
		return token.ILLEGAL
	}
	return kind
}

// goValue is the text that Go gives a literal.
func goValue(kind token.Token, source string) (string, error) {
	if kind == token.INT {
		n, err := strconv.ParseUint(source, 10, 64)
		if err == nil && strconv.FormatUint(n, 10) != source {
			err = strconv.ErrSyntax
		}
		return source, err
	}
	return strconv.Unquote(source)
}

// spellable reports whether some literal of that kind has the value.
func spellable(kind token.Token, raw bool, value string) bool {
	switch {
	case kind == token.INT:
		_, err := goValue(kind, value)
		return err == nil
	case kind == token.CHAR:
		return utf8.ValidString(value) && utf8.RuneCountInString(value) == 1
	case raw:
		return utf8.ValidString(value) && !strings.ContainsAny(value, "`\r\x00\ufeff")
	}
	return true
}

// FuzzSplice puts a text into a literal in any spelling. The result is a literal with
// that very value, the spelling outside of the range stays, and only what cannot be
// spelled is refused.
func FuzzSplice(f *testing.F) {
	texts := []string{"2", "licenses/", "", "\"`\\'\n\r", "é", "\x00", "\xff", "7"}
	for i, lit := range seedLiterals(f) {
		f.Add(lit, uint16(i*7), uint16(i%5), texts[i%len(texts)])
	}
	for i, lit := range []string{`"a\u00e9b"`, `"é"`, "`é`", "`a\r\nb`", `'\''`, `"\x2f\057\u002f\U0000002f"`, `"\xc3\xa9"`, "100"} {
		f.Add(lit, uint16(1), uint16(1), texts[i])
	}
	f.Fuzz(func(t *testing.T, source string, from, length uint16, text string) {
		value, at, err := Decode(source)
		kind := literalKind(source)
		if kind != token.STRING && kind != token.CHAR && kind != token.INT {
			return // nothing is promised, but nothing panics
		}
		want, goErr := goValue(kind, source)
		if kind == token.INT && goErr != nil && (err != nil || strings.Trim(source, "0123456789") == "") {
			return // hexadecimal and the like; and longer than any number
		}
		if err != nil || goErr != nil || value != want || len(at) != len(value)+1 {
			t.Fatalf("Decode(%s) = %q with %d places, %v; want %q, %v", source, value, len(at), err, want, goErr)
		}

		lo := int(from) % (len(value) + 1)
		hi := lo + int(length)%(len(value)-lo+1)
		checkSplice(t, source, value, at, lo, hi, text)
	})
}

// checkSplice splices and checks the result. The source is a literal with the value; at
// says where its bytes are spelled.
func checkSplice(t interface{ Fatalf(string, ...any) }, source, value string, at []int, lo, hi int, text string) {
	kind := literalKind(source)
	want := value[:lo] + text + value[hi:]
	e, err := (&Literal{Source: source}).Splice(lo, hi, text)
	if err != nil {
		if spellable(kind, source[0] == '`', want) {
			t.Fatalf("Splice(%s, %d, %d, %q): %v", source, lo, hi, text, err)
		}
		return
	}
	after := source[:e.Start] + e.New + source[e.End:]
	if source[e.Start:e.End] != e.Old {
		t.Fatalf("Splice(%s, %d, %d, %q): Old is %q", source, lo, hi, text, e.Old)
	}
	if got, err := goValue(kind, after); err != nil || literalKind(after) != kind || got != want {
		t.Fatalf("%s[%d:%d] = %q gives %q, which is %q (%v), want %q", source, lo, hi, text, after, got, err, want)
	}
	// No more is replaced than the range, and what is left of the characters and the
	// escapes that it cuts through.
	for lo > 0 && lo < len(value) && (at[lo] == at[lo-1] || !utf8.RuneStart(source[at[lo]])) {
		lo--
	}
	for hi > lo && hi < len(value) && (at[hi] == at[hi-1] || !utf8.RuneStart(source[at[hi]])) {
		hi++
	}
	if e.Start < at[lo] || e.End > at[hi] {
		t.Fatalf("%s[%d:%d]: bytes %d to %d are replaced", source, lo, hi, e.Start, e.End)
	}
}

// goFuncs are rows of the table with what Go itself answers. An error means that the
// input makes no sense to Go either.
var goFuncs = []struct {
	name string
	args func(a, b, c string) []Value
	want func(a, b, c string) (string, error)
}{
	{"strings.Trim", two, func(a, b, _ string) (string, error) { return strings.Trim(a, b), nil }},
	{"strings.TrimLeft", two, func(a, b, _ string) (string, error) { return strings.TrimLeft(a, b), nil }},
	{"strings.TrimRight", two, func(a, b, _ string) (string, error) { return strings.TrimRight(a, b), nil }},
	{"strings.TrimSuffix", two, func(a, b, _ string) (string, error) { return strings.TrimSuffix(a, b), nil }},
	{"strings.TrimPrefix", two, func(a, b, _ string) (string, error) { return strings.TrimPrefix(a, b), nil }},
	{"strings.TrimSpace", one, func(a, _, _ string) (string, error) { return strings.TrimSpace(a), nil }},
	{"strings.ToLower", one, func(a, _, _ string) (string, error) { return strings.ToLower(a), nil }},
	{"strings.ReplaceAll", three, func(a, b, c string) (string, error) { return strings.ReplaceAll(a, b, c), nil }},
	{"strings.Join", func(a, b, c string) []Value {
		return []Value{ListValue(texts(a, b)...), TextValue(Text(c))}
	}, func(a, b, c string) (string, error) { return strings.Join([]string{a, b}, c), nil }},
	{"path.Join", list, func(a, b, c string) (string, error) { return path.Join(a, b, c), nil }},
	{"path.Clean", one, func(a, _, _ string) (string, error) { return path.Clean(a), nil }},
	{"net/url.PathEscape", one, func(a, _, _ string) (string, error) { return url.PathEscape(a), nil }},
	{"net/url.QueryEscape", one, func(a, _, _ string) (string, error) { return url.QueryEscape(a), nil }},
	{"fmt.Sprintf", func(a, b, c string) []Value {
		return []Value{TextValue(Text(a)), ListValue(texts(b, c)...)}
	}, func(a, b, c string) (string, error) {
		if want := fmt.Sprintf(a, b, c); !strings.Contains(want, "%!") {
			return want, nil
		}
		return "", strconv.ErrSyntax // operands missing or left
	}},
	{"net/url.JoinPath", func(a, b, c string) []Value {
		return []Value{TextValue(Text(a)), ListValue(texts(b, c)...)}
	}, func(a, b, c string) (string, error) {
		if !usual(a) {
			return "", strconv.ErrSyntax
		}
		return plainURL(url.JoinPath(a, b, c))
	}},
	{"(*net/url.URL).Parse", func(a, b, _ string) []Value {
		return []Value{ParseURL(Text(a)), TextValue(Text(b))}
	}, func(a, b, _ string) (string, error) {
		u, err := url.Parse(a)
		if err != nil || u.Host == "" || !usual(a) || !usual(b) {
			return "", strconv.ErrSyntax
		}
		if u, err = u.Parse(b); err != nil {
			return "", err
		}
		return plainURL(u.String(), nil)
	}},
}

// usual reports whether a text is a URL with scheme and host, or one that has neither, in
// the spelling that Go gives it: the table does not know mailto: and the like.
func usual(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.String() == text && u.Opaque == "" && (u.Scheme == "") == (u.Host == "") && u.User == nil
}

// plainURL refuses results that Go spells in another way than its input: escapes are
// normalised there, which the table leaves alone.
func plainURL(u string, err error) (string, error) {
	if strings.ContainsFunc(u, func(r rune) bool {
		return !(r < utf8.RuneSelf && (strings.ContainsRune("/.:?#&=-_~", r) || '0' <= r && r <= '9' || 'a' <= r && r <= 'z'))
	}) {
		return "", strconv.ErrSyntax
	}
	return u, err
}

func texts(ss ...string) []Value {
	var vs []Value
	for _, s := range ss {
		vs = append(vs, TextValue(Text(s)))
	}
	return vs
}

func one(a, _, _ string) []Value   { return texts(a) }
func two(a, b, _ string) []Value   { return texts(a, b) }
func three(a, b, c string) []Value { return texts(a, b, c) }
func list(a, b, c string) []Value  { return []Value{ListValue(texts(a, b, c)...)} }

// FuzzSameAsGo holds rows of the table against the functions that they stand for: the
// answer is that of Go, or has a hole.
func FuzzSameAsGo(f *testing.F) {
	var words []string
	for _, lit := range seedLiterals(f) {
		if value, err := strconv.Unquote(lit); err == nil {
			words = append(words, value)
		}
	}
	for i, w := range words {
		f.Add(uint8(i), w, words[(i+1)%len(words)], words[(i*5+2)%len(words)])
	}
	for i := range goFuncs {
		f.Add(uint8(i), "https://h/v1/a/../b//", "/", "c")
		f.Add(uint8(i), "é/ü é", "éü", "")
	}
	f.Fuzz(func(t *testing.T, row uint8, a, b, c string) {
		fn := goFuncs[int(row)%len(goFuncs)]
		if strings.ContainsRune(a+b+c, Hole) || len(a)+len(b)+len(c) > 1<<10 {
			return
		}
		args := fn.args(a, b, c)
		out := Lookup(fn.name).Eval(args)
		want, err := fn.want(a, b, c)
		if err != nil {
			return
		}
		got := out.Template()
		if out.Kind == KindRecord {
			got = URLString(out)
		}
		if text, known := got.Known(); known && text != want {
			t.Fatalf("%s(%q, %q, %q) = %q, want %q", fn.name, a, b, c, text, want)
		}
	})
}
