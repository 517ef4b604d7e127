package strval

import (
	"net/url"
	"strconv"
	"strings"
)

// A Func is what is known about one string function of the standard library.
type Func struct {
	Name    string // full Go name, receiver first: "(*net/url.URL).Parse"
	Eval    func(args []Value) Value
	Example Example
}

// An Example is one call with plain strings; a test runs it. A "[" and a "]"
// argument enclose a list.
type Example struct {
	Args []string
	Want string // the result as text; a hole is "?"; of a list, the elements joined with "|"
}

// Lookup returns the row of a function, or nil. The receiver of a method and every
// variadic operand are arguments; a variadic call passes one list as its last
// argument.
func Lookup(name string) *Func { return table[name] }

var table = func() map[string]*Func {
	m := make(map[string]*Func, len(funcs))
	for i := range funcs {
		m[funcs[i].Name] = &funcs[i]
	}
	return m
}()

func ex(want string, args ...string) Example { return Example{Args: args, Want: want} }

var funcs = []Func{
	{"fmt.Sprintf", func(a []Value) Value { return TextValue(sprintf(text(a, 0), rest(a, 1))) }, ex("/a/x", "/a/%s", "[", "x", "]")},
	{"fmt.Sprint", func(a []Value) Value { return concat(rest(a, 0)) }, ex("ab", "[", "a", "b", "]")},
	{"fmt.Sprintln", func(a []Value) Value {
		return TextValue(Concat(join(rest(a, 0), Text(" ")), Text("\n")))
	}, ex("a b\n", "[", "a", "b", "]")},
	{"fmt.Append", func(a []Value) Value { return TextValue(Concat(text(a, 0), concat(rest(a, 1)).Text)) }, ex("xab", "x", "[", "a", "b", "]")},
	{"fmt.Appendf", func(a []Value) Value { return TextValue(Concat(text(a, 0), sprintf(text(a, 1), rest(a, 2)))) }, ex("x/a", "x", "/%s", "[", "a", "]")},

	{"strings.Join", func(a []Value) Value {
		if len(a) < 2 || a[0].Kind != KindList {
			return UnknownValue("the joined list is not known")
		}
		return TextValue(join(a[0].List, text(a, 1)))
	}, ex("a/b", "[", "a", "b", "]", "/")},
	{"strings.Replace", func(a []Value) Value {
		n := -1
		if s, ok := text(a, 3).Known(); ok {
			if v, err := strconv.Atoi(s); err == nil {
				n = v
			}
		}
		return TextValue(replace(text(a, 0), []Template{text(a, 1), text(a, 2)}, n))
	}, ex("/l/7/{id}", "/l/{id}/{id}", "{id}", "7", "1")},
	{"strings.ReplaceAll", func(a []Value) Value {
		return TextValue(replace(text(a, 0), []Template{text(a, 1), text(a, 2)}, -1))
	}, ex("/l/7/7", "/l/:id/:id", ":id", "7")},
	{"strings.NewReplacer", func(a []Value) Value { return ListValue(rest(a, 0)...) }, ex("{id}|7", "[", "{id}", "7", "]")},
	{"(*strings.Replacer).Replace", func(a []Value) Value {
		if len(a) < 2 || a[0].Kind != KindList {
			return TextValue(text(a, 1)) // an unknown replacer fills placeholders, as far as anyone can tell
		}
		pairs := make([]Template, 0, len(a[0].List))
		for _, v := range a[0].List {
			pairs = append(pairs, v.Template())
		}
		return TextValue(replace(text(a, 1), pairs, -1))
	}, ex("/7/8", "[", "{a}", "7", "{b}", "8", "]", "/{a}/{b}")},
	{"strings.Trim", func(a []Value) Value { return TextValue(trim(text(a, 0), text(a, 1), true, true)) }, ex("a/b", "/a/b/", "/")},
	{"strings.TrimLeft", func(a []Value) Value { return TextValue(trim(text(a, 0), text(a, 1), true, false)) }, ex("a/", "//a/", "/")},
	{"strings.TrimRight", func(a []Value) Value { return TextValue(trim(text(a, 0), text(a, 1), false, true)) }, ex("/a", "/a//", "/")},
	{"strings.TrimSpace", func(a []Value) Value { return TextValue(trim(text(a, 0), Text(spaces), true, true)) }, ex("a b", " a b\n")},
	{"strings.TrimPrefix", func(a []Value) Value {
		t, cut := text(a, 0), text(a, 1)
		if p, ok := cut.Known(); ok && strings.HasPrefix(t.Flat(), p) {
			return TextValue(t.Slice(len(p), t.Len()))
		}
		return TextValue(t)
	}, ex("b", "/a/b", "/a/")},
	{"strings.TrimSuffix", func(a []Value) Value {
		t, cut := text(a, 0), text(a, 1)
		if s, ok := cut.Known(); ok && strings.HasSuffix(t.Flat(), s) {
			return TextValue(t.Slice(0, t.Len()-len(s)))
		}
		return TextValue(t)
	}, ex("/a", "/a/", "/")},
	{"strings.ToLower", func(a []Value) Value { return TextValue(mapText(text(a, 0), strings.ToLower)) }, ex("/ab", "/Ab")},
	{"strings.ToUpper", func(a []Value) Value { return TextValue(mapText(text(a, 0), strings.ToUpper)) }, ex("GET", "get")},
	{"strings.Clone", func(a []Value) Value { return TextValue(text(a, 0)) }, ex("a", "a")},
	{"strings.Split", func(a []Value) Value {
		sep, ok := text(a, 1).Known()
		if !ok || sep == "" {
			return UnknownValue("the separator of a split is not known")
		}
		t := text(a, 0)
		var list []Value
		for flat, at := t.Flat(), 0; ; {
			i := strings.Index(flat[at:], sep)
			if i < 0 {
				return ListValue(append(list, TextValue(t.Slice(at, len(flat))))...)
			}
			list = append(list, TextValue(t.Slice(at, at+i)))
			at += i + len(sep)
		}
	}, ex("a|b", "a/b", "/")},

	// A builder is the text that was written to it.
	{"(*strings.Builder).String", func(a []Value) Value { return TextValue(text(a, 0)) }, ex("/a", "/a")},
	{"(*bytes.Buffer).String", func(a []Value) Value { return TextValue(text(a, 0)) }, ex("/a", "/a")},
	{"(*bytes.Buffer).Bytes", func(a []Value) Value { return TextValue(text(a, 0)) }, ex("/a", "/a")},

	{"strconv.Itoa", func(a []Value) Value { return TextValue(text(a, 0)) }, ex("1", "1")},
	{"strconv.FormatInt", func(a []Value) Value { return TextValue(text(a, 0)) }, ex("1", "1", "10")},

	{"strconv.AppendInt", func(a []Value) Value { return TextValue(Concat(text(a, 0), text(a, 1))) }, ex("/a/1", "/a/", "1", "10")},
	{"strconv.AppendUint", func(a []Value) Value { return TextValue(Concat(text(a, 0), text(a, 1))) }, ex("/a/1", "/a/", "1", "10")},

	{"path.Join", func(a []Value) Value {
		var elems []Value
		for _, e := range rest(a, 0) {
			if e.Kind != KindText || len(e.Text) > 0 {
				elems = append(elems, e)
			}
		}
		if len(elems) == 0 {
			return TextValue(nil)
		}
		return TextValue(clean(join(elems, Text("/")), cleanPath))
	}, ex("/a/b", "[", "/a/", "", "b", "]")},
	{"path.Clean", func(a []Value) Value {
		if text(a, 0).Len() == 0 {
			return TextValue(Text("."))
		}
		return TextValue(clean(text(a, 0), cleanPath))
	}, ex("/b", "/a/../b/")},

	{"net/url.PathEscape", func(a []Value) Value { return TextValue(mapText(text(a, 0), url.PathEscape)) }, ex("a%2Fb", "a/b")},
	{"net/url.QueryEscape", func(a []Value) Value { return TextValue(mapText(text(a, 0), url.QueryEscape)) }, ex("a%2Fb", "a/b")},
	{"net/url.JoinPath", func(a []Value) Value { return TextValue(URLString(joinPath(at(a, 0), templates(rest(a, 1))))) }, ex("https://h/v1/a/b", "https://h/v1/", "[", "a", "b", "]")},
	{"net/url.Parse", func(a []Value) Value { return ParseURL(text(a, 0)) }, ex("https://h/a?b#c", "https://h/a?b#c")},
	{"net/url.ParseRequestURI", func(a []Value) Value { return ParseURL(text(a, 0)) }, ex("https://h/a", "https://h/a")},
	{"(*net/url.URL).Parse", func(a []Value) Value { return resolve(at(a, 0), ParseURL(text(a, 1))) }, ex("https://h/v1/b", "https://h/v1/a", "b")},
	{"(*net/url.URL).ResolveReference", func(a []Value) Value { return resolve(at(a, 0), at(a, 1)) }, ex("https://h/b", "https://h/v1/a", "/b")},
	{"(*net/url.URL).JoinPath", func(a []Value) Value { return joinPath(at(a, 0), templates(rest(a, 1))) }, ex("https://h/v1/a/", "https://h/v1", "[", "a/", "]")},
	{"(*net/url.URL).String", func(a []Value) Value { return TextValue(URLString(at(a, 0))) }, ex("https://h/a", "https://h/a")},
	{"(*net/url.URL).EscapedPath", func(a []Value) Value { return asURL(at(a, 0)).Field("Path") }, ex("/a", "https://h/a?b")},
	{"(*net/url.URL).RequestURI", func(a []Value) Value {
		u := asURL(at(a, 0))
		return TextValue(URLString(Value{Kind: KindRecord, Fields: map[string]Value{"Path": u.Field("Path"), "RawQuery": u.Field("RawQuery")}}))
	}, ex("/a?b", "https://h/a?b#c")},
	{"(*net/url.URL).Redacted", func(a []Value) Value { return TextValue(URLString(at(a, 0))) }, ex("https://h/a", "https://h/a")},

	{"net/http.NewRequest", func(a []Value) Value { return request(at(a, 0), at(a, 1)) }, ex("https://h/a", "GET", "https://h/a", "")},
	{"net/http.NewRequestWithContext", func(a []Value) Value { return request(at(a, 1), at(a, 2)) }, ex("https://h/a", "", "GET", "https://h/a", "")},
	{"net/http/httptest.NewRequest", func(a []Value) Value { return request(at(a, 0), at(a, 1)) }, ex("/a", "GET", "/a", "")},
	{"net/http/httptest.NewRequestWithContext", func(a []Value) Value { return request(at(a, 1), at(a, 2)) }, ex("/a", "", "GET", "/a", "")},

	// How HTTP libraries join the base of a client or router with a path.
	{"join.Concat", func(a []Value) Value { return TextValue(Concat(text(a, 0), text(a, 1))) }, ex("/a/b", "/a", "/b")},
	{"join.Slash", func(a []Value) Value { return TextValue(joinSlash(text(a, 0), text(a, 1))) }, ex("https://h/a/b", "https://h/a/", "/b")},
	{"join.Resolve", func(a []Value) Value {
		return TextValue(URLString(resolve(ParseURL(text(a, 0)), ParseURL(text(a, 1)))))
	}, ex("https://h/b", "https://h/a", "/b")},
	{"join.Pattern", func(a []Value) Value {
		pattern := text(a, 1)
		path := strings.IndexByte(pattern.Flat(), '/')
		if path < 0 || text(a, 0).Len() == 0 {
			return TextValue(pattern)
		}
		return TextValue(Concat(pattern.Slice(0, path), joinSlash(text(a, 0), pattern.Slice(path, pattern.Len()))))
	}, ex("GET /a/b", "/a", "GET /b")},
	{"join.OnHost", func(a []Value) Value {
		return TextValue(URLString(ParseURL(text(a, 0)).With("Path", TextValue(text(a, 1)))))
	}, ex("https://h/b", "https://h/a", "/b")},
	{"join.ForPath", func(a []Value) Value {
		u := ParseURL(text(a, 0))
		scheme := u.Field("Scheme")
		if scheme.Template().Len() == 0 {
			scheme = TextValue(Text("https"))
		}
		return TextValue(URLString(u.With("Scheme", scheme).With("Host", TextValue(text(a, 1)))))
	}, ex("https://h/a", "/a", "h")},
	{"join.Params", func(a []Value) Value {
		t := text(a, 0)
		if list := at(a, 1); list.Kind == KindList {
			var pairs []Template
			for i := 0; i+1 < len(list.List); i += 2 {
				// A placeholder says as much as a text that is not known.
				if with := list.List[i+1].Template(); known(with) {
					pairs = append(pairs, list.List[i].Template(), with)
				}
			}
			t = replace(t, pairs, -1)
		}
		return TextValue(t)
	}, ex("/a/7/{b}", "/a/{id}/{b}", "[", "{id}", "7", "]")},
	{"method.Or", func(a []Value) Value {
		if text(a, 0).Len() > 0 {
			return at(a, 0)
		}
		return at(a, 1)
	}, ex("PUT", "PUT", "POST")},

	// A regular expression counts as the text that it matches, with a hole for everything
	// that is not one text.
	{"regexp.MustCompile", func(a []Value) Value { return TextValue(pattern(text(a, 0))) }, ex("/a/?/b.c", `^/a/([^/]+)/b\.c$`)},
	{"regexp.Tilde", func(a []Value) Value { // of httpmock
		if t := text(a, 0); strings.HasPrefix(t.Flat(), "=~") {
			return TextValue(pattern(t.Slice(2, t.Len())))
		}
		return at(a, 0)
	}, ex("/a/?", `=~^/a/\d+`)},
	{"(*text/template.Template).Parse", func(a []Value) Value { return TextValue(text(a, 1)) }, ex("{{.A}}/b", "", "{{.A}}/b")},
	{"(*html/template.Template).Parse", func(a []Value) Value { return TextValue(text(a, 1)) }, ex("{{.A}}/b", "", "{{.A}}/b")},
	{"regexp.Compile", func(a []Value) Value { return TextValue(pattern(text(a, 0))) }, ex("/a/?", `^/a/\d+`)},

	// What a program is told at run time is not in the source.
	{"os.Getenv", func([]Value) Value { return UnknownValue("it is read from the environment") }, ex("?", "HOME")},
}

