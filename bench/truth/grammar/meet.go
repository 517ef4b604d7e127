package grammar

import (
	"fmt"
	"strings"
)

// A meet is a way for the parts of a URL to become one text.
type meet struct {
	id, says string
	bare     bool // the path begins without a slash
	url      bool // the first part is a URL, and what follows is a path
	emit     func(x *scope, parts []text) text
}

// all returns the text that several together are.
func all(src string, parts []text) text {
	t := text{src: src, role: roleURL}
	for _, p := range parts {
		t.old, t.new, t.ours = t.old+p.old, t.new+p.new, t.ours || p.ours
		t.lits = append(t.lits, p.lits...)
	}
	return t
}

func sources(parts []text) []string {
	var out []string
	for _, p := range parts {
		out = append(out, p.src)
	}
	return out
}

var meets = []meet{
	{"concatenation", "by +", false, false, func(x *scope, p []text) text { return all(strings.Join(sources(p), " + "), p) }},
	{"sprintf", "by fmt.Sprintf with a verb for each", false, false, func(x *scope, p []text) text {
		return all(fmt.Sprintf("fmt.Sprintf(%q, %s)", strings.Repeat("%s", len(p)), strings.Join(sources(p), ", ")), p)
	}},
	{"format", "by a format that spells those that are literals", false, false, func(x *scope, p []text) text {
		var old, new strings.Builder
		var args []string
		t := all("", p)
		t.lits = nil
		for _, part := range p {
			if l := x.literalOf(part); l != nil && !l.number {
				old.WriteString(strings.ReplaceAll(l.old, "%", "%%"))
				new.WriteString(strings.ReplaceAll(l.new, "%", "%%"))
				continue
			}
			old.WriteString("%s")
			new.WriteString("%s")
			args = append(args, ", "+part.src)
			t.lits = append(t.lits, part.lits...)
		}
		f := x.lit(old.String(), new.String(), roleURL, t.ours)
		t.lits = append(t.lits, f.lits...)
		return t.at("fmt.Sprintf(%s%s)", f.src, strings.Join(args, ""))
	}},
	{"plus-assign", "by +=", false, false, func(x *scope, p []text) text {
		v := x.name("u")
		x.do("%s := %s", v, p[0].src)
		for _, part := range p[1:] {
			x.do("%s += %s", v, part.src)
		}
		return all(v, p)
	}},
	{"join", "by strings.Join", false, false, func(x *scope, p []text) text {
		return all("strings.Join([]string{"+strings.Join(sources(p), ", ")+"}, \"\")", p)
	}},
	{"join-slash", "by strings.Join with a slash", true, false, func(x *scope, p []text) text {
		last := len(p) - 1
		head := all(strings.Join(sources(p[:last]), " + "), p[:last])
		t := all("strings.Join([]string{"+head.src+", "+p[last].src+"}, \"/\")", p)
		return slashed(t, p)
	}},
	{"sprintf-slash", "by fmt.Sprintf with a slash before the path", true, false, func(x *scope, p []text) text {
		last := len(p) - 1
		return slashed(all(fmt.Sprintf("fmt.Sprintf(%q, %s)", strings.Repeat("%s", last)+"/%s", strings.Join(sources(p), ", ")), p), p)
	}},
	{"builder", "by a strings.Builder", false, false, func(x *scope, p []text) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		for _, part := range p {
			x.do("%s.WriteString(%s)", v, part.src)
		}
		return all(v+".String()", p)
	}},
	{"buffer", "by fmt.Fprintf to a buffer", false, false, func(x *scope, p []text) text {
		v := x.name("buf")
		x.do("%s := &bytes.Buffer{}", v)
		for _, part := range p {
			x.do("fmt.Fprintf(%s, \"%%s\", %s)", v, part.src)
		}
		return all(v+".String()", p)
	}},
	{"builder-helper", "by a builder that is handed on for what comes last", false, false, func(x *scope, p []text) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		for i, part := range p {
			if i < len(p)-1 {
				x.do("%s.WriteString(%s)", v, part.src)
			} else {
				x.do("%s(&%s, %s)", x.helper("tail", "func %s(sb *strings.Builder, s string) { sb.WriteString(s) }"), v, part.src)
			}
		}
		return all(v+".String()", p)
	}},
	{"bytes", "by append to bytes", false, false, func(x *scope, p []text) text {
		v := x.name("b")
		x.do("%s := []byte(%s)", v, p[0].src)
		for _, part := range p[1:] {
			x.do("%s = append(%s, %s...)", v, v, part.src)
		}
		return all("string("+v+")", p)
	}},
	{"template", "by a template", false, false, func(x *scope, p []text) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		form := ""
		for i := range p {
			form += fmt.Sprintf("{{index . %d}}", i)
		}
		x.do("template.Must(template.New(\"\").Parse(`%s`)).Execute(&%s, []string{%s})", form, v, strings.Join(sources(p), ", "))
		return all(v+".String()", p)
	}},
	{"replace", "by replacing a placeholder", false, false, func(x *scope, p []text) text {
		last := len(p) - 1
		head := strings.Join(append(sources(p[:last]), `"{path}"`), " + ")
		return all(fmt.Sprintf("strings.Replace(%s, \"{path}\", %s, 1)", head, p[last].src), p)
	}},
	{"expand", "by os.Expand", false, false, func(x *scope, p []text) text {
		v := x.name("parts")
		x.do("%s := []string{%s}", v, strings.Join(sources(p), ", "))
		form := ""
		for i := range p {
			form += fmt.Sprintf("${%d}", i)
		}
		return all(fmt.Sprintf("os.Expand(%q, func(n string) string {\n\ti, _ := strconv.Atoi(n)\n\treturn %s[i]\n})", form, v), p)
	}},
	{"helper", "by a function with two parameters", false, false, func(x *scope, p []text) text {
		src := p[0].src
		f := x.helper("glue", "func %s(a, b string) string { return a + b }")
		for _, part := range p[1:] {
			src = fmt.Sprintf("%s(%s, %s)", f, src, part.src)
		}
		return all(src, p)
	}},
	{"loop", "by a loop over all parts", false, false, func(x *scope, p []text) text {
		return all(x.helper("glueAll", "func %s(parts ...string) (out string) {\n\tfor _, p := range parts {\n\t\tout += p\n\t}\n\treturn out\n}")+"("+strings.Join(sources(p), ", ")+")", p)
	}},
	{"join-path", "by url.JoinPath", false, true, func(x *scope, p []text) text {
		v := x.name("u")
		x.do("%s, _ := url.JoinPath(%s)", v, strings.Join(sources(p), ", "))
		return all(v, p)
	}},
	{"url-join-path", "by the JoinPath method of a URL", false, true, func(x *scope, p []text) text {
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, p[0].src)
		return all(v+".JoinPath("+strings.Join(sources(p[1:]), ", ")+").String()", p)
	}},
	{"url-path", "by adding to the path of a URL", false, true, func(x *scope, p []text) text {
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, p[0].src)
		for _, part := range p[1:] {
			x.do("%s.Path += %s", v, part.src)
		}
		return all(v+".String()", p)
	}},
	{"url-helper", "by a function that adds to the path of a URL", false, true, func(x *scope, p []text) text {
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, p[0].src)
		f := x.helper("extend", "func %s(u *url.URL, s string) { u.Path += s }")
		for _, part := range p[1:] {
			x.do("%s(%s, %s)", f, v, part.src)
		}
		return all(v+".String()", p)
	}},
	{"url-literal", "by a url.URL literal", false, true, func(x *scope, p []text) text {
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, p[0].src)
		src := strings.Join(append([]string{v + ".Path"}, sources(p[1:])...), " + ")
		return all(fmt.Sprintf("(&url.URL{Scheme: %s.Scheme, Host: %s.Host, Path: %s}).String()", v, v, src), p)
	}},
	{"url-parse", "by resolving a relative reference", true, true, func(x *scope, p []text) text {
		last := len(p) - 1
		v, r := x.name("u"), x.name("r")
		x.do("%s, _ := url.Parse(%s + \"/\")", v, strings.Join(sources(p[:last]), " + "))
		x.do("%s, _ := %s.Parse(%s)", r, v, p[last].src)
		return slashed(all(r+".String()", p), p)
	}},
	{"resolve", "by ResolveReference", true, true, func(x *scope, p []text) text {
		last := len(p) - 1
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s + \"/\")", v, strings.Join(sources(p[:last]), " + "))
		return slashed(all(fmt.Sprintf("%s.ResolveReference(&url.URL{Path: %s}).String()", v, p[last].src), p), p)
	}},
	{"path-join", "by path.Join on the path of a URL", true, true, func(x *scope, p []text) text {
		v := x.name("u")
		last := len(p) - 1
		x.do("%s, _ := url.Parse(%s)", v, strings.Join(sources(p[:last]), " + "))
		x.do("%s.Path = path.Join(%s.Path, %s)", v, v, p[last].src)
		return slashed(all(v+".String()", p), p)
	}},
}

// slashed corrects the value of a text whose last part came without its slash.
func slashed(t text, p []text) text {
	head := all("", p[:len(p)-1])
	t.old, t.new = head.old+"/"+p[len(p)-1].old, head.new+"/"+p[len(p)-1].new
	return t
}

// meeting draws how the parts meet: before the path is written down, as it may have to begin without a slash.
func (x *scope) meeting(s split) meet {
	facts, begin := s.parts(api.ours[0])
	var fit []meet
	for _, m := range meets {
		// A version that is glued to what comes before it is no path of its own.
		glued := len(facts) > 1 && !strings.HasPrefix(facts[len(facts)-1].old, "/")
		if m.url && (glued || len(facts) == 0) || m.bare && (len(facts) == 0 || strings.Contains(begin.old, "://")) {
			continue
		}
		fit = append(fit, m)
	}
	return fit[x.pickRow("meet", len(fit), func(i int) string { return fit[i].id })]
}

func (x *scope) meet(m meet, parts []text) text {
	if len(parts) == 1 {
		return parts[0]
	}
	return m.emit(x, parts)
}
