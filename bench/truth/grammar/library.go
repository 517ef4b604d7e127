package grammar

// library are ways that go through the standard library.
var library = []textRow{
	{"stringer", "fmt calls the String method that returns it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("shown")
		p.decl("type %s struct{ Text string }\n\nfunc (s %s) String() string { return s.Text }", t, t)
		return e.at("fmt.Sprint(%s{%s})", x.ref(p, t), e.src)
	}},
	{"error", "an error says it", func(x *scope, e text) text { return e.at("errors.New(%s).Error()", e.src) }},
	{"library-function-value", "a function value of the library takes and returns it", func(x *scope, e text) text {
		v := x.name("f")
		x.do("%s := strings.TrimSpace", v)
		return e.at("%s(%s)", v, e.src)
	}},
	{"map-function", "strings.Map leaves it as it is", func(x *scope, e text) text {
		return e.at("strings.Map(func(r rune) rune { return r }, %s)", e.src)
	}},
	{"atomic-value", "an atomic.Value keeps it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("var %s atomic.Value", v)
		x.do("%s.Store(%s)", v, e.src)
		return e.at("%s.Load().(string)", v)
	}},
	{"atomic-pointer", "an atomic.Pointer points to it", func(x *scope, e text) text {
		e = x.local("s", e)
		v := x.name("p")
		x.do("var %s atomic.Pointer[string]", v)
		x.do("%s.Store(&%s)", v, e.src)
		return e.at("*%s.Load()", v)
	}},
	{"context", "a context value is it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("key")
		p.decl("type %s struct{}", t)
		v := x.name("ctx")
		x.do("%s := context.WithValue(context.Background(), %s{}, %s)", v, x.ref(p, t), e.src)
		return e.at("%s.Value(%s{}).(string)", v, x.ref(p, t))
	}},
	{"sync-map", "a sync.Map keeps it", func(x *scope, e text) text {
		m, v := x.name("m"), x.name("v")
		x.do("var %s sync.Map", m)
		x.do("%s.Store(\"k\", %s)", m, e.src)
		x.do("%s, _ := %s.Load(\"k\")", v, m)
		return e.at("%s.(string)", v)
	}},
	{"once", "sync.Once assigns it", func(x *scope, e text) text {
		v, once := x.name("v"), x.name("once")
		x.do("var %s string\nvar %s sync.Once", v, once)
		x.do("%s.Do(func() { %s = %s })", once, v, e.src)
		return e.at("%s", v)
	}},
	{"once-value", "sync.OnceValue returns it", func(x *scope, e text) text {
		v := x.name("f")
		x.do("%s := sync.OnceValue(func() string { return %s })", v, e.src)
		return e.at("%s()", v)
	}},
	{"unique", "a unique handle stands for it", func(x *scope, e text) text { return e.at("unique.Make(%s).Value()", e.src) }},
	{"mutex", "a wait group waits for the goroutine that assigns it", func(x *scope, e text) text {
		v, wg := x.name("v"), x.name("wg")
		x.do("var %s string\nvar %s sync.WaitGroup", v, wg)
		x.do("%s.Go(func() { %s = %s })", wg, v, e.src)
		x.do("%s.Wait()", wg)
		return e.at("%s", v)
	}},
	{"reader", "a reader of the library is read to its end", func(x *scope, e text) text {
		v := x.name("data")
		x.do("%s, _ := io.ReadAll(strings.NewReader(%s))", v, e.src)
		return e.at("string(%s)", v)
	}},
	{"scanner", "a scanner reads it as a line", func(x *scope, e text) text {
		v := x.name("lines")
		x.do("%s := bufio.NewScanner(strings.NewReader(%s))", v, e.src)
		x.do("%s.Scan()", v)
		return e.at("%s.Text()", v)
	}},
	{"builder", "a strings.Builder is written", func(x *scope, e text) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		x.do("%s.WriteString(%s)", v, e.src)
		return e.at("%s.String()", v)
	}},
	{"builder-pointer", "a helper writes to a builder that it is handed", func(x *scope, e text) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		x.do("%s(&%s, %s)", x.helper("write", "func %s(sb *strings.Builder, s string) { sb.WriteString(s) }"), v, e.src)
		return e.at("%s.String()", v)
	}},
	{"writer", "a helper writes to an io.Writer", func(x *scope, e text) text {
		v := x.name("buf")
		x.do("var %s bytes.Buffer", v)
		x.do("%s(&%s, %s)", x.helper("emit", "func %s(w io.Writer, s string) { io.WriteString(w, s) }"), v, e.src)
		return e.at("%s.String()", v)
	}},
	{"fprint", "fmt.Fprint writes it to a builder behind an interface", func(x *scope, e text) text {
		v, w := x.name("sb"), x.name("w")
		x.do("var %s strings.Builder", v)
		x.do("var %s io.Writer = &%s", w, v)
		x.do("fmt.Fprint(%s, %s)", w, e.src)
		return e.at("%s.String()", v)
	}},
	{"copy", "io.Copy copies it into a buffer", func(x *scope, e text) text {
		v := x.name("buf")
		x.do("var %s bytes.Buffer", v)
		x.do("io.Copy(&%s, strings.NewReader(%s))", v, e.src)
		return e.at("%s.String()", v)
	}},
	{"multi-writer", "io.MultiWriter writes it to two builders", func(x *scope, e text) text {
		a, b := x.name("a"), x.name("b")
		x.do("var %s, %s strings.Builder", a, b)
		x.do("io.WriteString(io.MultiWriter(&%s, &%s), %s)", a, b, e.src)
		return e.at("%s.String()", b)
	}},
	{"buffered-writer", "a bufio.Writer is flushed into a builder", func(x *scope, e text) text {
		v, w := x.name("sb"), x.name("w")
		x.do("var %s strings.Builder", v)
		x.do("%s := bufio.NewWriter(&%s)", w, v)
		x.do("%s.WriteString(%s)", w, e.src)
		x.do("%s.Flush()", w)
		return e.at("%s.String()", v)
	}},
	{"write-method-value", "a method value of a builder writes it", func(x *scope, e text) text {
		v, w := x.name("sb"), x.name("write")
		x.do("var %s strings.Builder", v)
		x.do("%s := %s.WriteString", w, v)
		x.do("%s(%s)", w, e.src)
		return e.at("%s.String()", v)
	}},
	{"embedded-builder", "a struct that embeds a builder is written", func(x *scope, e text) text {
		v := x.name("b")
		x.do("var %s struct{ strings.Builder }", v)
		x.do("%s.WriteString(%s)", v, e.src)
		return e.at("%s.String()", v)
	}},
	{"builder-field", "a struct holds the pointer of the builder that is written", func(x *scope, e text) text {
		v, h := x.name("sb"), x.name("h")
		x.do("var %s strings.Builder", v)
		x.do("%s := struct{ out *strings.Builder }{&%s}", h, v)
		x.do("%s.out.WriteString(%s)", h, e.src)
		return e.at("%s.String()", v)
	}},
	{"own-writer", "a writer type of the program keeps it", func(x *scope, e text) text {
		p := x.place()
		t := p.global("sink")
		p.decl("type %s struct{ Text string }\n\nfunc (s *%s) Write(data []byte) (int, error) {\n\ts.Text += string(data)\n\treturn len(data), nil\n}", t, t)
		v := x.name("w")
		x.do("%s := &%s{}", v, x.ref(p, t))
		x.do("fmt.Fprintf(%s, \"%%s\", %s)", v, e.src)
		return e.at("%s.Text", v)
	}},
	{"bytes", "it is converted to bytes and back", func(x *scope, e text) text { return e.at("string([]byte(%s))", e.src) }},
	{"runes", "it is converted to runes and back", func(x *scope, e text) text { return e.at("string([]rune(%s))", e.src) }},
	{"append-bytes", "it is appended to bytes", func(x *scope, e text) text { return e.at("string(append([]byte(nil), %s...))", e.src) }},
	{"bytes-join", "bytes.Join joins its bytes", func(x *scope, e text) text {
		return e.at("string(bytes.Join([][]byte{[]byte(%s)}, nil))", e.src)
	}},
	{"json", "it is encoded as JSON and decoded", func(x *scope, e text) text {
		data, v := x.name("data"), x.name("v")
		x.do("%s, _ := json.Marshal(map[string]string{\"k\": %s})", data, e.src)
		x.do("var %s struct{ K string }", v)
		x.do("json.Unmarshal(%s, &%s)", data, v)
		return e.at("%s.K", v)
	}},
	{"gob", "it is encoded by gob and decoded", func(x *scope, e text) text {
		buf, v := x.name("buf"), x.name("v")
		x.do("var %s bytes.Buffer\nvar %s string", buf, v)
		x.do("gob.NewEncoder(&%s).Encode(%s)", buf, e.src)
		x.do("gob.NewDecoder(&%s).Decode(&%s)", buf, v)
		return e.at("%s", v)
	}},
	{"base64", "it is encoded as base64 and decoded", func(x *scope, e text) text {
		v := x.name("data")
		x.do("%s, _ := base64.StdEncoding.DecodeString(base64.StdEncoding.EncodeToString([]byte(%s)))", v, e.src)
		return e.at("string(%s)", v)
	}},
	{"query-escape", "it is escaped for a query and back", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s, _ := url.QueryUnescape(url.QueryEscape(%s))", v, e.src)
		return e.at("%s", v)
	}},
	{"url-parse", "it is parsed as a URL and printed", func(x *scope, e text) text {
		if e.role != roleURL && e.role != roleBase && e.role != rolePath {
			return e
		}
		v := x.name("u")
		x.do("%s, _ := url.Parse(%s)", v, e.src)
		return e.at("%s.String()", v)
	}},
	{"url-values", "url.Values keeps it", func(x *scope, e text) text { return e.at("url.Values{\"k\": {%s}}.Get(\"k\")", e.src) }},
	{"header", "an http.Header keeps it", func(x *scope, e text) text { return e.at("http.Header{\"K\": {%s}}.Get(\"k\")", e.src) }},
	{"template", "a template prints it", func(x *scope, e text) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		x.do("template.Must(template.New(\"\").Parse(`{{.}}`)).Execute(&%s, %s)", v, e.src)
		return e.at("%s.String()", v)
	}},
	{"template-with", "a template with its own delimiters and a condition prints it", func(x *scope, e text) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		x.do("template.Must(template.New(\"\").Delims(\"<<\", \">>\").Parse(\"<<with .K ->> <<- .>><<end>>\")).Execute(&%s, map[string]string{\"K\": %s})", v, e.src)
		return e.at("%s.String()", v)
	}},
	{"template-range", "a template prints it in a loop", func(x *scope, e text) text {
		v := x.name("sb")
		x.do("var %s strings.Builder", v)
		x.do("template.Must(template.New(\"\").Parse(`{{range .}}{{.}}{{end}}`)).Execute(&%s, []string{%s})", v, e.src)
		return e.at("%s.String()", v)
	}},
	{"replace", "it replaces a placeholder", func(x *scope, e text) text { return e.at("strings.Replace(\"{x}\", \"{x}\", %s, 1)", e.src) }},
	{"replacer", "a strings.Replacer puts it in", func(x *scope, e text) text {
		return e.at("strings.NewReplacer(\"{x}\", %s).Replace(\"{x}\")", e.src)
	}},
	{"expand", "os.Expand puts it in", func(x *scope, e text) text {
		e = x.local("v", e)
		return e.at("os.Expand(\"${x}\", func(string) string { return %s })", e.src)
	}},
	{"environment", "the environment keeps it", func(x *scope, e text) text {
		v := x.env()
		x.do("os.Setenv(%q, %s)", v, e.src)
		return e.at("os.Getenv(%q)", v)
	}},
	{"flag-default", "it is the default of a flag", func(x *scope, e text) text {
		fs, v := x.name("fs"), x.name("v")
		x.do("%s := flag.NewFlagSet(\"\", flag.PanicOnError)", fs)
		x.do("%s := %s.String(\"x\", %s, \"\")", v, fs, e.src)
		x.do("%s.Parse(nil)", fs)
		return e.at("*%s", v)
	}},
	{"flag-given", "it is given as a flag over a default", func(x *scope, e text) text {
		fs, v := x.name("fs"), x.name("v")
		x.do("%s := flag.NewFlagSet(\"\", flag.PanicOnError)", fs)
		x.do("var %s string", v)
		x.do("%s.StringVar(&%s, \"x\", %s, \"\")", fs, v, x.other(e))
		x.do("%s.Parse([]string{\"-x\", %s})", fs, e.src)
		return e.at("%s", v)
	}},
	{"scan", "fmt.Sscan reads it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("var %s string", v)
		x.do("fmt.Sscan(%s, &%s)", e.src, v)
		return e.at("%s", v)
	}},
	{"fields", "strings.Fields splits it off", func(x *scope, e text) text { return e.at("strings.Fields(\"x \" + %s)[1]", e.src) }},
	{"cut", "strings.Cut cuts it off", func(x *scope, e text) text {
		v := x.name("v")
		x.do("_, %s, _ := strings.Cut(\"x=\"+%s, \"=\")", v, e.src)
		return e.at("%s", v)
	}},
	{"cut-prefix", "strings.CutPrefix cuts it off", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s, _ := strings.CutPrefix(\"x:\"+%s, \"x:\")", v, e.src)
		return e.at("%s", v)
	}},
	{"split-seq", "strings.SplitSeq yields it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("var %s string", v)
		x.do("for s := range strings.SplitSeq(\"x,\"+%s, \",\") {\n\t%s = s\n}", e.src, v)
		return e.at("%s", v)
	}},
	{"trim", "strings.Trim leaves it as it is", func(x *scope, e text) text { return e.at("strings.Trim(%s, \" \")", e.src) }},
	{"sprintf", "fmt.Sprintf prints it", func(x *scope, e text) text { return e.at("fmt.Sprintf(\"%%s\", %s)", e.src) }},
	{"appendf", "fmt.Appendf appends it", func(x *scope, e text) text { return e.at("string(fmt.Appendf(nil, \"%%v\", %s))", e.src) }},
	{"errorf", "fmt.Errorf wraps it", func(x *scope, e text) text { return e.at("fmt.Errorf(\"%%s\", %s).Error()", e.src) }},
	{"quote", "strconv quotes and unquotes it", func(x *scope, e text) text {
		v := x.name("v")
		x.do("%s, _ := strconv.Unquote(strconv.Quote(%s))", v, e.src)
		return e.at("%s", v)
	}},
	{"regexp", "a regular expression puts it in", func(x *scope, e text) text {
		return e.at("regexp.MustCompile(`x`).ReplaceAllLiteralString(\"x\", %s)", e.src)
	}},
	{"reflect", "reflection reads it", func(x *scope, e text) text { return e.at("reflect.ValueOf(%s).String()", e.src) }},
	{"cmp-or", "cmp.Or takes it as the first that is not empty", func(x *scope, e text) text {
		return e.at("cmp.Or(os.Getenv(\"TRUTH_NOT_SET\"), %s)", e.src)
	}},
}