func request(method, rawURL Value) Value {
	return Value{Kind: KindRecord, Fields: map[string]Value{"Method": method, "URL": ParseURL(rawURL.Template())}}
}

func asURL(v Value) Value {
	if v.Kind == KindText {
		return ParseURL(v.Text)
	}
	return v
}

func at(args []Value, i int) Value {
	if i >= len(args) {
		return UnknownValue("an argument is missing")
	}
	return args[i]
}

func text(args []Value, i int) Template { return at(args, i).Template() }

// rest returns the elements of the list that is argument i, or a hole if the list
// is not known.
func rest(args []Value, i int) []Value {
	switch v := at(args, i); {
	case i >= len(args):
		return nil
	case v.Kind == KindList:
		return v.List
	default:
		return []Value{UnknownValue("the arguments are not known")}
	}
}

func known(t Template) bool {
	_, ok := t.Known()
	return ok
}

func templates(vs []Value) []Template {
	ts := make([]Template, len(vs))
	for i, v := range vs {
		ts[i] = v.Template()
	}
	return ts
}

func concat(vs []Value) Value { return TextValue(Concat(templates(vs)...)) }

func join(vs []Value, sep Template) Template {
	var ts []Template
	for i, v := range vs {
		if i > 0 {
			ts = append(ts, sep)
		}
		ts = append(ts, v.Template())
	}
	return Concat(ts...)
}

