package grammar

import (
	"fmt"
	"strconv"
	"strings"
)

// A fact is a piece of a URL that is to be stored.
type fact struct {
	old, new string
	role     role
	ours     bool
}

func (x *scope) literal(f fact) text { return x.lit(f.old, f.new, f.role, f.ours) }

// around returns the literal of a text with more text around it, such as JSON.
func (x *scope) around(f fact, before, after string) text {
	t := x.lit(before+f.old+after, before+f.new+after, f.role, f.ours)
	t.old, t.new = f.old, f.new
	return t
}

// A storeRow is a place where a piece of a URL is written down.
type storeRow struct {
	id, says string
	emit     func(x *scope, f fact) text
}

// stored writes a piece of a URL down and returns the expression that reads it.
func (x *scope) stored(f fact) text {
	x.choices.begin()
	defer x.choices.end()
	return stores[x.pickRow("store", len(stores), func(i int) string { return stores[i].id })].emit(x, f)
}

var stores = []storeRow{
	{"inline", "where it is used", func(x *scope, f fact) text { return x.literal(f) }},
	{"local-constant", "in a constant of the function", func(x *scope, f fact) text {
		l, n := x.literal(f), x.name("k")
		x.do("const %s = %s", n, l.src)
		return l.at("%s", n)
	}},
	{"constant", "in a constant", func(x *scope, f fact) text { return x.named(f, "const %s = %s") }},
	{"variable", "in a variable", func(x *scope, f fact) text { return x.named(f, "var %s = %s") }},
	{"two-constants", "in a constant made of two", func(x *scope, f fact) text {
		cut := strings.LastIndex(f.old, "/")
		if cut <= 0 || f.old[:cut] != f.new[:min(cut, len(f.new))] {
			cut = 1
			if f.new[:1] != f.old[:1] {
				l := x.literal(f)
				return l.at("%s", x.helper("text", "const %s = "+l.src))
			}
		}
		head, tail := fact{f.old[:cut], f.new[:cut], f.role, f.ours}, fact{f.old[cut:], f.new[cut:], f.role, f.ours}
		a, b := x.literal(head), x.literal(tail)
		a.lits[0].free() // what changes between the two may go to either
		p := x.place()
		n, m := p.global("head"), p.global("whole")
		p.decl("const %s = %s\n\nconst %s = %s + %s", n, a.src, m, n, b.src)
		return text{x.ref(p, m), f.old, f.new, append(a.lits, b.lits...), f.role, f.ours}
	}},
	{"typed-constant", "in a constant of a type of the program", func(x *scope, f fact) text {
		l := x.literal(f)
		p := x.place()
		t, n := p.global("piece"), p.global("text")
		p.decl("type %s string\n\nconst %s %s = %s", t, n, t, l.src)
		return l.at("string(%s)", x.ref(p, n))
	}},
	{"enumeration", "in the String method of an enumeration", func(x *scope, f fact) text {
		l := x.literal(f)
		p := x.place()
		t, n, m := p.global("kind"), p.global("first"), p.global("second")
		p.decl("type %s int\n\nconst (\n\t%s %s = iota\n\t%s\n)\n\nfunc (k %s) String() string {\n\tswitch k {\n\tcase %s:\n\t\treturn \"first\"\n\tcase %s:\n\t\treturn %s\n\t}\n\treturn \"\"\n}", t, n, t, m, t, n, m, l.src)
		return l.at("%s.String()", x.ref(p, m))
	}},
	{"array", "in an array indexed by constants", func(x *scope, f fact) text {
		l := x.literal(f)
		p := x.place()
		n, a := p.global("index"), p.global("texts")
		p.decl("const %s = iota + 1\n\nvar %s = [...]string{0: \"\", %s: %s}", n, a, n, l.src)
		return l.at("%s[%s]", x.ref(p, a), x.ref(p, n))
	}},
	{"map", "in a map", func(x *scope, f fact) text {
		l := x.literal(f)
		return l.at("%s[\"b\"]", x.helper("texts", "var %s = map[string]string{\"a\": \"none\", \"b\": "+l.src+"}"))
	}},
	{"field", "in a field of a variable", func(x *scope, f fact) text {
		l := x.literal(f)
		return l.at("%s.Text", x.helper("profile", "var %s = struct{ Name, Text string }{\"main\", "+l.src+"}"))
	}},
	{"function", "in a function that returns it", func(x *scope, f fact) text {
		l := x.literal(f)
		return l.at("%s()", x.helper("text", "func %s() string { return "+l.src+" }"))
	}},
	{"method", "in a method of a type without fields", func(x *scope, f fact) text {
		l := x.literal(f)
		p := x.place()
		t := p.global("source")
		p.decl("type %s struct{}\n\nfunc (%s) Text() string { return %s }", t, t, l.src)
		return l.at("%s{}.Text()", x.ref(p, t))
	}},
	{"switch", "in one case of a function", func(x *scope, f fact) text {
		l := x.literal(f)
		return l.at("%s(\"b\")", x.helper("textFor", "func %s(name string) string {\n\tswitch name {\n\tcase \"a\":\n\t\treturn \"none\"\n\tcase \"b\":\n\t\treturn "+l.src+"\n\tdefault:\n\t\treturn \"\"\n\t}\n}"))
	}},
	{"init", "assigned by init", func(x *scope, f fact) text {
		l := x.literal(f)
		p := x.place()
		n := p.global("text")
		p.decl("var %s string\n\nfunc init() { %s = %s }", n, n, l.src)
		return l.at("%s", x.ref(p, n))
	}},
	{"initializer", "in the function literal that initialises a variable", func(x *scope, f fact) text {
		l := x.literal(f)
		return l.at("%s", x.helper("text", "var %s = func() string { return "+l.src+" }()"))
	}},
	{"environment-default", "as the default of an environment variable", func(x *scope, f fact) text {
		l := x.literal(f)
		return l.at("%s", x.helper("text", "var %s = cmp.Or(os.Getenv(\"TRUTH_NOT_SET\"), "+l.src+")"))
	}},
	{"environment-branch", "as the default if an environment variable is empty", func(x *scope, f fact) text {
		l := x.literal(f)
		return l.at("%s()", x.helper("text", "func %s() string {\n\tif v := os.Getenv(\"TRUTH_NOT_SET\"); v != \"\" {\n\t\treturn v\n\t}\n\treturn "+l.src+"\n}"))
	}},
	{"flag", "as the default of a flag", func(x *scope, f fact) text {
		l := x.literal(f)
		return l.at("*%s", x.helper("option", "var %s = flag.String("+strconv.Quote(x.flagName())+", "+l.src+", \"\")"))
	}},
	{"tag", "as a default in a struct tag", func(x *scope, f fact) text {
		if strings.ContainsAny(f.old, "`\"") {
			return x.literal(f)
		}
		l := x.around(f, `default:"`, `"`)
		l.lits[0].quote = 1
		p := x.place()
		t, n := p.global("options"), p.global("tagged")
		p.decl("type %s struct {\n\tText string %s\n}\n\nfunc %s() string {\n\tfield, _ := reflect.TypeFor[%s]().FieldByName(\"Text\")\n\treturn field.Tag.Get(\"default\")\n}", t, l.src, n, t)
		return l.at("%s()", x.ref(p, n))
	}},
	{"json", "in a JSON text", func(x *scope, f fact) text {
		l := x.around(f, `{"name": "main", "text": "`, `"}`)
		p := x.place()
		n := p.global("decoded")
		p.decl("func %s() string {\n\tvar v struct{ Text string }\n\tjson.Unmarshal([]byte(%s), &v)\n\treturn v.Text\n}", n, l.src)
		return l.at("%s()", x.ref(p, n))
	}},
	{"escaped-json", "in a JSON text with escaped slashes", func(x *scope, f fact) text {
		l := x.lit(`{"text": "`+strings.ReplaceAll(f.old, "/", `\/`)+`"}`, `{"text": "`+strings.ReplaceAll(f.new, "/", `\/`)+`"}`, f.role, f.ours)
		l.old, l.new = f.old, f.new
		p := x.place()
		n := p.global("decoded")
		p.decl("func %s() string {\n\tvar v struct{ Text string }\n\tjson.Unmarshal([]byte(%s), &v)\n\treturn v.Text\n}", n, l.src)
		return l.at("%s()", x.ref(p, n))
	}},
	{"lines", "in a line of a text that is split", func(x *scope, f fact) text {
		l := x.around(f, "name main\ntext ", "\n")
		return l.at("strings.Fields(%s)[3]", x.helper("lines", "const %s = "+l.src))
	}},
	{"concatenated", "in the middle of a text that is cut", func(x *scope, f fact) text {
		l := x.around(f, "x=", "")
		return l.at("strings.TrimPrefix(%s, \"x=\")", l.src)
	}},
	{"config", "in a config that a function makes", func(x *scope, f fact) text {
		l := x.literal(f)
		p := x.place()
		t, n := p.global("config"), p.global("defaults")
		p.decl("type %s struct {\n\tText string\n\tTries int\n}\n\nfunc %s() %s { return %s{Text: %s, Tries: 3} }", t, n, t, t, l.src)
		return l.at("%s().Text", x.ref(p, n))
	}},
}

