package strval

import (
	"fmt"
	"strconv"
	"strings"
)

// sprintf is fmt.Sprintf over templates. The text of the format and of plain %s,
// %v and %d operands keeps its origin; what a verb rewrites (%q, %x, padding) is
// text without origin if the operand is known, else a hole.
func sprintf(format Template, args []Value) Template {
	flat := format.Flat()
	var out []Template
	next := 0 // operand of the next verb
	from := 0 // start of the text not yet copied
	for i := 0; i < len(flat); {
		if flat[i] != '%' {
			i++
			continue
		}
		out = append(out, format.Slice(from, i))
		start := i
		i++
		plain := true // neither flag nor width nor precision
		width := 0
		for ; i < len(flat); i++ {
			c := flat[i]
			if c == '[' {
				end := strings.IndexByte(flat[i:], ']')
				n, err := 0, error(nil)
				if end > 0 {
					n, err = strconv.Atoi(flat[i+1 : i+end])
				}
				if end <= 0 || err != nil || n < 1 {
					return Concat(append(out, Unknown("its format string has a bad operand index"))...)
				}
				next = n - 1
				i += end
				continue
			}
			if c == '*' {
				next++
				plain = false
				continue
			}
			if strings.IndexByte("+-# 0.", c) >= 0 || '1' <= c && c <= '9' {
				if '0' <= c && c <= '9' {
					width = min(width*10+int(c-'0'), MaxLen+1)
				}
				plain = false
				continue
			}
			break
		}
		if i >= len(flat) {
			out = append(out, Unknown("its format string ends in an open verb"))
			from = i
			break
		}
		verb := flat[i]
		i++
		from = i
		if verb == '%' {
			out = append(out, format.Slice(i-1, i))
			continue
		}
		if next < 0 || next >= len(args) {
			out = append(out, Unknown("a verb of its format string has no operand"))
			continue
		}
		arg := args[next].Template()
		next++
		if args[next-1].Kind == KindList {
			out = append(out, Unknown("a list is formatted into it"))
			continue
		}
		if plain && (verb == 's' || verb == 'v' || verb == 'd') {
			out = append(out, arg)
			continue
		}
		text, known := arg.Known()
		switch {
		case width > MaxLen:
			out = append(out, TooComplex("its format string asks for too much padding"))
		case known && strings.IndexByte("svqxX", verb) >= 0 && !strings.Contains(flat[start:i], "*") && !strings.Contains(flat[start:i], "["):
			out = append(out, Text(fmt.Sprintf(flat[start:i], text)))
		default:
			out = append(out, Unknown("a verb of its format string rewrites an unknown value"))
		}
	}
	if from < len(flat) {
		out = append(out, format.Slice(from, len(flat)))
	}
	return Concat(out...)
}
