package analyzer

import (
	"cmp"
	"fmt"
	"go/token"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Requests is every request that a program makes, for any API.
type Requests struct {
	Requests []Request  // by place, method and URL
	Unsolved []Unsolved // places that make more requests than could be followed, by place
}

// A Request is what is sent at one place, with one method and one URL. Secrets are redacted.
type Request struct {
	// Method is as it is sent; with a hole it is a template as URL is, and "" if the place
	// names none.
	Method string
	// URL is a template: text, and holes as {name}, after the variable, parameter, field or
	// function that they come from.
	URL     string
	Sink    string // what the URL is passed to: "http.NewRequest"
	Pos     token.Position
	Package string // import path of the place
	// Dependency is the module of the place with its version, if it is not worked on.
	Dependency string
	Test       bool // only tests make it
	V1         bool // the endpoint table knows it as one of v1
	// Parts is what method and URL are made of, in order.
	Parts []RequestPart
	// Calls are the call strings that lead to the place, each from the place outwards as far
	// as it matters who calls.
	Calls [][]RequestCall
}

// A RequestPart is text that a literal spells, text that the program makes, or a hole.
type RequestPart struct {
	InMethod bool
	Text     string         // "" for a hole
	Hole     string         // name of the hole, "" for text
	Reason   string         // why the text is not known; reads well after "because"
	Pos      token.Position // of the literal, or of the operation that stopped; zero if nothing spells it
	Via      []RequestHop   // from the literal to the place
}

// A RequestHop is something with a name that text passes through.
type RequestHop struct {
	Kind string // constant, variable, field, parameter, result
	Name string // result: the function
	Func string // of a parameter
	Pos  token.Position
}

// A RequestCall is a function in a call string.
type RequestCall struct {
	Func    string // symbol: "(*example.com/acme/client.Client).do"
	Name    string // for people: "Client.do"
	Package string
	// Pos is where the function before it is called; for the first, where it is declared.
	Pos token.Position
}

// Requests solves every request of the packages for which named is true, and those of other
// packages that they lead to. The program has to be made with [Options.Requests].
func (p *Program) Requests(named func(path string) bool) *Requests {
	prog := p.link()
	led := prog.Leads(named)
	out := &Requests{}
	index := map[string]int{}
	tests := map[string]bool{} // files
	for _, pkg := range p.pkgs {
		for _, f := range pkg.Files {
			tests[f.Name] = f.Test
		}
	}
	for _, u := range prog.Uses() {
		if u.Kind != equation.Request {
			continue
		}
		file := u.File()
		pos := token.Position{Filename: file.Name, Line: u.Pos.Line, Column: u.Pos.Column, Offset: u.Pos.Offset}
		meant := named(u.Package())
		complete := u.Trace(func(t solve.Trace) {
			last := t.Calls[len(t.Calls)-1]
			ours := meant || led[last.Sym]
			test := file.Test
			for _, c := range t.Calls {
				ours, test = ours || named(c.Package), test || c.File.Test
			}
			if !ours {
				return
			}
			meant = true
			r := p.request(u, t)
			test = test || slices.ContainsFunc(r.Parts, func(part RequestPart) bool { return tests[part.Pos.Filename] })
			key := fmt.Sprintf("%s\x00%d\x00%s\x00%s", pos.Filename, pos.Offset, r.Method, r.URL)
			i, ok := index[key]
			if !ok {
				r.Pos, r.Sink, r.Package, r.Dependency, r.Test = pos, u.Sink, u.Package(), u.Dependency(), test
				i = len(out.Requests)
				index[key] = i
				out.Requests = append(out.Requests, r)
			}
			have := &out.Requests[i]
			have.Test = have.Test && test
			have.Calls = append(have.Calls, callString(t))
		})
		if !complete && (meant || led[u.Func()]) {
			out.Unsolved = append(out.Unsolved, Unsolved{Pos: pos, Of: pos, Reason: fmt.Sprintf("what is passed to %s is too complex to follow: there may be more requests than are listed", u.Sink)})
		}
	}
	slices.SortStableFunc(out.Requests, func(a, b Request) int {
		return cmp.Or(byPosition(a.Pos, b.Pos), strings.Compare(a.URL, b.URL), strings.Compare(a.Method, b.Method))
	})
	slices.SortStableFunc(out.Unsolved, func(a, b Unsolved) int { return byPosition(a.Pos, b.Pos) })
	return out
}

func byPosition(a, b token.Position) int {
	return cmp.Or(strings.Compare(a.Filename, b.Filename), cmp.Compare(a.Offset, b.Offset))
}

func callString(t solve.Trace) []RequestCall {
	var out []RequestCall
	for _, c := range t.Calls {
		pos := c.At
		if pos == (equation.Pos{}) {
			pos = c.Declared
		}
		out = append(out, RequestCall{Func: c.Sym, Name: c.Name, Package: c.Package, Pos: placeOf(c.File.Name, pos)})
	}
	return out
}

func placeOf(file string, pos equation.Pos) token.Position {
	if pos == (equation.Pos{}) {
		return token.Position{}
	}
	return token.Position{Filename: file, Line: pos.Line, Column: pos.Column, Offset: pos.Offset}
}

// request is what one trace of a use sends.
func (p *Program) request(u solve.Use, t solve.Trace) Request {
	var r Request
	add := func(template strval.Template, method bool) string {
		var b strings.Builder
		for _, part := range template {
			out := RequestPart{InMethod: method}
			if part.Gap == nil {
				b.WriteString(part.Text)
				out.Text = endpoint.Redact(part.Text)
				if part.Lit != nil {
					out.Pos = token.Position{Filename: part.Lit.File, Line: part.Lit.Line, Column: part.Lit.Column, Offset: part.Lit.Start}
					for _, h := range u.Hops(t, part.Lit) {
						out.Via = append(out.Via, RequestHop{Kind: h.Kind.String(), Name: h.Name, Func: h.Func, Pos: placeOf(h.File, h.Pos)})
					}
				}
			} else {
				out.Hole, out.Reason = holeName(part.Gap), part.Gap.Reason
				if o := part.Gap.Origin; o != nil {
					out.Pos = token.Position{Filename: o.File, Line: o.Line, Column: o.Column}
				}
				b.WriteString("{" + out.Hole + "}")
			}
			r.Parts = append(r.Parts, out)
		}
		return endpoint.Redact(b.String())
	}
	r.Method = add(t.Method, true)
	r.URL = add(t.URL, false)
	method, _ := t.Method.Known()
	switch p.table.Match(method, t.URL.Flat()).Kind {
	case endpoint.NotOurs, endpoint.Current:
	default:
		r.V1 = true
	}
	return r
}

func holeName(g *strval.Gap) string {
	switch {
	case len(g.Server) > 0:
		return "server"
	case g.Origin != nil && g.Origin.Name != "":
		return g.Origin.Name
	}
	return "unknown"
}

// word is a text that may be a segment of a path.
var word = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.~-]{0,63}$`)

// anyWords tells the solver which texts may be part of the URL of any API. An identifier may
// be a segment of a path if a program spells it outside of its tests, which call with values
// that stand for those of users.
func anyWords(pkgs []*equation.Package) solve.Words {
	segments := map[string]bool{}
	for _, m := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
		segments[m] = true
	}
	for _, pkg := range pkgs {
		tests := map[string]bool{}
		for _, f := range pkg.Files {
			tests[f.Name] = f.Test
		}
		for i := range pkg.Lits {
			if text, _, err := strval.Decode(pkg.Lits[i].Source); err == nil && !tests[pkg.Lits[i].File] && word.MatchString(text) {
				segments[text] = true
			}
		}
	}
	none := func(string) bool { return false }
	return solve.Words{
		Needle: none,
		Path:   func(text string) bool { return strings.IndexByte(text, '/') >= 0 || segments[text] },
		Alone:  none,
	}
}
