package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Requests is what a program sends, in plain data.
type Requests struct {
	Requests []Request
	Unsolved []Unfollowed
	Modules  []Module // nil if nobody asked
}

// A Request is one method and URL that is sent at one place.
type Request struct {
	Method  string // "" if it is not known at all
	URL     string // text and holes: {name}
	Sink    string // what it is passed to
	Package string
	At      Place
	Test    bool // only tests make it
	Parts   []RequestPart
	Calls   [][]RequestCall
}

// A RequestPart is text or a hole of a request.
type RequestPart struct {
	Of     string // "method" or "url"
	Text   string // "" for a hole
	Hole   string // "" for text
	Reason string // of a hole
	At     Place  // of the literal, or of the operation that stopped
	Via    []RequestHop
}

// A RequestHop is something with a name that text passes through.
type RequestHop struct {
	Kind, Name, Func string
	At               Place
}

// A RequestCall is a function on the way to a place.
type RequestCall struct {
	Func, Name string
	At         Place
}

// An Unfollowed is a place that may send more than is known.
type Unfollowed struct {
	At     Place
	Reason string
}

// A Module is a dependency that has to do with v1 of the API.
type Module struct {
	Module   string // "example.com/sdk@v1.2.3"
	Requests []Request
	Spells   []string // import paths of its packages that spell a base of the API
}

// The JSON form of the list.
type (
	jsonRequests struct {
		Requests []jsonRequest    `json:"requests"`
		Unsolved []jsonUnfollowed `json:"unsolved"`
		Modules  *[]jsonModule    `json:"modules,omitempty"`
	}
	jsonRequest struct {
		Method  string       `json:"method"`
		URL     string       `json:"url"`
		Posn    string       `json:"posn"`
		Sink    string       `json:"sink"`
		Package string       `json:"package"`
		Test    bool         `json:"test,omitempty"`
		Parts   []jsonPart   `json:"parts"`
		Calls   [][]jsonCall `json:"calls"`
	}
	jsonPart struct {
		Of     string    `json:"of"`
		Text   string    `json:"text,omitempty"`
		Hole   string    `json:"hole,omitempty"`
		Reason string    `json:"reason,omitempty"`
		Posn   string    `json:"posn,omitempty"`
		Via    []jsonHop `json:"via,omitempty"`
	}
	jsonHop struct {
		Kind string `json:"kind"`
		Name string `json:"name"`
		Func string `json:"func,omitempty"`
		Posn string `json:"posn,omitempty"`
	}
	jsonCall struct {
		Func string `json:"func"`
		Name string `json:"name"`
		Posn string `json:"posn,omitempty"`
	}
	jsonUnfollowed struct {
		Posn   string `json:"posn"`
		Reason string `json:"reason"`
	}
	jsonModule struct {
		Module   string        `json:"module"`
		Requests []jsonRequest `json:"requests"`
		Spells   []string      `json:"spells"`
	}
)

// RequestsJSON writes the list as one object:
//
//	{"requests": [REQUEST], "unsolved": [{"posn", "reason"}], "modules": [{"module", "requests": [REQUEST], "spells"}]}
//
// where a REQUEST is
//
//	{"method", "url", "posn", "sink", "package", "test",
//	 "parts": [{"of", "text" or "hole", "reason", "posn", "via": [{"kind", "name", "func", "posn"}]}],
//	 "calls": [[{"func", "name", "posn"}]]}
//
// A posn is "file:line:column" with an absolute file name. What is empty or false is left out,
// except in requests, unsolved, method, url and calls; modules is there if it was asked for.
func RequestsJSON(w io.Writer, r Requests) error {
	out := jsonRequests{Requests: jsonList(r.Requests), Unsolved: []jsonUnfollowed{}}
	for _, u := range r.Unsolved {
		out.Unsolved = append(out.Unsolved, jsonUnfollowed{u.At.posn(), u.Reason})
	}
	if r.Modules != nil {
		modules := []jsonModule{}
		for _, m := range r.Modules {
			modules = append(modules, jsonModule{m.Module, jsonList(m.Requests), m.Spells})
		}
		out.Modules = &modules
	}
	var b bytes.Buffer
	// Without the escapes for HTML: a URL with a query stays readable.
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, unhide(b.String()))
	return err
}

