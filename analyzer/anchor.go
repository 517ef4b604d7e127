package analyzer

import (
	"bytes"
	"go/scanner"
	"go/token"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Other APIs have paths like those of the vendor. So a change needs an anchor: something among
// what changes together that leads to the vendor. A request to one of its hosts does, and so does
// one whose host is not known until run time if another world of it has such a host, or if the
// code that makes it names the vendor: in its package or a type, in the key of a setting, in the
// header that holds the key. A route, and a request that is only given to a handler or to the
// test server behind an address of httptest, leads nowhere by itself.

// unanchored is why a change without an anchor is not made.
const unanchored = "its host is not known before run time, and nothing beside it names the vendor: it may be another API with the same paths"

// relayed is why a change is not made that only servers want whose package knows a host of the
// vendor for something else than requests, such as a reverse proxy.
const relayed = "its package may send on to the vendor what it answers, and whoever calls it is not in sight"

// anchor holds changes without an anchor, and leaves those alone that no code sends anywhere.
func (j *judge) anchor() {
	a := anchors{j, map[int]bool{}, map[string]bool{}, map[string]bool{}, map[*edit]bool{}}
	sent := map[*strval.Literal]bool{}
	for _, v := range j.verdicts {
		// A host without a path of the API is given to something that has the path from elsewhere.
		if v.use.Use != nil && v.use.Kind == equation.Request && v.res.Kind != endpoint.NotOurs {
			for _, part := range v.solved.URL {
				sent[part.Lit] = true
			}
		}
	}
	for _, pkg := range j.pkgs {
		if slices.ContainsFunc(pkg.Files, func(f equation.File) bool { return f.Vendor }) {
			a.named[tested(pkg.Path)] = true
		}
		for i := range pkg.Lits {
			lit := &pkg.Lits[i]
			if text, _, err := lit.Decode(); !sent[lit] && err == nil && j.table.Match("", text).Host == endpoint.HostOurs {
				a.hosts[tested(pkg.Path)] = true
			}
		}
	}
	for _, v := range j.verdicts {
		if v.use.Use != nil && v.res.Host == endpoint.HostOurs {
			a.vendors[v.use.ID()] = true
		}
	}
	for _, e := range j.order {
		if slices.ContainsFunc(e.wants, a.leads) {
			a.groups[e.root()] = true
		}
	}
	a.follow()
	for _, group := range j.groups() {
		var wants []*verdict
		for _, e := range group {
			wants = append(wants, e.wants...)
		}
		used := slices.ContainsFunc(wants, func(v *verdict) bool { return v.use.Use != nil })
		switch {
		case a.groups[group[0].root()]:
		case !used:
			// A text that nobody sends is judged by what it spells.
		case slices.ContainsFunc(wants, sentAway), slices.ContainsFunc(wants, searches):
			// What is looked for in other text, such as a log, may be of the vendor in any case.
			group[0].hold(fixer.Review, unanchored)
		case slices.ContainsFunc(wants, a.relayed):
			group[0].hold(fixer.Review, relayed)
		default:
			for _, v := range wants {
				v.wants, v.neutral, v.stuck = nil, true, ""
			}
			for _, e := range group {
				j.remove(e)
			}
		}
	}
	for _, v := range j.verdicts {
		if v.use.Use == nil || searches(v) || len(v.wants) > 0 || v.neutral || v.quiet || v.res.Kind == endpoint.NotOurs {
			continue
		}
		// What has no row may belong to anybody, and so may what nobody sends.
		if (v.res.Rule == nil || !sentAway(v)) && !a.leads(v) && !a.beside(v) {
			v.neutral, v.stuck = true, ""
		}
	}
}

// tested is the import path of the package that an external test is for, or else the path itself.
func tested(path string) string { return strings.TrimSuffix(path, "_test") }

// anchors knows what leads to the vendor.
type anchors struct {
	*judge
	vendors map[int]bool    // uses, by ID, of which some world has a host of the vendor
	named   map[string]bool // packages, by import path, whose code names the vendor
	hosts   map[string]bool // packages, by import path, with a host of the vendor that no request in sight has
	groups  map[*edit]bool  // by root
}

// follow gives requests that only a handler gets the anchor of the routes that answer them: those
// of the same path in the package, whatever the method, or of all that is below the base.
func (a anchors) follow() {
	type answer struct{ pkg, path string } // "" for the base
	routes := map[answer]*edit{}
	key := func(v *verdict) answer {
		k := answer{pkg: tested(v.use.Package())}
		if v.res.Rule != nil {
			k.path = v.res.Rule.Old
		}
		return k
	}
	for _, v := range a.verdicts {
		if v.use.Use != nil && len(v.wants) > 0 && v.use.Kind != equation.Request && a.groups[v.wants[0].root()] {
			routes[key(v)] = v.wants[0]
		}
	}
	for _, v := range a.verdicts {
		if v.use.Use == nil || len(v.wants) == 0 || v.use.Kind != equation.Request || a.groups[v.wants[0].root()] {
			continue
		}
		k := key(v)
		route := routes[k]
		if route == nil {
			route = routes[answer{pkg: k.pkg}]
		}
		if route != nil {
			unite(route, v.wants[0])
			a.groups[route.root()] = true
		}
	}
}

// leads reports whether a verdict leads to the vendor.
func (a anchors) leads(v *verdict) bool {
	switch {
	case v.res.Host == endpoint.HostOurs:
		return true
	case v.use.Use == nil || v.use.Kind != equation.Request:
		return false
	case a.vendors[v.use.ID()]:
		return true
	}
	return sentAway(v) && !v.use.File().Test && a.names(v)
}

// names reports whether the code that makes a request, or spells a part of its URL, names the
// vendor.
func (a anchors) names(v *verdict) bool {
	if a.named[tested(v.use.Package())] {
		return true
	}
	for _, part := range v.solved.URL {
		if part.Lit != nil && a.files[part.Lit.File].Vendor {
			return true
		}
	}
	return false
}

// relayed reports whether a use is in a package that may send on what it answers.
func (a anchors) relayed(v *verdict) bool {
	return v.use.Use != nil && v.use.Kind != equation.Request && a.hosts[tested(v.use.Package())]
}

// beside reports whether a part of a use's URL is also part of what has an anchor.
func (a anchors) beside(v *verdict) bool {
	for _, part := range v.solved.URL {
		for _, e := range a.byLit[part.Lit] {
			if part.Lit != nil && a.groups[e.root()] {
				return true
			}
		}
	}
	return false
}

// sentAway reports whether a request leaves the program, as far as can be seen: it is not given
// to a handler, and if a test makes it, its address is not that of a test server. Code that is no
// test may be given another address than the tests give it.
func sentAway(v *verdict) bool {
	if v.use.Use == nil || v.use.Kind != equation.Request || strings.HasPrefix(v.use.Sink, "httptest.") || len(v.solved.URL) == 0 {
		return false
	}
	if !v.use.File().Test {
		return true
	}
	gap := v.solved.URL[0].Gap
	return gap == nil && v.res.Host != endpoint.HostAbsent || gap != nil && len(gap.Server) == 0
}

// searches reports whether a use looks for its text in another text that is not the URL of a
// request to this program.
func searches(v *verdict) bool {
	return v.use.Use != nil && !v.solved.Incoming && strings.HasPrefix(v.use.Sink, "strings.")
}

// namesVendor reports whether Go source names the vendor in an identifier or a literal.
func namesVendor(t *endpoint.Table, src []byte) bool {
	words := t.Vendor()
	names := func(text []byte) bool {
		return folded(text, func(text []byte) bool {
			return slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(text, []byte(word)) })
		})
	}
	if !names(src) {
		return false
	}
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", -1, len(src)), src, nil, 0)
	for imports := false; ; {
		_, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return false
		case token.IMPORT:
			imports = true
		case token.CONST, token.VAR, token.FUNC, token.TYPE:
			imports = false
		case token.IDENT, token.STRING:
			// The path of a module may name whoever has written it.
			if !(imports && tok == token.STRING) && names([]byte(lit)) {
				return true
			}
		}
	}
}
