package main

import (
	"regexp"
	"strings"
)

// hole stands for what is not known in the path of a request.
const hole = "\x00"

// A request is one of the list, as far as it is compared.
type request struct {
	method  string
	path    []string // segments, with holes
	text    string   // for people
	reasons map[string]string
}

// A verdict says how a request and what is known go together.
type verdict int

const (
	wrong    verdict = iota // no operation is like it
	unsolved                // one may be, but a hole stands where it has text
	right
)

// judge compares a request with operations. bases are what may stand before their paths.
func judge(r request, operations []operation, bases [][]string) verdict {
	best := wrong
	for _, o := range operations {
		for _, base := range bases {
			best = max(best, compare(r, o, base))
		}
	}
	return best
}

func compare(r request, o operation, base []string) verdict {
	v := right
	switch {
	case r.method == o.method:
	case strings.Contains(r.method, hole) || r.method == "":
		v = unsolved
	default:
		return wrong
	}
	path := append(append([]string{}, base...), o.path...)
	if len(path) != len(r.path) {
		if holds(strings.Join(r.path, "/"), strings.Join(path, "/")) {
			return unsolved
		}
		return wrong
	}
	for i, want := range path {
		have := r.path[i]
		switch {
		case isHole(want) && have != "":
		case want == have:
		case strings.Contains(want, "{") && pattern(want).MatchString(have):
		case strings.Contains(have, hole) && holds(have, want):
			v = min(v, unsolved)
		default:
			return wrong
		}
	}
	return v
}

func isHole(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}") && strings.Count(segment, "{") == 1
}

var variable = regexp.MustCompile(`\\\{[^{}]*\\\}`)

// pattern accepts what a segment of a description may become.
func pattern(segment string) *regexp.Regexp {
	return regexp.MustCompile("^" + variable.ReplaceAllString(regexp.QuoteMeta(segment), `.+`) + "$")
}

// holds reports whether text with holes may be a text. Of a whole path, a hole may be several
// segments.
func holds(have, text string) bool {
	parts := strings.Split(have, hole)
	if len(parts) == 1 {
		return false
	}
	rest, ok := strings.CutPrefix(text, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		_, after, ok := strings.Cut(rest, part)
		if !ok {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

var origin = regexp.MustCompile(`^(?:[A-Za-z][\w+.-]*|` + hole + `)?:?//[^/]*`)

// pathOf is the path of a URL with holes: without scheme and host, or the hole that stands for
// them, and without a query.
func pathOf(url string) []string {
	url, _, _ = strings.Cut(url, "?")
	url, _, _ = strings.Cut(url, "#")
	if loc := origin.FindString(url); loc != "" {
		url = url[len(loc):]
	} else if rest := strings.TrimLeft(url, hole); rest != "" {
		url = rest // a whole URL that is a hole may have a path
	}
	return strings.Split(strings.Trim(url, "/"), "/")
}
