package strval

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// values turns the arguments of an example into values.
func values(args []string) []Value {
	var out []Value
	for i := 0; i < len(args); i++ {
		if args[i] != "[" {
			out = append(out, TextValue(Text(args[i])))
			continue
		}
		list := ListValue()
		for i++; args[i] != "]"; i++ {
			list.List = append(list.List, TextValue(Text(args[i])))
		}
		out = append(out, list)
	}
	return out
}

// show is the form in which an example writes a result.
func show(v Value) string {
	switch v.Kind {
	case KindList:
		var parts []string
		for _, e := range v.List {
			parts = append(parts, show(e))
		}
		return strings.Join(parts, "|")
	case KindRecord:
		if u, ok := v.Fields["URL"]; ok {
			return show(u)
		}
		return show(TextValue(URLString(v)))
	}
	return strings.ReplaceAll(v.Text.Flat(), string(Hole), "?")
}

func TestExamples(t *testing.T) {
	for _, f := range funcs {
		if got := show(f.Eval(values(f.Example.Args))); got != f.Example.Want {
			t.Errorf("%s%q = %q, want %q", f.Name, f.Example.Args, got, f.Example.Want)
		}
		// No row may fail on what it does not expect.
		f.Eval(nil)
		f.Eval([]Value{UnknownValue("x"), UnknownValue("x"), UnknownValue("x"), UnknownValue("x")})
		f.Eval([]Value{ListValue(), ListValue(), ListValue()})
	}
	if len(table) != len(funcs) {
		t.Errorf("%d rows, %d names", len(funcs), len(table))
	}
}

// TestSameAsGo holds the rows against the functions that they stand for.
func TestSameAsGo(t *testing.T) {
	word := rapid.StringMatching(`[/a.%{}:x?#-]{0,8}`)
	base := rapid.SampledFrom([]string{"https://h", "https://h/", "https://h/v1", "https://h/v1/", "https://h/v1/a?q=1", "/v1/a", "https://h/v1//b/"})
	seg := rapid.StringMatching(`[/a.x-]{0,6}`)
	cases := map[string]func(*rapid.T) (args []string, want string){
		"strings.Trim": func(r *rapid.T) ([]string, string) {
			a, b := word.Draw(r, "a"), word.Draw(r, "b")
			return []string{a, b}, strings.Trim(a, b)
		},
		"strings.TrimSuffix": func(r *rapid.T) ([]string, string) {
			a, b := word.Draw(r, "a"), word.Draw(r, "b")
			return []string{a + b, b}, strings.TrimSuffix(a+b, b)
		},
		"strings.TrimPrefix": func(r *rapid.T) ([]string, string) {
			a, b := word.Draw(r, "a"), word.Draw(r, "b")
			return []string{a + b, a}, strings.TrimPrefix(a+b, a)
		},
		"strings.ReplaceAll": func(r *rapid.T) ([]string, string) {
			a, b, c := word.Draw(r, "a"), rapid.StringMatching(`[/a.x]{1,2}`).Draw(r, "b"), word.Draw(r, "c")
			return []string{a, b, c}, strings.ReplaceAll(a, b, c)
		},
		"path.Join": func(r *rapid.T) ([]string, string) {
			a, b, c := seg.Draw(r, "a"), seg.Draw(r, "b"), seg.Draw(r, "c")
			return []string{"[", a, b, c, "]"}, path.Join(a, b, c)
		},
		"path.Clean": func(r *rapid.T) ([]string, string) {
			a := rapid.StringMatching(`[/a.x-]{1,9}`).Draw(r, "a")
			return []string{a}, path.Clean(a)
		},
		"net/url.PathEscape": func(r *rapid.T) ([]string, string) {
			a := word.Draw(r, "a")
			return []string{a}, url.PathEscape(a)
		},
		"net/url.JoinPath": func(r *rapid.T) ([]string, string) {
			a, b, c := base.Draw(r, "a"), rapid.StringMatching(`[a-c]{1,3}/?`).Draw(r, "b"), rapid.StringMatching(`/?[a-c]{1,3}/?`).Draw(r, "c")
			want, err := url.JoinPath(a, b, c)
			if err != nil {
				r.Skip(err)
			}
			return []string{a, "[", b, c, "]"}, want
		},
		"(*net/url.URL).Parse": func(r *rapid.T) ([]string, string) {
			a, b := base.Draw(r, "a"), rapid.StringMatching(`/?([a-c]{1,2}/|\.\./|\./){0,2}[a-c]{0,2}(\?q)?`).Draw(r, "b")
			u, err := url.Parse(a)
			if err != nil {
				r.Skip(err)
			}
			ref, err := u.Parse(b)
			if err != nil {
				r.Skip(err)
			}
			return []string{a, b}, ref.String()
		},
		"fmt.Sprintf": func(r *rapid.T) ([]string, string) {
			f := rapid.StringMatching(`(/|a|%s|%v|%%|%\[1\]s|%\[2\]s|%5s|%-4s|%q){0,6}`).Draw(r, "f")
			a, b := word.Draw(r, "a"), word.Draw(r, "b")
			want := fmt.Sprintf(f, a, b)
			if strings.Contains(want, "%!") {
				r.Skip("operands missing or left")
			}
			return []string{f, "[", a, b, "]"}, want
		},
	}
	for name, draw := range cases {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				args, want := draw(r)
				v := values(args)
				if strings.HasPrefix(name, "(*net/url.URL)") {
					v[0] = ParseURL(v[0].Text)
				}
				out := Lookup(name).Eval(v)
				got := out.Text.Flat()
				if out.Kind == KindRecord {
					got = URLString(out).Flat()
				}
				if strings.IndexByte(got, Hole) < 0 && got != want {
					r.Fatalf("%s%q = %q, want %q", name, args, got, want)
				}
			})
		})
	}
}