// replace replaces as a strings.Replacer of (old, new) pairs does, at most n times
// if n is not negative. Text inside holes is not seen; a pair whose old text is not
// known replaces nothing, for it fills a placeholder that any value fits.
func replace(t Template, pairs []Template, n int) Template {
	for p := 0; p+1 < len(pairs); p += 2 {
		if old, ok := pairs[p].Known(); ok && old == "" && n != 0 {
			return Unknown("an empty text is replaced in it")
		}
	}
	flat := t.Flat()
	var out []Template
	from := 0
next:
	for i := 0; i < len(flat) && n != 0; {
		for p := 0; p+1 < len(pairs); p += 2 {
			old, ok := pairs[p].Known()
			if !ok || !strings.HasPrefix(flat[i:], old) {
				continue
			}
			out = append(out, t.Slice(from, i), pairs[p+1])
			i += len(old)
			from = i
			n--
			continue next
		}
		i++
	}
	return Concat(append(out, t.Slice(from, len(flat)))...)
}

// spaces are the characters of unicode.IsSpace.
const spaces = " \t\r\n\v\f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"

func trim(t, cutset Template, left, right bool) Template {
	set, ok := cutset.Known()
	if !ok {
		return t
	}
	set = strings.ReplaceAll(set, string(Hole), "")
	flat := t.Flat()
	kept := flat
	if left {
		kept = strings.TrimLeft(kept, set)
	}
	from := len(flat) - len(kept)
	if right {
		kept = strings.TrimRight(kept, set)
	}
	return t.Slice(from, from+len(kept))
}

