package strval

import "strings"

// pattern turns a regular expression into a template: literal text stays, with its
// origin, and whatever may match more than one text becomes a hole. Anchors vanish. A
// choice between texts at the top makes the whole a hole.
func pattern(t Template) Template {
	flat := t.Flat()
	flat = strings.TrimSuffix(flat, "$")
	var out Template
	hole := func() {
		if n := len(out); n == 0 || out[n-1].Gap == nil {
			out = append(out, Part{Gap: &Gap{Reason: "a regular expression matches more than one text there"}})
		}
	}
	for i := 0; i < len(flat); {
		from, to := i, i+1 // the atom in the source
		literal := true
		switch c := flat[i]; c {
		case '^':
			if i == 0 {
				i++
				continue
			}
			literal = false
		case '\\':
			if to == len(flat) {
				return Unknown("it is not a regular expression")
			}
			if strings.IndexByte("zAbB", flat[to]) >= 0 {
				i += 2 // an anchor
				continue
			}
			to++
			from++
			if c := flat[from]; 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
				literal = false // a class such as \d
			}
		case '(', '[':
			to = closing(flat, i)
			if to < 0 {
				return Unknown("it is not a regular expression")
			}
			literal = false
			inside := strings.TrimPrefix(flat[i+1:to-1], "?:")
			if strings.HasPrefix(inside, `\?`) && c == '(' {
				out = append(out, Part{Text: "?"}) // what may follow is a query
			} else if choices := strings.Split(inside, "|"); c == '(' && len(choices) > 1 && !strings.ContainsAny(inside, `\.[(*+?`) {
				out = append(out, Part{Gap: &Gap{Reason: "a regular expression allows " + strings.Join(choices, " and ") + " there", Choices: choices}})
			}
		case '.':
			literal = false
		case '|':
			return Unknown("a regular expression allows several texts")
		case Hole:
			literal = false
		}
		// A repetition makes any atom one of many texts.
		end := to
		for end < len(flat) && strings.IndexByte("*+?", flat[end]) >= 0 {
			end++
		}
		if end < len(flat) && flat[end] == '{' {
			if k := strings.IndexByte(flat[end:], '}'); k > 0 {
				end += k + 1
			}
		}
		if !literal || end > to {
			hole()
		} else {
			out = Concat(out, t.Slice(from, to))
		}
		i = end
	}
	return out
}

// closing returns the offset behind the bracket that closes the one at i, or -1.
func closing(s string, i int) int {
	depth := 0
	class := false
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case class:
			if c == ']' {
				class = false
				if depth == 0 {
					return i + 1
				}
			}
		case c == '[':
			class = true
			if i+1 < len(s) && (s[i+1] == ']' || s[i+1] == '^' && i+2 < len(s) && s[i+2] == ']') {
				i++
			}
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}