// unhide spells characters that a terminal would act on as JSON does: they stand in strings.
func unhide(text string) string {
	if !strings.ContainsFunc(text, hidden) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if !hidden(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

func jsonList(requests []Request) []jsonRequest {
	out := []jsonRequest{}
	for _, r := range requests {
		j := jsonRequest{Method: r.Method, URL: r.URL, Posn: r.At.posn(), Sink: r.Sink, Package: r.Package, Test: r.Test, Parts: []jsonPart{}, Calls: [][]jsonCall{}}
		for _, p := range r.Parts {
			part := jsonPart{Of: p.Of, Text: p.Text, Hole: p.Hole, Reason: p.Reason, Posn: p.At.posn()}
			for _, h := range p.Via {
				part.Via = append(part.Via, jsonHop{h.Kind, h.Name, h.Func, h.At.posn()})
			}
			j.Parts = append(j.Parts, part)
		}
		for _, calls := range r.Calls {
			list := []jsonCall{}
			for _, c := range calls {
				list = append(list, jsonCall{c.Func, c.Name, c.At.posn()})
			}
			j.Calls = append(j.Calls, list)
		}
		out = append(out, j)
	}
	return out
}

func (p Place) posn() string {
	if p.Line == 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

// String is the place for people.
func (p Place) String() string { return fmt.Sprintf("%s:%d:%d", Line(p.Name), p.Line, p.Column) }

// RequestsText writes one line "file:line:col: METHOD URL" for each request and, below it and
// behind a tab, one for each literal and each hole that it is made of and one for each call
// string that leads to it. What could not be followed goes to rest, as the summary of a run
// does.
func RequestsText(w, rest io.Writer, r Requests) error {
	var b strings.Builder
	for _, req := range r.Requests {
		req.text(&b)
	}
	for _, m := range r.Modules {
		m.text(&b)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	b.Reset()
	for _, u := range r.Unsolved {
		fmt.Fprintf(&b, "%s: %s\n", u.At, Line(u.Reason))
	}
	_, err := io.WriteString(rest, b.String())
	return err
}

func (r Request) text(b *strings.Builder) {
	method, mark := r.Method, ""
	if method == "" {
		method = "{method}"
	}
	if r.Test {
		mark = " (test)"
	}
	fmt.Fprintf(b, "%s: %s %s%s\n", r.At, Line(method), Line(r.URL), mark)
	for _, p := range r.Parts {
		p.text(b)
	}
	for _, calls := range r.Calls {
		// The first is the function of the place itself.
		if len(calls) == 0 {
			continue
		}
		fmt.Fprintf(b, "\tin %s", Line(calls[0].Name))
		for _, c := range calls[1:] {
			fmt.Fprintf(b, ", from %s at %s", Line(c.Name), c.At)
		}
		b.WriteByte('\n')
	}
}

func (p RequestPart) text(b *strings.Builder) {
	switch {
	case p.Hole != "" && p.At.Line > 0:
		fmt.Fprintf(b, "\t{%s} is not known because %s: %s\n", Line(p.Hole), Line(p.Reason), p.At)
	case p.Hole != "":
		fmt.Fprintf(b, "\t{%s} is not known because %s\n", Line(p.Hole), Line(p.Reason))
	case p.At.Line > 0 && p.Of == "url":
		fmt.Fprintf(b, "\t%s at %s", strconv.Quote(p.Text), p.At)
		for i, h := range p.Via {
			sep := ", "
			if i == 0 {
				sep = ", through "
			}
			b.WriteString(sep + h.text())
		}
		b.WriteByte('\n')
	}
}

func (h RequestHop) text() string {
	switch h.Kind {
	case "parameter":
		return Line("parameter " + h.Name + " of " + h.Func)
	case "result":
		return Line("the result of " + h.Func)
	}
	return Line(h.Kind + " " + h.Name)
}

func (m Module) text(b *strings.Builder) {
	if len(m.Requests) == 0 {
		fmt.Fprintf(b, "%s: spells a base of v1 in %s, and sends nothing there that could be followed\n", Line(m.Module), Line(strings.Join(m.Spells, ", ")))
		return
	}
	fmt.Fprintf(b, "%s: sends v1\n", Line(m.Module))
	for _, r := range m.Requests {
		fmt.Fprintf(b, "\t%s %s: %s\n", Line(r.Method), Line(r.URL), r.At)
	}
}