// flagName returns a name for a flag of the whole process.
func (b *builder) flagName() string { return b.name("flag-" + b.pkgs[0].name + "-") }

// A split is a way to cut a URL into the parts that are stored.
type split struct {
	id, says string
	parts    func(f base) (parts []fact, rest fact) // what comes before the path, and what the text of the path begins with
}

// whole is scheme, host and path. Of a server of a test, an expression is the host, and the path may be empty.
func whole(f base) (old, new string) { return f.host + f.old, f.host + f.new }

const wholeURL = "whole"

var splits = []split{
	{"base-path", "base and path", func(b base) ([]fact, fact) {
		old, new := whole(b)
		return []fact{{old: old, new: new, role: roleBase}}, fact{}
	}},
	{wholeURL, "the whole URL", func(b base) ([]fact, fact) {
		old, new := whole(b)
		return nil, fact{old: old, new: new}
	}},
	{"host-rest", "host, and the rest", func(b base) ([]fact, fact) {
		return []fact{{old: b.host, new: b.host, role: roleBase}}, fact{old: b.old, new: b.new}
	}},
	{"host-prefix-path", "host, prefix and path", func(b base) ([]fact, fact) {
		return []fact{{old: b.host, new: b.host, role: roleBase}, {old: b.old, new: b.new, role: rolePart}}, fact{}
	}},
	{"version-path", "the base without its version, and version with path", func(b base) ([]fact, fact) {
		i := strings.LastIndex(b.old, "/")
		return []fact{{old: b.host + b.old[:i], new: b.host + b.new[:i], role: roleBase}}, fact{old: b.old[i:], new: b.new[i:]}
	}},
	{"base-version-path", "the base without its version, version, and path", func(b base) ([]fact, fact) {
		i := strings.LastIndex(b.old, "/") + 1
		return []fact{{old: b.host + b.old[:i], new: b.host + b.new[:i], role: roleBase}, {old: b.old[i:], new: b.new[i:], role: rolePart}}, fact{}
	}},
	{"digit", "the base without its digit, the digit as a number, and path", func(b base) ([]fact, fact) {
		i := len(b.old) - 1
		return []fact{{old: b.host + b.old[:i], new: b.host + b.new[:i], role: roleBase}, {old: b.old[i:], new: b.new[i:], role: rolePart}}, fact{}
	}},
	{"host-prefix-version-path", "host, prefix, version and path", func(b base) ([]fact, fact) {
		i := strings.LastIndex(b.old, "/")
		return []fact{{old: b.host, new: b.host, role: roleBase}, {old: b.old[:i], new: b.new[:i], role: rolePart}, {old: b.old[i:], new: b.new[i:], role: rolePart}}, fact{}
	}},
}

