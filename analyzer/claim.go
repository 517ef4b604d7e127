package analyzer

import (
	"go/token"

	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A Claim is what a finding is about, whatever it says: one way in which a use turns out, or
// one URL in a text. A change of other text leaves everything in it but the offsets as it is,
// so that the findings of a program and of the same program after a change can be compared.
type Claim struct {
	Rule   string  // as in Finding
	Kind   string  // what the endpoint table takes the URL for, as "mapped"
	Method string  // "" if it is not known
	Sink   string  // what the use hands its URL to, or "" for a text that nothing uses
	Use    Place   // where it does; zero for a text that nothing uses
	Parts  []Place // the texts that the URL is made of, as far as the source spells them, in its order
	Group  int     // ID of the group that changes one of them, -1 if none does
}

// A Place is a range of bytes of a file: a literal or, in a text that is not one, a URL.
type Place struct {
	File       string
	Start, End int
	At         int // where in the range that begins which is meant
}

// claim is the identity of a verdict. groups are the IDs of the groups by the edits' roots.
func (v *verdict) claim(groups map[*edit]int) Claim {
	c := Claim{Rule: ruleID(v.res), Kind: v.res.Kind.String(), Method: v.solved.Method, Group: -1}
	if v.use.Use != nil {
		c.Sink = v.use.Sink
		at := v.use.Pos.Offset
		c.Use = Place{v.use.File().Name, at, at, at}
	}
	for _, p := range v.solved.URL {
		if p.Lit != nil {
			c.Parts = append(c.Parts, partPlace(p))
		}
	}
	if len(v.wants) > 0 {
		if id, ok := groups[v.wants[0].root()]; ok {
			c.Group = id
		}
	}
	return c
}

// partPlace is where a part of a URL is spelled.
func partPlace(p strval.Part) Place {
	l := p.Lit
	if l.Plain {
		at := l.Start + p.At
		return Place{l.File, at, at + len(p.Text), at}
	}
	at := l.Start
	if _, offsets, err := l.Decode(); err == nil && p.At < len(offsets) {
		at += offsets[p.At]
	}
	return Place{l.File, l.Start, l.Start + len(l.Source), at}
}

func spotOf(p token.Position) Place { return Place{p.Filename, p.Offset, p.Offset, p.Offset} }
