package analyzer

import (
	"fmt"
	"path"
	"strconv"
	"strings"
)

// A generated program builds URLs in a small grammar of Go and sends them. It can be
// printed as Go and it can be run here, which answers what the solver should find.
type generated struct {
	choices []byte // what is left of them
	lits    []*lit
	consts  []*term
	funcs   []*genFunc // each calls only those before it; the last one is main
	uses    int        // requests in the source
	values  int        // different local variables so far
	inexact bool       // it holds what the solver may answer with too much
}

// A lit is one string literal. Its place is known once the program is printed.
type lit struct {
	spelling, value string
	offset          int
}

// A term is a string expression, or a condition.
type term struct {
	op   string
	lit  *lit
	n    int // number of the constant, function or variable, or of the use
	args []*term
}

// A stmt is a statement.
type stmt struct {
	op         string
	n          int
	method     string
	exprs      []*term
	body, rest []*stmt
}

type genFunc struct {
	name   string
	params int // local variables 0 and 1
	body   []*stmt
	called bool
}

// pieces are what URLs of the API, and of others, are made of.
var pieces = []string{
	"https://api.orbitflare.com/customer/v1", "https://api.orbitflare.com", "https://orbitflare.com/api", "/customer/v1", "/customer", "/v1",
	"/licenses", "/locations", "locations", "/licenses/", "42", "/ips", "/", "v1", "https://example.com", "/whitelist-ip", "?page=1", "",
	"/reset-key", "https://api.orbitflare.com/customer/v1/locations", "/customer/v1/licenses/42/whitelist-ip", "licenses", "v2", "x",
}

// choose is a number below n.
func (g *generated) choose(n int) int {
	if len(g.choices) == 0 {
		return 0
	}
	c := int(g.choices[0]) % n
	g.choices = g.choices[1:]
	return c
}

func generate(choices []byte) *generated {
	g := &generated{choices: choices}
	for range 1 + g.choose(3) {
		c := &term{op: "concat"}
		for range 1 + g.choose(3) {
			if i := g.choose(8); i < len(g.consts) && i < 2 {
				c.args = append(c.args, &term{op: "const", n: i})
			} else {
				c.args = append(c.args, g.literal())
			}
		}
		g.consts = append(g.consts, c)
	}
	for i := range 1 + g.choose(4) {
		f := &genFunc{name: fmt.Sprint("f", i), params: 2}
		f.body = g.block(i, []int{0, 1}, 3)
		if ends(f.body) {
			f.body = append(f.body, &stmt{op: "return", exprs: []*term{g.literal()}}) // Go wants it behind a loop
		} else {
			f.body = append(f.body, &stmt{op: "return", exprs: []*term{g.expr(i, []int{0, 1}, 2)}})
		}
		g.funcs = append(g.funcs, f)
	}
	main := &genFunc{name: "main"}
	main.body = append(g.block(len(g.funcs), nil, 3), g.send(len(g.funcs), nil))
	for i, f := range g.funcs {
		if !f.called { // what nobody calls is not run, but the solver looks at it
			main.body = append(main.body, &stmt{op: "call", exprs: []*term{{op: "call", n: i, args: []*term{g.literal(), g.literal()}}}})
		}
	}
	g.funcs = append(g.funcs, main)
	return g
}

func (g *generated) literal() *term { return g.spelled(pieces[g.choose(len(pieces))]) }

// word is a literal that is cut off a text or put between texts: never a whole URL, which
// would be a URL to migrate wherever it stands.
func (g *generated) word() *term {
	return g.spelled([]string{"/", "v1", "/v1", "x", "/licenses", "/customer", "/locations", "?page=1", ""}[g.choose(9)])
}

func (g *generated) spelled(value string) *term {
	l := &lit{value: value, spelling: strconv.Quote(value)}
	switch g.choose(6) {
	case 0:
		l.spelling = "`" + value + "`"
	case 1:
		l.spelling = strings.ReplaceAll(l.spelling, "/", `\x2f`)
	case 2:
		l.spelling = strings.ReplaceAll(l.spelling, "1", `\061`)
	}
	g.lits = append(g.lits, l)
	return &term{op: "lit", lit: l}
}