// number stores a part that is a digit as a number.
func (x *scope) number(f fact) text {
	l := x.literal(f)
	l.lits[0].number = true
	p := x.place()
	n := p.global("version")
	form := x.choices.pick(4)
	p.decl([]string{"const %s = %s", "var %s = %s", "const %s = '0' + %s", "const %s int = %s"}[form], n, l.src)
	l = l.at([]string{"strconv.Itoa(%s)", "fmt.Sprint(%s)", "string(rune(%s))", "fmt.Sprintf(\"%%d\", %s)"}[form], x.ref(p, n))
	if form != 2 {
		reuse := reuses[x.pickRow("reuse", len(reuses), func(i int) string { return reuses[i].id })]
		x.atEnd(func(main *scope) *event { return reuse.number(main, l, main.ref(p, n), f) })
	}
	return l
}

// named stores a literal under a name that may be used for something else as well.
func (x *scope) named(f fact, decl string) text {
	l := x.literal(f)
	p := x.place()
	n := p.global("text")
	p.decl(decl, n, l.src)
	reuse := reuses[x.pickRow("reuse", len(reuses), func(i int) string { return reuses[i].id })]
	x.atEnd(func(main *scope) *event { return reuse.text(main, l, main.ref(p, n), f) })
	return l.at("%s", x.ref(p, n))
}

