package strval

import "strings"

// Hole is the byte that stands for a hole in the flat form of a template.
const Hole = '\x00'

// MaxLen bounds the text of a template, in bytes. Longer values are of no use as
// URLs; operations answer with a hole instead.
const MaxLen = 16 << 10

// A Gap says what a hole stands for.
type Gap struct {
	Reason string // why the text is not known; reads well after "because"
	// Server names the creation sites of the test servers whose address the hole is;
	// empty if it is no such address.
	Server []string
	// Incoming is set if the hole is (part of) the URL of a request that the program answers.
	Incoming bool
	// Dead is set if the hole is a parameter of a function that nobody can call.
	Dead bool
	// Choices are the only texts that the hole may stand for; nil if they are not known.
	Choices []string
	// Lost, if not 0, is the number by which the solver knows what text of the program the hole
	// may hold.
	Lost int
	// Piece is set if that text is in the hole as it is, if at all.
	Piece bool
	// Complex is set if the text may be known but a bound was met before it was.
	Complex bool
	// Origin is what the hole comes from; nil if the program was read without marks.
	Origin *Origin
}

// An Origin is the operation at which the text of a hole was lost.
type Origin struct {
	Name         string // of the variable, parameter, field or function; "" if there is none
	File         string
	Line, Column int // both from 1
}

// A Part is either text or a hole.
type Part struct {
	Text string   // decoded text; empty for a hole
	Lit  *Literal // the literal that spells Text; nil if the program made it
	At   int      // offset of Text in the decoded value of Lit
	Gap  *Gap     // set for a hole, nil for text
}

// A Template is a string with provenance.
type Template []Part

// Text returns a template of text that no literal spells.
func Text(s string) Template {
	if s == "" {
		return nil
	}
	return Template{{Text: s}}
}

// FromLiteral returns the template of a whole literal, or a hole if the literal
// cannot be decoded or is longer than MaxLen.
func FromLiteral(l *Literal) Template {
	value, _, err := Decode(l.Source)
	switch {
	case err != nil:
		return Unknown("its literal cannot be read")
	case len(value) > MaxLen:
		return TooComplex("the text is too long to be a URL")
	case value == "":
		return nil
	}
	return Template{{Text: value, Lit: l}}
}

// Unknown returns a template of one hole with a reason.
func Unknown(reason string) Template { return Template{{Gap: &Gap{Reason: reason}}} }

// TooComplex returns a template of one hole for text that a bound cut off.
func TooComplex(reason string) Template {
	return Template{{Gap: &Gap{Reason: reason, Complex: true}}}
}

// Len returns the length of the flat form, in bytes.
func (t Template) Len() int {
	n := 0
	for _, p := range t {
		n += p.len()
	}
	return n
}

func (p Part) len() int {
	if p.Gap != nil {
		return 1
	}
	return len(p.Text)
}

// Flat returns the text with every hole as the single byte Hole. Bytes of that
// value inside text are turned into U+FFFD's first byte so that the two cannot be
// confused; the length of every part stays.
func (t Template) Flat() string {
	if len(t) == 1 && t[0].Gap == nil && strings.IndexByte(t[0].Text, Hole) < 0 {
		return t[0].Text
	}
	var b strings.Builder
	for _, p := range t {
		if p.Gap != nil {
			b.WriteByte(Hole)
		} else if strings.IndexByte(p.Text, Hole) >= 0 {
			b.WriteString(strings.ReplaceAll(p.Text, string(Hole), "\xef"))
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// Known returns the text and true if the template has no hole.
func (t Template) Known() (string, bool) {
	if len(t) == 1 && t[0].Gap == nil {
		return t[0].Text, true
	}
	var b strings.Builder
	for _, p := range t {
		if p.Gap != nil {
			return "", false
		}
		b.WriteString(p.Text)
	}
	return b.String(), true
}

// Slice returns the part [from,to) of the flat form.
func (t Template) Slice(from, to int) Template {
	var out Template
	pos := 0
	for _, p := range t {
		n := p.len()
		lo, hi := max(from-pos, 0), min(to-pos, n)
		pos += n
		if lo >= hi {
			continue
		}
		if p.Gap == nil {
			p.Text = p.Text[lo:hi]
			p.At += lo
		}
		out = append(out, p)
	}
	return out
}

// Concat joins templates. Neighbouring text of one literal melts together. Behind
// MaxLen bytes the text is cut off by a hole.
func Concat(ts ...Template) Template {
	n := 0
	for _, t := range ts {
		n += len(t)
	}
	out := make(Template, 0, n)
	length := 0
	for _, t := range ts {
		for _, p := range t {
			if length += p.len(); length > MaxLen {
				return append(out, TooComplex("the text is too long to be a URL")...)
			}
			if k := len(out) - 1; k >= 0 && p.Gap == nil && out[k].Gap == nil && out[k].Lit == p.Lit &&
				(p.Lit == nil || out[k].At+len(out[k].Text) == p.At) {
				out[k].Text += p.Text
				continue
			}
			out = append(out, p)
		}
	}
	return out
}

// A Place is a range of a literal's decoded value.
type Place struct {
	Lit      *Literal
	From, To int
}

// Locate returns the literal ranges that spell [from,to) of the flat form, in
// order. For an empty range it is the place directly before the byte at from. ok is
// false if a byte in the range is a hole or has no literal.
func (t Template) Locate(from, to int) (places []Place, ok bool) {
	pos := 0
	for _, p := range t {
		n := p.len()
		lo, hi := from-pos, to-pos
		pos += n
		if from == to {
			if lo < 0 || lo >= n {
				continue
			}
			if p.Gap != nil || p.Lit == nil {
				return nil, false
			}
			return []Place{{p.Lit, p.At + lo, p.At + lo}}, true
		}
		lo, hi = max(lo, 0), min(hi, n)
		if lo >= hi {
			continue
		}
		if p.Gap != nil || p.Lit == nil {
			return nil, false
		}
		places = append(places, Place{p.Lit, p.At + lo, p.At + hi})
	}
	return places, len(places) > 0
}

// Key returns a string that two templates share if and only if they are made of
// the same bytes of the same literals and the same kinds of holes.
func (t Template) Key() string {
	var b strings.Builder
	for _, p := range t {
		if p.Gap != nil {
			b.WriteByte(0)
			b.WriteString(p.Gap.Reason)
			for _, s := range p.Gap.Server {
				b.WriteByte(1)
				b.WriteString(s)
			}
			if p.Gap.Lost != 0 {
				b.WriteByte(6)
				writeInt(&b, p.Gap.Lost)
			}
			b.WriteByte(2)
			continue
		}
		if p.Lit != nil {
			b.WriteString(p.Lit.File)
			b.WriteByte(3)
			writeInt(&b, p.Lit.Start+p.At)
		}
		b.WriteByte(4)
		b.WriteString(p.Text)
		b.WriteByte(5)
	}
	return b.String()
}

func writeInt(b *strings.Builder, n int) {
	for ; n > 0; n >>= 7 {
		b.WriteByte(0x80 | byte(n&0x7f))
	}
}
