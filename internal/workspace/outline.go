package workspace

import "bytes"

// outline returns a Go source without the bodies of its functions, as far as declarations
// are concerned the same: the parser spends most of its time in bodies. It is nil if the
// braces do not match, in which case the source is for the parser to judge.
func outline(src []byte) []byte {
	out := make([]byte, 0, len(src)/2)
	last := 0 // end of what has been copied or left out
	for i := 0; i < len(src); {
		if !startsFunc(src, i) {
			if i = skip(src, i); i < 0 {
				return nil
			}
			continue
		}
		open := bodyOf(src, i+len("func"))
		if open < 0 {
			return nil
		}
		if open == len(src) {
			break // declared without a body, and nothing follows
		}
		if src[open] != '{' {
			i = open // declared without a body
			continue
		}
		end := matching(src, open)
		if end < 0 {
			return nil
		}
		out = append(out, src[last:open+1]...)
		// Lines are kept apart: a line comment must not swallow what follows.
		out = append(out, '}')
		last, i = end, end
	}
	return append(out, src[last:]...)
}

// startsFunc says whether a function declaration starts at i: the keyword at the very start
// of a line, where gofmt puts it. One that is elsewhere keeps its body.
func startsFunc(src []byte, i int) bool {
	return src[i] == 'f' && (i == 0 || src[i-1] == '\n') && bytes.HasPrefix(src[i:], []byte("func")) &&
		i+4 < len(src) && (src[i+4] == ' ' || src[i+4] == '\t')
}

// skip returns the offset behind the literal, comment or byte at i, or -1 if it does not end.
func skip(src []byte, i int) int {
	switch c := src[i]; c {
	case '"', '\'':
		for i++; i < len(src); i++ {
			switch src[i] {
			case '\\':
				i++
			case c:
				return i + 1
			case '\n':
				return -1
			}
		}
		return -1
	case '`':
		end := bytes.IndexByte(src[i+1:], '`')
		if end < 0 {
			return -1
		}
		return i + 1 + end + 1
	case '/':
		switch {
		case bytes.HasPrefix(src[i:], []byte("//")):
			if end := bytes.IndexByte(src[i:], '\n'); end >= 0 {
				return i + end // the line end is a byte of its own
			}
			return len(src)
		case bytes.HasPrefix(src[i:], []byte("/*")):
			end := bytes.Index(src[i+2:], []byte("*/"))
			if end < 0 {
				return -1
			}
			return i + 2 + end + 2
		}
	}
	return i + 1
}

// bodyOf returns the offset of the brace that opens the body of a function whose signature
// begins at i, or of the end of the line if it has none; -1 if the signature does not end.
func bodyOf(src []byte, i int) int {
	depth := 0 // of parentheses and brackets
	for i < len(src) {
		switch src[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case '\n':
			if depth == 0 {
				return i
			}
		case '{':
			if depth > 0 {
				break // in the types of parameters
			}
			// A result may be a struct or an interface with braces of its own.
			if before := bytes.TrimRight(src[:i], " \t"); !bytes.HasSuffix(before, []byte("struct")) && !bytes.HasSuffix(before, []byte("interface")) {
				return i
			}
			end := matching(src, i)
			if end < 0 {
				return -1
			}
			i = end
			continue
		}
		if i = skip(src, i); i < 0 {
			return -1
		}
	}
	return len(src)
}

// matching returns the offset behind the brace that closes the one at open, or -1.
func matching(src []byte, open int) int {
	depth := 0
	for i := open; i < len(src); {
		switch src[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'', '`', '/':
			if i = skip(src, i); i < 0 {
				return -1
			}
			continue
		}
		i++
	}
	return -1
}