// atEnd lets Run do something at its end, if the first package can see it.
func (x *scope) atEnd(f func(main *scope) *event) { x.ending = append(x.ending, f) }

// baseParts stores and sends the parts of a base.
func (x *scope) baseParts(s split, b base, ours bool) []text {
	facts, _ := s.parts(b)
	var out []text
	for i, f := range facts {
		f.ours = ours
		var t text
		if i == 0 && b.expr != "" {
			t = text{src: b.expr, role: roleBase, ours: ours}
			if f.old != "" {
				tail := x.travel(x.stored(f), 1)
				t = tail.at("%s + %s", b.expr, tail.src)
			}
			out = append(out, t)
			continue
		}
		if s.id == "digit" && i == 1 {
			t = x.number(f)
		} else {
			t = x.stored(f)
		}
		out = append(out, x.travel(t, 2))
	}
	return out
}

// A shape is a way to write the path of an endpoint.
type shape struct {
	id, says string
	emit     func(x *scope, p pathPieces) text
}

// pathPieces is the path of an endpoint cut at its placeholders.
type pathPieces struct {
	fact
	template fact     // with placeholders
	old, new []string // one more than placeholders
	values   []string // of the placeholders
	names    []string
}

func piecesOf(e endpoint, begin fact, bare, ours bool) pathPieces {
	old, new := begin.old+e.old, begin.new+e.new
	if bare {
		old, new = strings.TrimPrefix(old, "/"), strings.TrimPrefix(new, "/")
	}
	r := rolePath
	if strings.Contains(begin.old, "://") {
		r = roleURL
	}
	p := pathPieces{fact: fact{concrete(old), concrete(new), r, ours}, template: fact{old, new, r, ours}}
	for {
		i, j := strings.IndexByte(old, '{'), strings.IndexByte(new, '{')
		if i < 0 {
			break
		}
		end := strings.IndexByte(old, '}')
		p.old, p.new = append(p.old, old[:i]), append(p.new, new[:j])
		p.names = append(p.names, old[i+1:end])
		p.values = append(p.values, concrete(old[i:end+1]))
		old, new = old[end+1:], new[strings.IndexByte(new, '}')+1:]
	}
	p.old, p.new = append(p.old, old), append(p.new, new)
	return p
}

// value returns the variable that fills a placeholder.
func (x *scope) value(v string) string {
	n := x.name("id")
	x.do("%s := %q", n, v)
	return n
}

// path writes the path of an endpoint down.
func (x *scope) path(p pathPieces) text {
	x.choices.begin()
	defer x.choices.end()
	row := shapes[x.pickRow("shape", len(shapes), func(i int) string { return shapes[i].id })]
	t := row.emit(x, p)
	t.old, t.new = p.fact.old, p.fact.new
	return x.travel(t, 2)
}

// join returns an expression that has the texts of all, and the literals of all.
func join(p pathPieces, src string, all ...text) text {
	t := text{src: src, role: p.role, ours: p.ours}
	for _, a := range all {
		t.lits = append(t.lits, a.lits...)
	}
	return t
}

