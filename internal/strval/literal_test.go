package strval

import (
	"go/ast"
	"go/parser"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSplice(t *testing.T) {
	for _, c := range []struct {
		source   string
		from, to int
		text     string
		want     string // the whole literal afterwards, "" if it must fail
	}{
		{`"/customer/v1/x"`, 11, 12, "2", `"/customer/v2/x"`},
		{"`/customer/v1/x`", 11, 12, "2", "`/customer/v2/x`"},
		{`"/customer\u002fv1"`, 11, 12, "2", `"/customer\u002fv2"`},
		{`"\x2fcustomer\057v\061"`, 11, 12, "2", `"\x2fcustomer\057v2"`},
		{`"/locations"`, 1, 1, "licenses/", `"/licenses/locations"`},
		{`"a\tb"`, 1, 2, "\"\n", `"a\"\nb"`},
		{`"aéb"`, 1, 3, "e", `"aeb"`},
		{`"a\u00e9b"`, 2, 3, "x", ""}, // half of a character: no spelling keeps the other half readable
		{"`a\r\nb`", 1, 2, "x", "`a\rxb`"},
		{"`ab`", 1, 1, "`", ""},
		{`1`, 0, 1, "2", `2`},
		{`1`, 0, 1, "x", ""},
		{`0x1`, 0, 1, "2", ""},
		{`"ab"`, 2, 2, "c", `"abc"`},
		{`"ab"`, 1, 3, "c", ""},
		{`'a'`, 0, 1, "b", `'b'`},
	} {
		l := &Literal{Source: c.source, Start: 7}
		e, err := l.Splice(c.from, c.to, c.text)
		got := ""
		if err == nil {
			got = c.source[:e.Start-7] + e.New + c.source[e.End-7:]
			if c.source[e.Start-7:e.End-7] != e.Old {
				t.Errorf("%s: Old is %q", c.source, e.Old)
			}
		}
		if c.want == "" && err == nil && strings.Contains(c.source, "u00e9") {
			// Re-spelling the byte that stays is right as well.
			value, _, err := Decode(got)
			if err != nil || value != "a\xc3xb" {
				t.Errorf("%s became %s", c.source, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%s[%d:%d] = %q gives %s (%v), want %s", c.source, c.from, c.to, c.text, got, err, c.want)
		}
	}
}

// spelled draws a literal in any spelling, with its value.
func spelled(r *rapid.T) (source, value string) {
	if rapid.Bool().Draw(r, "raw") {
		body := rapid.StringMatching("[a-z/\n\r\"\\\\é%{}]{0,12}").Draw(r, "body")
		return "`" + body + "`", strings.ReplaceAll(body, "\r", "")
	}
	var b strings.Builder
	for _, c := range rapid.SliceOfN(rapid.IntRange(0, 7), 0, 12).Draw(r, "kinds") {
		b.WriteString([]string{"/", "v1", `\x2f`, `\u002f`, `\057`, `\n`, "é", `\u00e9`}[c])
	}
	value, err := strconv.Unquote(`"` + b.String() + `"`)
	if err != nil {
		r.Fatal(err)
	}
	return `"` + b.String() + `"`, value
}

// TestSpliceProperty: what comes out decodes to the spliced value, and the spelling
// outside of the range is kept.
func TestSpliceProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		source, value := spelled(r)
		from := rapid.IntRange(0, len(value)).Draw(r, "from")
		to := rapid.IntRange(from, len(value)).Draw(r, "to")
		text := rapid.StringMatching("[a-z/2\"`]{0,6}").Draw(r, "text")
		got, at, err := Decode(source)
		if err != nil || got != value {
			r.Fatalf("Decode(%s) = %q, %v, want %q", source, got, err, value)
		}
		checkSplice(r, source, value, at, from, to, text)
	})
}

// TestSpliceElements: the elements that come out are literals that spell the parts of the
// spliced value.
func TestSpliceElements(t *testing.T) { rapid.Check(t, checkSpliceElements) }

func checkSpliceElements(r *rapid.T) {
	source, value := spelled(r)
	from := rapid.IntRange(0, len(value)).Draw(r, "from")
	to := rapid.IntRange(from, len(value)).Draw(r, "to")
	text := rapid.StringMatching("[a-z/2\"`]{0,6}").Draw(r, "text")
	lit := &Literal{Start: 7, Source: source}
	e, err := lit.SpliceElements(from, to, text, '/')
	if err != nil {
		if _, err := lit.Splice(from, to, text); err == nil {
			r.Fatalf("SpliceElements(%s, %d, %d, %q) fails where Splice does not", source, from, to, text)
		}
		return
	}
	if e.Start != 7 || e.End != 7+len(source) || e.Old != source {
		r.Fatalf("%s: %+v is not the whole literal", source, e)
	}
	if !utf8.ValidString(e.New) {
		return // a range that cuts through a character
	}
	list, err := parser.ParseExpr("[]string{" + e.New + "}")
	if err != nil {
		r.Fatalf("%s[%d:%d] = %q gives %s: %v", source, from, to, text, e.New, err)
	}
	var parts []string
	for _, elt := range list.(*ast.CompositeLit).Elts {
		part, _, err := Decode(elt.(*ast.BasicLit).Value)
		if err != nil {
			r.Fatal(err)
		}
		parts = append(parts, part)
	}
	if got, want := strings.Join(parts, "/"), value[:from]+text+value[to:]; got != want {
		r.Fatalf("%s[%d:%d] = %q gives %s, want the parts of %q", source, from, to, text, e.New, want)
	}
}

func TestTemplate(t *testing.T) {
	a := FromLiteral(&Literal{File: "a", Source: `"https://h/v1"`})
	b := FromLiteral(&Literal{File: "b", Source: `"/locations"`})
	u := Concat(a, b, Unknown("why"), Text("x\x00"))
	if got, want := u.Flat(), "https://h/v1/locations\x00x\xef"; got != want {
		t.Errorf("Flat() = %q, want %q", got, want)
	}
	if _, ok := u.Known(); ok {
		t.Error("a template with a hole is known")
	}
	places, ok := u.Locate(11, 13)
	if !ok || len(places) != 2 || places[0] != (Place{a[0].Lit, 11, 12}) || places[1] != (Place{b[0].Lit, 0, 1}) {
		t.Errorf("Locate over two literals = %v, %v", places, ok)
	}
	if places, ok := u.Locate(13, 13); !ok || places[0] != (Place{b[0].Lit, 1, 1}) {
		t.Errorf("Locate of an insertion = %v, %v", places, ok)
	}
	for _, r := range [][2]int{{22, 23}, {20, 23}, {23, 24}, {40, 41}} {
		if places, ok := u.Locate(r[0], r[1]); ok {
			t.Errorf("Locate(%d, %d) = %v", r[0], r[1], places)
		}
	}
	if got := Concat(u.Slice(0, 5), u.Slice(5, u.Len())); got.Key() != u.Key() {
		t.Errorf("cut and joined again it is %v", got)
	}
	if long := Concat(Text(strings.Repeat("a", MaxLen)), Text("b")); len(long) != 2 || long[1].Gap == nil || !long[1].Gap.Complex {
		t.Error("a text beyond the bound is kept whole")
	}
}