// mapText rewrites every text part byte by byte; bytes that stay keep their origin.
func mapText(t Template, f func(string) string) Template {
	var out []Template
	for i, p := range t {
		if p.Gap != nil {
			out = append(out, t[i:i+1])
			continue
		}
		if f(p.Text) == p.Text {
			out = append(out, t[i:i+1])
			continue
		}
		for k, r := range p.Text {
			c := string(r)
			if c == "\ufffd" {
				c = p.Text[k : k+1]
			}
			if m := f(c); m != c {
				out = append(out, Text(m))
			} else {
				out = append(out, Template{{Text: c, Lit: p.Lit, At: p.At + k}})
			}
		}
	}
	return Concat(out...)
}

// joinSlash joins with one slash. A path that is a whole URL stands alone, and so does
// one without a base.
func joinSlash(base, path Template) Template {
	p := path.Flat()
	if base.Len() == 0 || strings.Contains(p, "://") {
		return path
	}
	if p == "" {
		return base
	}
	b := base.Flat()
	switch slash, hole := strings.HasSuffix(b, "/"), p[0] == Hole; {
	case slash && p[0] == '/':
		return Concat(base.Slice(0, len(b)-1), path)
	case slash || p[0] == '/' || hole:
		return Concat(base, path)
	}
	return Concat(base, Text("/"), path)
}