var shapes = []shape{
	{"literal", "in one text", func(x *scope, p pathPieces) text { return x.stored(p.fact) }},
	{"concatenation", "in pieces with +", func(x *scope, p pathPieces) text {
		var src []string
		var all []text
		for i := range p.old {
			if i > 0 {
				src = append(src, x.value(p.values[i-1]))
			}
			if p.old[i] != "" || len(p.old) == 1 {
				t := x.stored(fact{p.old[i], p.new[i], p.role, p.ours})
				all = append(all, t)
				src = append(src, t.src)
			}
		}
		return join(p, strings.Join(src, " + "), all...)
	}},
	{"format", "as a format", func(x *scope, p pathPieces) text {
		t := x.stored(fact{strings.Join(p.old, "%s"), strings.Join(p.new, "%s"), p.role, p.ours})
		args := ""
		for _, v := range p.values {
			args += ", " + x.value(v)
		}
		return join(p, "fmt.Sprintf("+t.src+args+")", t)
	}},
	{"placeholders", "with placeholders that are replaced", func(x *scope, p pathPieces) text {
		t := x.stored(p.template)
		src := t.src
		for i, n := range p.names {
			src = fmt.Sprintf("strings.ReplaceAll(%s, \"{%s}\", %s)", src, n, x.value(p.values[i]))
		}
		return join(p, src, t)
	}},
	{"replacer", "with placeholders for a strings.Replacer", func(x *scope, p pathPieces) text {
		t := x.stored(p.template)
		var args []string
		for i, n := range p.names {
			args = append(args, fmt.Sprintf("\"{%s}\"", n), x.value(p.values[i]))
		}
		return join(p, fmt.Sprintf("strings.NewReplacer(%s).Replace(%s)", strings.Join(args, ", "), t.src), t)
	}},
	{"segments", "in segments that are joined", func(x *scope, p pathPieces) text {
		if p.role == roleURL {
			return x.stored(p.fact)
		}
		return x.segments(p, func(list string) string { return "strings.Join(" + list + ", \"/\")" })
	}},
	{"appended-segments", "in segments that are appended and joined", func(x *scope, p pathPieces) text {
		if p.role == roleURL {
			return x.stored(p.fact)
		}
		v := x.name("segs")
		return x.segments(p, func(list string) string {
			x.do("var %s []string", v)
			x.do("%s = append(%s, %s...)", v, v, list)
			return "strings.Join(" + v + ", \"/\")"
		})
	}},
	{"builder", "written to a builder piece by piece", func(x *scope, p pathPieces) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		var all []text
		for i := range p.old {
			if i > 0 {
				x.do("%s.WriteString(%s)", v, x.value(p.values[i-1]))
			}
			if p.old[i] != "" {
				t := x.stored(fact{p.old[i], p.new[i], p.role, p.ours})
				all = append(all, t)
				x.do("%s.WriteString(%s)", v, t.src)
			}
		}
		return join(p, v+".String()", all...)
	}},
	{"template", "in a template", func(x *scope, p pathPieces) text {
		t := x.stored(fact{strings.Join(p.old, "{{.}}"), strings.Join(p.new, "{{.}}"), p.role, p.ours})
		if len(p.values) > 1 {
			return x.stored(p.fact)
		}
		v, id := x.name("sb"), `""`
		if len(p.values) == 1 {
			id = x.value(p.values[0])
		}
		x.do("var %s strings.Builder", v)
		x.do("template.Must(template.New(\"\").Parse(%s)).Execute(&%s, %s)", t.src, v, id)
		return join(p, v+".String()", t)
	}},
}

// segments makes a list of segments. A segment that becomes two stays one text.
func (x *scope) segments(p pathPieces, use func(list string) string) text {
	old, new := strings.Split(p.fact.old, "/"), strings.Split(p.fact.new, "/")
	if extra := len(new) - len(old); extra > 0 {
		last := len(new) - 1
		new = append(new[:last-extra:last-extra], strings.Join(new[last-extra:], "/"))
	}
	var src []string
	var all []text
	for i := range old {
		switch {
		case old[i] == "":
			src = append(src, `""`)
		case old[i] == licence || old[i] == address:
			src = append(src, x.value(old[i]))
		default:
			t := x.stored(fact{old[i], new[i], rolePart, p.ours})
			all = append(all, t)
			src = append(src, t.src)
		}
	}
	return join(p, use("[]string{"+strings.Join(src, ", ")+"}"), all...)
}