// TestOrigins checks that every byte that comes out of a function knows the byte of
// the literal that it came from.
func TestOrigins(t *testing.T) {
	lit := func(s string) Template {
		return FromLiteral(&Literal{File: s, Source: `"` + s + `"`})
	}
	for name, args := range map[string][]Value{
		"fmt.Sprintf":                     {TextValue(lit("%s/licenses/%[2]s?x=%%")), ListValue(TextValue(lit("https://h/v1")), TextValue(lit("42")))},
		"strings.Join":                    {ListValue(TextValue(lit("a")), TextValue(lit("bc"))), TextValue(lit("//"))},
		"strings.TrimSuffix":              {TextValue(lit("https://h/v1/")), TextValue(lit("/"))},
		"strings.ReplaceAll":              {TextValue(lit("/l/{id}/x/{id}")), TextValue(lit("{id}")), TextValue(lit("77"))},
		"path.Join":                       {ListValue(TextValue(lit("/a/./b/")), TextValue(lit("../c")))},
		"net/url.JoinPath":                {TextValue(lit("https://h/v1/")), ListValue(TextValue(lit("a/../b")), TextValue(lit("c/")))},
		"(*net/url.URL).Parse":            {ParseURL(lit("https://h/v1/x?y")), TextValue(lit("../z"))},
		"strings.ToLower":                 {TextValue(lit("abc/def"))},
		"net/url.PathEscape":              {TextValue(lit("abc"))},
		"net/http.NewRequest":             {TextValue(lit("GET")), TextValue(lit("https://h/a"))},
		"(*net/url.URL).JoinPath":         {ParseURL(lit("https://h/v1")), ListValue(TextValue(lit("a")))},
		"(*strings.Replacer).Replace":     {ListValue(TextValue(lit(":a")), TextValue(lit("1"))), TextValue(lit("/x/:a/y"))},
		"(*net/url.URL).RequestURI":       {ParseURL(lit("https://h/v1?q"))},
		"(*net/url.URL).EscapedPath":      {ParseURL(lit("https://h/v1?q"))},
		"net/http/httptest.NewRequest":    {TextValue(lit("GET")), TextValue(lit("/a"))},
		"(*net/url.URL).ResolveReference": {ParseURL(lit("https://h/v1/")), ParseURL(lit("a?b"))},
	} {
		out := Lookup(name).Eval(args)
		if u, ok := out.Fields["URL"]; ok {
			out = u
		}
		tmpl := out.Text
		if out.Kind == KindRecord {
			tmpl = URLString(out)
		}
		if tmpl.Len() == 0 {
			t.Errorf("%s: nothing came out", name)
		}
		for _, p := range tmpl {
			if p.Lit == nil {
				continue // a slash or a question mark that the function itself writes
			}
			value, _, err := Decode(p.Lit.Source)
			if err != nil || value[p.At:p.At+len(p.Text)] != p.Text {
				t.Errorf("%s: %q does not stand at %d of %s", name, p.Text, p.At, p.Lit.Source)
			}
		}
	}
}
