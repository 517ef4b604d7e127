package solve

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Solved is what a use is in one or more worlds.
type Solved struct {
	Method string // "" if not known
	URL    strval.Template
	// Router identifies the router that a route is registered on; "" if not known.
	Router string
	// Made is the calls by which that router was made, from the function that makes it
	// outwards: every call makes a router of its own. One of two routers that are the same
	// may be told by more calls than the other.
	Made []string
	// Incoming reports, for a comparison, that the other side is the path of a request
	// that the program answers.
	Incoming bool
	Other    strval.Template // the other side
}

// Solve visits every different way in which the use can turn out, in a fixed order.
// It reports whether that was all: false means that the search met a bound.
func (u Use) Solve(visit func(Solved)) (complete bool) {
	seen := map[string]bool{}
	return u.search(func(w *world) bool {
		fr := &frame{fn: u.fn}
		method, url := u.sent(w, fr)
		s := Solved{URL: url}
		s.Method, _ = method.Known()
		if u.On != nil {
			switch u.Kind {
			case equation.Compare, equation.Prefix:
				s.Other = w.asText(w.eval(fr, u.On, u.otherAs()))
				for _, p := range s.Other {
					s.Incoming = s.Incoming || p.Gap != nil && p.Gap.Incoming
				}
			default:
				on := w.eval(fr, u.On, wantObject)
				s.Router = identity(on)
				if u.Kind == equation.Route && s.Router != "" {
					s.Made = w.made(fr, on)
				}
			}
		} else if u.Kind == equation.Route {
			s.Router = "default"
		}
		w.require(fr, u.When)
		if w.impossible || u.Guess && !s.Incoming {
			return true
		}
		key := s.Method + "\x00" + s.Router + "\x00" + strconv.FormatBool(s.Incoming) + "\x00" + s.URL.Key()
		if !seen[key] {
			seen[key] = true
			visit(s)
		}
		return true
	})
}

// search visits every world in which the use can turn out differently, as far as it has steps.
func (u Use) search(visit func(w *world) bool) (complete bool) {
	return u.prog.search(maxUseSteps+callSteps*u.fn.ways(), nil, visit)
}

// sent is the method and the URL of the use in a world. A method that the sink does not name
// is empty.
func (u Use) sent(w *world, fr *frame) (method, url strval.Template) {
	url, method = w.text(fr, u.URL), strval.Text(u.Fixed)
	if u.Method != nil {
		method = w.text(fr, u.Method)
		m, ok := method.Known()
		switch {
		case !ok || u.Kind != equation.Request:
		case m == "":
			method = strval.Text("GET") // as net/http has it
		case strings.ContainsFunc(m, noToken):
			w.impossible = true // such a request is refused before it is sent
		}
	}
	return method, url
}

// noToken reports whether a byte cannot be part of an HTTP method (RFC 9110, section 5.6.2).
func noToken(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}

// otherAs is what the other side of a comparison is evaluated for: where nothing else makes it
// a use, it is followed to whoever hands it in.
func (u Use) otherAs() want {
	if u.Guess {
		return wantObject
	}
	return wantText
}

// identity names the object that a value is, whatever its base has become.
func identity(v value) string {
	for v.kind == kWith {
		v = *v.base
	}
	if v.kind != kAlloc {
		return ""
	}
	return v.expr.Text + ":" + strconv.Itoa(v.expr.N)
}

// made lists the calls by which an object was made that a frame uses. If it is not known
// which they were, the frame's function is the last: it has an object of its own.
func (w *world) made(user *frame, v value) []string {
	for v.kind == kWith {
		v = *v.base
	}
	var calls []string
	fr := v.frame.home()
	for ; fr.caller != nil; fr = fr.caller.home() {
		calls = append(calls, fr.fn.Sym, strconv.Itoa(fr.site.call))
	}
	calls = append(calls, fr.fn.Sym)
	for u := user; u != nil; {
		if u = u.home(); u == fr {
			return calls
		}
		switch {
		case u.caller != nil:
			u = u.caller
		case w.entries[u].caller != nil:
			u = w.entries[u].caller
		case u.outer != nil:
			u = u.outer
		default:
			u = w.outers[u]
		}
	}
	return append(calls, "for "+user.fn.Sym)
}

// routers lists the routers that a handler is or holds in its fields.
func (w *world) routers(v value, depth int) []string {
	if id := identity(v); id != "" {
		return []string{id}
	}
	var out []string
	for ; v.kind == kWith; v = *v.base {
		if depth < 3 {
			out = append(out, w.routers(w.force(v.field, wantObject), depth+1)...)
		}
	}
	if v.kind == kObject && depth < 3 {
		for _, a := range v.expr.Args {
			out = append(out, w.routers(w.eval(v.frame, a, wantObject), depth+1)...)
		}
	}
	return out
}

// A Server is a test server that the program starts.
type Server struct {
	ID      string // as in strval.Gap.Server
	File    string
	Routers []string // the routers that answer for it; empty if not known
	// Packages are the import paths of the package that starts it and of those whose
	// functions take part in making its handler.
	Packages []string
}

// Servers returns the test servers of the program.
func (p *Program) Servers() []Server {
	var out []Server
	for _, fn := range p.funcs {
		for _, e := range fn.Locals {
			if e.Op != equation.Alloc || len(e.Args) == 0 {
				continue
			}
			s := Server{ID: e.Text + ":" + strconv.Itoa(e.N), File: e.Text}
			seen := map[string]bool{}
			packages := map[string]bool{fn.pkg.Path: true}
			p.search(maxJoinSteps, nil, func(w *world) bool {
				handler := w.eval(&frame{fn: fn}, e.Args[0], wantObject)
				if w.impossible {
					return true
				}
				for _, id := range w.routers(handler, 0) {
					if !seen[id] {
						seen[id] = true
						s.Routers = append(s.Routers, id)
					}
				}
				for key := range w.calls {
					packages[key.callee.pkg.Path] = true
				}
				if handler.fn != nil {
					packages[handler.fn.pkg.Path] = true
				}
				return true
			})
			s.Packages = slices.Sorted(maps.Keys(packages))
			out = append(out, s)
		}
	}
	return out
}