// expr is an expression in a function that may call those before n. vars are the local
// variables in scope.
func (g *generated) expr(n int, vars []int, depth int) *term {
	sub := func() *term { return g.expr(n, vars, depth-1) }
	kind := g.choose(16)
	switch {
	case depth == 0 || kind < 2:
		if len(vars) > 0 && g.choose(2) == 1 {
			return &term{op: "var", n: vars[g.choose(len(vars))]}
		}
		return g.literal()
	case kind < 4 && len(vars) > 0:
		return &term{op: "var", n: vars[g.choose(len(vars))]}
	case kind == 4:
		return &term{op: "const", n: g.choose(len(g.consts))}
	case kind < 7 && n > 0:
		f := g.choose(n)
		g.funcs[f].called = true
		return &term{op: "call", n: f, args: []*term{sub(), sub()}}
	case kind == 7:
		return &term{op: "unknown"}
	case kind < 10:
		return &term{op: []string{"%s%s", "%s/%v", "%[2]s%[1]s"}[g.choose(3)], args: []*term{sub(), sub()}}
	case kind == 10:
		return &term{op: []string{"strings.TrimSuffix", "strings.TrimPrefix", "strings.TrimRight"}[g.choose(3)], args: []*term{sub(), g.word()}}
	case kind == 11:
		return &term{op: "strings.Join", args: []*term{sub(), sub(), g.word()}}
	case kind == 12:
		return &term{op: "path.Join", args: []*term{sub(), sub()}}
	}
	return &term{op: "concat", args: []*term{sub(), sub()}}
}

func (g *generated) block(n int, vars []int, depth int) []*stmt {
	var body []*stmt
	for range g.choose(5) {
		kind := g.choose(12)
		switch {
		case kind < 3 || kind < 5 && len(vars) == 0:
			g.values++
			v := 1 + g.values
			body = append(body, &stmt{op: "define", n: v, exprs: []*term{g.expr(n, vars, 2)}})
			vars = append(vars[:len(vars):len(vars)], v)
		case kind < 5:
			op := []string{"=", "+="}[g.choose(2)]
			body = append(body, &stmt{op: op, n: vars[g.choose(len(vars))], exprs: []*term{g.expr(n, vars, 2)}})
		case kind < 7 && depth > 0:
			body = append(body, &stmt{op: "if", exprs: []*term{g.condition(vars)}, body: g.block(n, vars, depth-1), rest: g.block(n, vars, depth-1)})
		case kind == 7 && depth > 0:
			g.values++
			v := 1 + g.values
			s := &stmt{op: "range", n: v, exprs: []*term{g.expr(n, vars, 1), g.expr(n, vars, 1)}}
			s.body = g.block(n, append(vars[:len(vars):len(vars)], v), depth-1)
			g.inexact = g.inexact || ends(s.body) // the solver does not count the rounds
			body = append(body, s)
		case kind == 8 && len(vars) > 1 && vars[0] == 0 && depth < 3:
			return append(body, &stmt{op: "return", exprs: []*term{g.expr(n, vars, 1)}})
		default:
			body = append(body, g.send(n, vars))
		}
		if ends(body) {
			break // nothing is written that cannot run
		}
	}
	return body
}

// ends reports whether a block always returns.
func ends(body []*stmt) bool {
	if len(body) == 0 {
		return false
	}
	switch s := body[len(body)-1]; s.op {
	case "return":
		return true
	case "if":
		return ends(s.body) && ends(s.rest)
	case "range":
		return ends(s.body)
	}
	return false
}

func (g *generated) condition(vars []int) *term {
	if len(vars) > 0 && g.choose(4) == 1 {
		g.inexact = true
		return &term{op: []string{"==", "strings.HasPrefix", "strings.HasSuffix"}[g.choose(3)], args: []*term{{op: "var", n: vars[g.choose(len(vars))]}, g.literal()}}
	}
	g.uses++ // any number that no other condition has
	return &term{op: "opaque", n: g.uses}
}

