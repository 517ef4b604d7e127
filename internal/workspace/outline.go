package workspace

import (
	"bytes"
	"crypto/sha256"
	"go/token"
	"strings"
)

// A declaration is a function of a Go source as far as bytes tell: the parser spends most of
// its time in bodies, and most bodies have nothing to do with what is looked for.
type declaration struct {
	name string // "Client.do" for a method, whether its receiver is a pointer or not
	from int    // offset of the keyword
	body int    // offset of the brace that opens the body
	end  int    // and behind the one that closes it
}

// A text is a Go source with what bytes tell about it.
type text struct {
	src   []byte
	funcs []declaration     // none if the braces do not match
	hash  [sha256.Size]byte // if it is kept
}

func newText(src []byte) *text {
	return &text{src: src, funcs: declarations(src)}
}

// declarations lists the functions of a Go source that have a body, in their order. There are
// none if the braces do not match, in which case the source is for the parser to judge.
func declarations(src []byte) (out []declaration) {
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
		out = append(out, declaration{functionName(src[i+len("func") : open]), i, open, end})
		i = end
	}
	return out
}

// functionName is the name of a function, with that of its receiver's type, by what stands
// between the keyword and the body.
func functionName(text []byte) string {
	text = bytes.TrimLeft(text, " \t\r\n")
	receiver := ""
	if len(text) > 0 && text[0] == '(' {
		end := bytes.IndexByte(text, ')')
		if end < 0 {
			return ""
		}
		inside, _, _ := bytes.Cut(text[1:end], []byte("["))
		receiver = lastWord(string(inside)) + "."
		text = bytes.TrimLeft(text[end+1:], " \t\r\n")
	}
	end := 0
	for end < len(text) && wordByte[text[end]] {
		end++
	}
	return receiver + string(text[:end])
}

// outline returns the files of a package without the bodies of functions: as far as importers
// are concerned the same. Functions that nobody outside can name, and nothing inside does, are
// gone as well. A file whose braces do not match stays as it is.
func outline(files []*text) [][]byte {
	none := func(int, int) bool { return false }
	return pare(files, none, token.IsExported, func(out, _ []byte, signature bool) []byte {
		if signature {
			// Lines are kept apart: a line comment must not swallow what follows.
			return append(out, "{}"...)
		}
		return out
	})
}

// blank returns the files of a package with blanks for the bodies of all functions but those
// that are kept, by the number of the file and their own, so that everything else stays where
// it is. Functions that nothing else names are blanks as a whole. A file that keeps all, or
// whose braces do not match, is the source itself.
func blank(files []*text, kept func(file, number int) bool) [][]byte {
	nobody := func(string) bool { return false }
	return pare(files, kept, nobody, func(out, gone []byte, _ bool) []byte {
		for _, c := range gone {
			if c != '\n' {
				c = ' '
			}
			out = append(out, c)
		}
		return out
	})
}

// pare replaces the bodies of functions that are not kept by what is appended for them, and
// whole functions if they are not methods, not known to others, and named by nothing that is
// kept. signature says that it is a body.
func pare(files []*text, kept func(file, number int) bool, known func(name string) bool, replace func(out, gone []byte, signature bool) []byte) [][]byte {
	named := map[string]bool{}
	for i, file := range files {
		if file == nil {
			continue
		}
		last := 0
		for n, f := range file.funcs {
			if !kept(i, n) {
				addWords(file.src[last:f.from], named)
				last = f.end
			}
		}
		addWords(file.src[last:], named)
	}
	out := make([][]byte, len(files))
	for i, file := range files {
		if file == nil {
			continue
		}
		last := 0
		for n, f := range file.funcs {
			if kept(i, n) {
				continue
			}
			from, signature := f.body, true
			if !strings.Contains(f.name, ".") && !known(f.name) && !named[f.name] {
				from, signature = f.from, false
			}
			if last == 0 {
				out[i] = make([]byte, 0, len(file.src))
			}
			out[i] = append(out[i], file.src[last:from]...)
			out[i] = replace(out[i], file.src[from:f.end], signature)
			last = f.end
		}
		if last == 0 {
			out[i] = file.src
		} else {
			out[i] = append(out[i], file.src[last:]...)
		}
	}
	return out
}

// addWords adds the words of a text that are neither in a literal nor in a comment.
func addWords(text []byte, words map[string]bool) {
	for i := 0; i < len(text); {
		if !wordByte[text[i]] {
			if i = skip(text, i); i < 0 {
				return // the end of a literal is elsewhere, and so is what it names
			}
			continue
		}
		start := i
		for i < len(text) && wordByte[text[i]] {
			i++
		}
		if word := text[start:i]; !words[string(word)] {
			words[string(word)] = true
		}
	}
}

// Bodies lists the bodies of a file's functions whose text, signature and all, passes a test.
func Bodies(file string, test func(text []byte) bool) (out []Body) {
	// A file that cannot be read is in no package.
	_ = Read(file, func(src []byte) {
		for n, f := range declarations(src) {
			if test(src[f.from:f.end]) {
				out = append(out, Body{file, n})
			}
		}
	})
	return out
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
