package solve

import (
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// The host decides whose URL it is, and it has no mark by which it could be told from an
// identifier. So it is known by its place: between "//" and the next slash. Parameters that
// may stand there are followed, whatever is passed.

// A place is where a text ends, seen as a part of a URL.
type place uint8

const (
	anywhere place = iota // it does not say
	inHost
	behindHost
)

func placeAfter(text string) place {
	at := anywhere
	if i := strings.LastIndex(text, "//"); i >= 0 {
		at, text = inHost, text[i+len("//"):]
	}
	if strings.ContainsAny(text, "/?#") {
		return behindHost
	}
	return at
}

// hostNode is a node for something that is part of a host and flows to another node.
func (g *graph) hostNode(to int) int {
	n := g.node()
	g.edge(n, to)
	g.hosts = append(g.hosts, n)
	return n
}

// concat draws the edges of texts that follow one another, and returns where they end.
func (g *graph) concat(fn *function, parts []*equation.Expr, to int) place {
	at := anywhere
	for _, e := range parts {
		n := to
		if at == inHost {
			n = g.hostNode(to)
		}
		if next := g.flow(fn, e, n); next != anywhere {
			at = next
		}
	}
	return at
}

// format draws the edges of a fmt.Sprintf.
func (g *graph) format(fn *function, e *equation.Expr, to int) place {
	at := g.flow(fn, e.Args[0], to)
	format, list := g.spelled(fn, e.Args[0], 0), e.Args[1]
	pieces := strings.Split(strings.ReplaceAll(format, "%%", "__"), "%")
	for i, a := range list.Args {
		n := to
		if i+1 < len(pieces) && placeAfter(strings.Join(pieces[:i+1], "")) == inHost || strings.Contains(format, "//%[") {
			n = g.hostNode(to)
		}
		g.flow(fn, a, n)
	}
	return at
}

// isFormat reports whether an expression is a fmt.Sprintf with its operands one by one.
func isFormat(e *equation.Expr) bool {
	return e.Sym == "fmt.Sprintf" && len(e.Args) == 2 && e.Args[1].Op == equation.List
}

// spelled returns the source of a literal or constant, "" if it is neither. Quotes and
// escapes do not matter to where a host stands.
func (g *graph) spelled(fn *function, e *equation.Expr, depth int) string {
	switch e.Op {
	case equation.Text, equation.Computed:
		return e.Text
	case equation.Lit:
		return g.prog.literal(fn.pkg, e.N).Source
	case equation.Const:
		if c, ok := g.prog.consts[e.Sym]; ok && depth < maxDepth {
			return g.spelled(c.init, c.value, depth+1)
		}
		return e.Text
	}
	return ""
}

// follows reports whether it matters for the sake of text what a parameter is.
func (g *graph) follows(param int) bool { return g.path[param] || g.host[param] }

// markHosts finds the nodes that may become part of a host.
func (g *graph) markHosts() {
	g.host = make([]bool, len(g.next))
	if len(g.hosts) == 0 {
		return
	}
	spread(g.backward(), g.host, g.hosts)
}