func (g *generated) send(n int, vars []int) *stmt {
	g.uses++
	return &stmt{op: "send", n: g.uses, method: []string{"GET", "POST", "DELETE"}[g.choose(3)], exprs: []*term{g.expr(n, vars, 3)}}
}

// A printer writes a generated program as Go.
type printer struct {
	strings.Builder
	lines map[int]int // use by line
	line  int
}

// source returns the program as Go, and the uses by line.
func (g *generated) source() (string, map[int]int) {
	p := &printer{lines: map[int]int{}, line: 1}
	p.put("package main\n\nimport (\n\t\"fmt\"\n\t\"net/http\"\n\t\"os\"\n\t\"path\"\n\t\"strings\"\n)\n\n")
	p.put("var _, _, _, _ = fmt.Sprint, os.Getenv, path.Join, strings.Join\n\n")
	for i, c := range g.consts {
		p.put("const c%d = ", i)
		p.term(c)
		p.put("\n")
	}
	for _, f := range g.funcs {
		if f.params > 0 {
			p.put("\nfunc %s(x0, x1 string) string {\n", f.name)
		} else {
			p.put("\nfunc %s() {\n", f.name)
		}
		p.block(f.body)
		p.put("}\n")
	}
	return p.String(), p.lines
}

func (p *printer) put(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	p.line += strings.Count(text, "\n")
	p.WriteString(text)
}

func (p *printer) terms(open string, ts []*term, between, end string) {
	p.put("%s", open)
	for i, t := range ts {
		if i > 0 {
			p.put("%s", between)
		}
		p.term(t)
	}
	p.put("%s", end)
}

func (p *printer) term(t *term) {
	switch t.op {
	case "lit":
		t.lit.offset = p.Len()
		p.put("%s", t.lit.spelling)
	case "const":
		p.put("c%d", t.n)
	case "var":
		p.put("x%d", t.n)
	case "concat":
		p.terms("(", t.args, " + ", ")")
	case "==":
		p.terms("", t.args, " == ", "")
	case "call":
		p.terms(fmt.Sprintf("f%d(", t.n), t.args, ", ", ")")
	case "unknown":
		p.put("os.Getenv(\"X\")")
	case "opaque":
		p.put("os.Getenv(\"K%d\") != \"\"", t.n)
	case "strings.Join":
		p.terms("strings.Join([]string{", t.args[:2], ", ", "}, ")
		p.terms("", t.args[2:], "", ")")
	default:
		if t.op[0] == '%' {
			p.terms(fmt.Sprintf("fmt.Sprintf(%q, ", t.op), t.args, ", ", ")")
		} else {
			p.terms(t.op+"(", t.args, ", ", ")")
		}
	}
}

func (p *printer) block(body []*stmt) {
	for _, s := range body {
		switch s.op {
		case "define":
			p.terms(fmt.Sprintf("x%d := ", s.n), s.exprs, "", fmt.Sprintf("\n_ = x%d\n", s.n))
		case "=", "+=":
			p.terms(fmt.Sprintf("x%d %s ", s.n, s.op), s.exprs, "", "\n")
		case "call":
			p.terms("_ = ", s.exprs, "", "\n")
		case "return":
			p.terms("return ", s.exprs, "", "\n")
		case "if":
			p.terms("if ", s.exprs, "", " {\n")
			p.block(s.body)
			p.put("} else {\n")
			p.block(s.rest)
			p.put("}\n")
		case "range":
			p.terms(fmt.Sprintf("for _, x%d := range []string{", s.n), s.exprs, ", ", fmt.Sprintf("} {\n_ = x%d\n", s.n))
			p.block(s.body)
			p.put("}\n")
		case "send":
			p.lines[p.line] = s.n
			p.terms(fmt.Sprintf("http.NewRequest(%q, ", s.method), s.exprs, "", ", nil)\n")
		}
	}
}

// A request is what a run of a program sends.
type request struct {
	use         int
	method, url string
}

// A run is one execution. Whatever is not known until run time is decided by bits.
type run1 struct {
	g     *generated
	bits  []bool
	asked int
	steps int
	sent  []request
}

const (
	maxRuns  = 64
	maxBits  = 16
	runSteps = 4000
)

// stands for what is read from the environment.
const unknownValue = "zz"

// runs executes the program in every way. all is false if there are too many.
func (g *generated) runs() (all bool, runs [][]request) {
	var bits []bool
	for {
		r := &run1{g: g, bits: bits}
		r.call(len(g.funcs)-1, nil)
		if r.steps > runSteps || r.asked > maxBits {
			return false, runs
		}
		runs = append(runs, r.sent)
		bits = r.bits[:r.asked]
		for len(bits) > 0 && bits[len(bits)-1] {
			bits = bits[:len(bits)-1]
		}
		if len(bits) == 0 {
			return true, runs
		}
		bits = append(bits[:len(bits)-1:len(bits)-1], true)
		if len(runs) == maxRuns {
			return false, runs
		}
	}
}

func (r *run1) call(f int, args []string) string {
	env := map[int]string{}
	for i, a := range args {
		env[i] = a
	}
	out, _ := r.block(r.g.funcs[f].body, env)
	return out
}

func (r *run1) block(body []*stmt, env map[int]string) (result string, returned bool) {
	for _, s := range body {
		if r.steps++; r.steps > runSteps {
			return "", true
		}
		switch s.op {
		case "define", "=":
			env[s.n] = r.eval(s.exprs[0], env)
		case "+=":
			env[s.n] += r.eval(s.exprs[0], env)
		case "call":
			r.eval(s.exprs[0], env)
		case "return":
			return r.eval(s.exprs[0], env), true
		case "if":
			branch := s.rest
			if r.holds(s.exprs[0], env) {
				branch = s.body
			}
			if out, ok := r.block(branch, env); ok {
				return out, true
			}
		case "range":
			for _, x := range r.all(s.exprs, env) {
				env[s.n] = x
				if out, ok := r.block(s.body, env); ok {
					return out, true
				}
			}
		case "send":
			r.sent = append(r.sent, request{s.n, s.method, r.eval(s.exprs[0], env)})
		}
	}
	return "", false
}

func (r *run1) holds(t *term, env map[int]string) bool {
	if t.op != "opaque" {
		a, b := r.eval(t.args[0], env), r.eval(t.args[1], env)
		return t.op == "==" && a == b || t.op == "strings.HasPrefix" && strings.HasPrefix(a, b) || t.op == "strings.HasSuffix" && strings.HasSuffix(a, b)
	}
	if r.asked++; r.asked > len(r.bits) {
		r.bits = append(r.bits, false)
	}
	return r.bits[r.asked-1]
}

func (r *run1) all(ts []*term, env map[int]string) []string {
	var out []string
	for _, t := range ts {
		out = append(out, r.eval(t, env))
	}
	return out
}

func (r *run1) eval(t *term, env map[int]string) string {
	if r.steps++; r.steps > runSteps {
		return ""
	}
	switch t.op {
	case "lit":
		return t.lit.value
	case "const":
		return r.eval(r.g.consts[t.n], env)
	case "var":
		return env[t.n]
	case "unknown":
		return unknownValue
	}
	args := r.all(t.args, env)
	out := ""
	switch t.op {
	case "concat":
		out = strings.Join(args, "")
	case "call":
		out = r.call(t.n, args)
	case "strings.Join":
		out = strings.Join(args[:2], args[2])
	case "path.Join":
		out = path.Join(args...)
	case "strings.TrimSuffix":
		out = strings.TrimSuffix(args[0], args[1])
	case "strings.TrimPrefix":
		out = strings.TrimPrefix(args[0], args[1])
	case "strings.TrimRight":
		out = strings.TrimRight(args[0], args[1])
	default:
		out = fmt.Sprintf(t.op, args[0], args[1])
	}
	if len(out) > 1<<12 {
		r.steps = runSteps + 1
	}
	return out
}
