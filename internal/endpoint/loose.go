package endpoint

import (
	"slices"
	"strings"
)

// A Span is a URL inside a longer text.
type Span struct {
	Start, End int    // bytes of the text
	Method     string // what the text says about the method, or ""
	Result     Result // with Edits in offsets of the text
}

const (
	maxURL     = 1024 // longer runs without a blank are data, not URLs
	maxCommand = 4096 // bytes of a shell command that are read for its method
)

// Loose finds the URLs of the API in free text, such as help text, a comment, Markdown or a script: those with one
// of our hosts, and rooted paths that begin with a base. It returns those that are neither NotOurs nor Current, in
// order and disjoint. The method is taken from a word before the URL (GET /x), from a curl command around it or
// from a swag annotation behind it (/x [get]).
//
// A URL ends at white space, quotes, angle brackets and the like, and without punctuation that ends a sentence.
// Where the text goes on in a way that is not certain (string concatenation, a regular expression) the result is
// Unclear.
//
// In the strings of JSON a slash may be spelled by an escape (\/, \u002f), in text that embeds them as well.
func (t *Table) Loose(text string) []Span {
	plain, escaped := t.plainSpans(text), t.escapedSpans(text)
	if len(escaped) == 0 {
		return plain
	}
	spans := make([]Span, 0, len(plain)+len(escaped))
	for _, s := range plain {
		for len(escaped) > 0 && escaped[0].Start < s.End {
			if escaped[0].End <= s.Start {
				spans = append(spans, escaped[0])
			}
			escaped = escaped[1:] // what overlaps is a URL without escapes already
		}
		spans = append(spans, s)
	}
	return append(spans, escaped...)
}

// plainSpans finds the URLs of a text in which every slash is one.
func (t *Table) plainSpans(text string) []Span {
	var spans []Span
	f := t.finder(text)
	seen := 0 // everything before this offset is in a URL that was looked at and is of no interest
	for at := 0; ; {
		hit, ok := f.next(at)
		if !ok {
			return spans
		}
		at = hit.at + 1
		floor := 0
		if len(spans) > 0 {
			floor = spans[len(spans)-1].End
		}
		if hit.encoded {
			if s, ok := t.encodedSpan(text, hit.at, floor); ok {
				spans = append(spans, s)
				at = max(at, s.End)
			}
			continue
		}
		var start int
		if hit.host {
			start = hostStart(text, hit.at, floor)
		} else if start = -1; hit.at >= seen {
			start = pathStart(text, hit.at, max(floor, seen))
		}
		if start < 0 {
			continue
		}
		end, whole := urlEnd(text, start)
		if end <= hit.at {
			continue
		}
		method := methodAround(text, start, end)
		r := t.Match(method, text[start:end])
		if r.Kind == NotOurs || r.Kind == Current || r.Host == HostAbsent && text[start] != '/' {
			seen = end
			if r.Kind == Current {
				at = max(at, end)
			}
			continue
		}
		if !whole && r.Kind != NoEquivalent && r.Kind != V2Only {
			r.Kind, r.Reason, r.Edits, r.Doubt = Unclear, "the text around it may add to the URL", nil, ""
		}
		r.shift(start)
		spans = append(spans, Span{start, end, method, r})
		at = max(at, end)
	}
}

// A hit is a place where a URL may be.
type hit struct {
	at            int
	host, encoded bool
}

// A finder yields hits in ascending order. It remembers where each word was found last, so that the whole text is
// read once for each word.
type finder struct {
	text  string // lower case where the word is a host or encoded
	lower string
	words []word
}

type word struct {
	hit
	text string
}

func (t *Table) finder(text string) *finder {
	f := &finder{text: text, lower: lowerASCII(text)}
	add := func(h hit, s string) {
		if !slices.ContainsFunc(f.words, func(w word) bool { return w.text == s }) {
			h.at = -1
			f.words = append(f.words, word{h, s})
		}
	}
	for _, b := range t.bases {
		add(hit{host: true}, b.Host)
		if !b.Undocumented {
			add(hit{}, b.Old)
			add(hit{}, b.New)
			add(hit{encoded: true}, strings.ToLower(strings.ReplaceAll(b.Old[1:], "/", "%2f")))
		}
	}
	return f
}

// next returns the first hit at or after from.
func (f *finder) next(from int) (hit, bool) {
	best := hit{at: len(f.text)}
	keep := f.words[:0]
	for _, w := range f.words {
		if w.at < from {
			text := f.text
			if w.host || w.encoded {
				text = f.lower
			}
			i := -1
			if from <= len(text) {
				i = strings.Index(text[from:], w.text)
			}
			if i < 0 {
				continue
			}
			w.at = from + i
		}
		if w.at < best.at {
			best = w.hit
		}
		keep = append(keep, w)
	}
	f.words = keep
	return best, best.at < len(f.text)
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// hostStart returns where the URL begins whose host is at h, or -1 if the host is a part of something else.
func hostStart(text string, h, floor int) int {
	floor = max(floor, h-maxURL)
	start := h
	for start > floor && (isLetter(text[start-1]) || isDigit(text[start-1]) || strings.IndexByte(".-_%", text[start-1]) >= 0) {
		start--
	}
	if start < h {
		return -1
	}
	if start > floor && text[start-1] == '@' {
		i := start - 1
		for i > floor && !hardDelimiter(text[i-1]) && text[i-1] != '/' {
			i--
		}
		if i == floor || text[i-1] != '/' {
			return start
		}
		start = i
	}
	if start-2 < floor || text[start-2:start] != "//" {
		if start > floor && text[start-1] == '/' {
			return -1
		}
		return start
	}
	start -= 2
	if start == floor || text[start-1] != ':' {
		return start
	}
	i := start - 1
	for i > floor && (isLetter(text[i-1]) || isDigit(text[i-1]) || text[i-1] == '+') {
		i--
	}
	// Letters of an escape may be glued to the scheme, as in \nhttps.
	for _, k := range [...]string{"https", "http", "wss", "ws"} {
		if j := start - 1 - len(k); j >= i && strings.EqualFold(text[j:start-1], k) {
			return j
		}
	}
	if i < start-1 {
		return i
	}
	return start
}

// pathStart returns where the URL begins that holds the base path at p, or -1 if p is in something else. What is
// before p on the same run of text is taken along, so that Match can see a host that is not ours.
func pathStart(text string, p, floor int) int {
	floor = max(floor, p-maxURL)
	run := p
	for run > floor && !hardDelimiter(text[run-1]) {
		run--
	}
	if run < p && text[p-1] == '}' {
		// {{ .Base }} is a placeholder although it holds blanks.
		if i := strings.LastIndex(text[floor:p], "{{"); i >= 0 && balanced(text, floor+i, '{', '}') == p-floor-i {
			return floor + i
		}
	}
	left := text[run:p]
	if i := strings.LastIndex(left, "$("); i >= 0 && strings.HasSuffix(left, ")") {
		return run + i
	}
	if i := strings.LastIndexAny(left, "=([,;&*^~|!"); i >= 0 {
		if strings.Contains(left[:i], "://") {
			return -1 // a parameter of another URL
		}
		run += i + 1
		left = text[run:p]
	}
	if label, ok := strings.CutSuffix(left, ":"); ok && label != "" && strings.IndexFunc(label, func(r rune) bool {
		return r > 0x7f || !isLetter(byte(r)) && r != '_' && r != '-'
	}) < 0 {
		return p
	}
	return run
}

// hardDelimiter reports whether no URL holds c.
func hardDelimiter(c byte) bool {
	return c <= ' ' && c != Hole || c == 0x7f || strings.IndexByte("\"'`<>\\", c) >= 0
}

// urlEnd returns where the URL ends that begins at start, and whether it is complete there.
func urlEnd(text string, start int) (end int, whole bool) {
	i, square, round := start, 0, 0
scan:
	for i < len(text) && i-start < maxURL {
		if n := placeholder(text, i); n > 0 && inURL(text, i, n) {
			i += n
			continue
		}
		c := text[i]
		switch {
		case hardDelimiter(c) || c == '|' || c == '^' || c == '}':
			break scan
		case c == '[':
			square++
		case c == '(':
			round++
		case c == ']':
			if square == 0 {
				break scan
			}
			square--
		case c == ')':
			if round == 0 {
				break scan
			}
			round--
		case c == ',' || c == ';':
			if rest := text[i+1:]; strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "http") {
				break scan
			}
		}
		i++
	}
	end = min(i, len(text))
	whole = square == 0 && round == 0 && i-start < maxURL
	for end > start {
		c := text[end-1]
		if strings.IndexByte(".,;:!?", c) < 0 && !(c == '*' && end-2 > start && text[end-2] != '/') {
			break
		}
		end--
	}
	url := text[start:end]
	if end < len(text) && strings.IndexByte("'\"`", text[end]) >= 0 {
		// A quoted URL that the text itself goes on to build on, in SQL or a script.
		if rest := strings.TrimLeft(text[end+1:], " \t\r\n"); strings.HasPrefix(rest, "||") || strings.HasPrefix(rest, "+") {
			whole = false
		}
	}
	for _, sign := range [...]string{"*?", "+?", ")?", "]+", "]*", "(?"} {
		whole = whole && !strings.Contains(url, sign)
	}
	return end, whole && !goesOn(text, i)
}

// inURL reports whether the placeholder text[i:i+n] is a part of a URL and not what follows one.
func inURL(text string, i, n int) bool {
	p := text[i : i+n]
	switch p[0] {
	case '<':
		return i > 0 && text[i-1] == '/'
	case '{':
		return strings.HasPrefix(p, "{{") || strings.IndexAny(p, " \t\"'`") < 0
	case '%':
		return strings.IndexByte(p, ' ') < 0
	}
	return true
}

// goesOn reports whether the text at i, where a URL was cut, may still add to it: by concatenation of strings, or
// by a regular expression.
func goesOn(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	switch text[i] {
	case '\\':
		return i+1 < len(text) && strings.IndexByte("dwWDSs.?*+([{/$", text[i+1]) >= 0
	case '^', '|', '}':
		return text[i] != '|' && i > 0 && strings.IndexByte("[(", text[i-1]) >= 0
	case '"', '\'', '`':
	default:
		return false
	}
	rest := text[i+1:]
	if rest == "" {
		return false
	}
	if isLetter(rest[0]) || isDigit(rest[0]) || strings.IndexByte("\"'`$/{%", rest[0]) >= 0 {
		return true
	}
	return strings.HasPrefix(strings.TrimLeft(rest[:min(len(rest), 32)], " \t\r\n"), "+")
}

// encodedSpan returns the run of text around a percent-encoded base path at h.
func (t *Table) encodedSpan(text string, h, floor int) (Span, bool) {
	floor = max(floor, h-maxURL)
	start := h
	for start > floor && (isLetter(text[start-1]) || isDigit(text[start-1]) || strings.IndexByte("%.-_~", text[start-1]) >= 0) {
		start--
	}
	end, _ := urlEnd(text, start)
	end = max(end, h)
	if i := strings.IndexAny(text[h:end], "&?#"); i >= 0 {
		end = h + i
	}
	plain := decodeSlashes(strings.ReplaceAll(strings.ReplaceAll(text[start:end], "%3A", ":"), "%3a", ":"))
	r := t.Match("", plain)
	if r.Kind == NotOurs || r.Kind == Current {
		return Span{}, false
	}
	r = Result{Kind: Unclear, Host: r.Host, Prefix: r.Prefix, Base: r.Base, Rule: r.Rule, Reason: encodedSlash, text: text[start:end]}
	r.shift(start)
	return Span{start, end, "", r}, true
}

// methodAround returns the method that the text gives for the URL text[start:end], or "".
func methodAround(text string, start, end int) string {
	i := start
	for i > 0 && start-i < 8 && strings.IndexByte(" \t`\"'|*:([", text[i-1]) >= 0 {
		i--
	}
	j := i
	for j > 0 && i-j < 8 && 'A' <= text[j-1] && text[j-1] <= 'Z' {
		j--
	}
	if slices.Contains(methods, text[j:i]) && i < start && (j == 0 || !isLetter(text[j-1]) && strings.IndexByte("_-", text[j-1]) < 0) {
		return text[j:i]
	}
	if after, ok := strings.CutPrefix(strings.TrimLeft(text[end:min(len(text), end+16)], " \t"), "["); ok {
		if m, _, ok := strings.Cut(after, "]"); ok && slices.Contains(methods, strings.ToUpper(m)) {
			return strings.ToUpper(m)
		}
	}
	return curlMethod(text, start)
}

// curlMethod returns the method of the curl command that holds the byte at, or "".
func curlMethod(text string, at int) string {
	from, floor := at, max(0, at-maxCommand)
	for from > floor && !(text[from-1] == '\n' && !continued(text[:from-1])) {
		from--
	}
	if !strings.Contains(text[from:at], "curl") {
		return ""
	}
	to, ceil := at, min(len(text), at+maxCommand)
	for to < ceil && !(text[to] == '\n' && !continued(text[:to])) {
		to++
	}
	words := command(text[from:to], at-from)
	i := slices.IndexFunc(words, func(w string) bool { return w == "curl" || strings.HasSuffix(w, "/curl") })
	if i < 0 {
		return ""
	}
	method, implied := "", "GET"
	given, get := false, false
	take := func(m string) { method, given = m, true }
	words = words[i+1:]
	for i := 0; i < len(words); i++ {
		w := words[i]
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		name, value, set := strings.Cut(w, "=")
		switch {
		case name == "--request":
			if !set {
				value = next
				i++
			}
			take(value)
		case name == "--head":
			implied = "HEAD"
		case name == "--get":
			get = true
		case name == "--upload-file":
			implied = "PUT"
		case strings.HasPrefix(name, "--data"), strings.HasPrefix(name, "--form"), name == "--json":
			implied = "POST"
		case len(w) > 1 && w[0] == '-' && w[1] != '-':
			for k := 1; k < len(w); k++ {
				switch w[k] {
				case 'I':
					implied = "HEAD"
				case 'G':
					get = true
				case 'd', 'F':
					implied = "POST"
				case 'T':
					implied = "PUT"
				}
				if strings.IndexByte("AbcCdDeEFhHKmoPQrtTuUwxXyYz", w[k]) < 0 {
					continue
				}
				value := w[k+1:]
				if value == "" {
					value = next
					i++
				}
				if w[k] == 'X' {
					take(value)
				}
				break
			}
		}
	}
	switch {
	case given && slices.Contains(methods, method):
		return method
	case given:
		return ""
	case get:
		return "GET"
	}
	return implied
}

// continued reports whether a line ends with a backslash.
func continued(line string) bool { return strings.HasSuffix(strings.TrimSuffix(line, "\r"), `\`) }

// command splits a line of shell into words and returns those of the command that holds the byte at.
func command(line string, at int) []string {
	var words []string
	var w strings.Builder
	inWord, quote := false, byte(0)
	flush := func() {
		if inWord {
			words = append(words, w.String())
		}
		w.Reset()
		inWord = false
	}
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			} else {
				w.WriteByte(c)
			}
		case c == '"' || c == '\'':
			quote, inWord = c, true
		case c == '\\' && i+1 < len(line):
			if i++; line[i] != '\n' && line[i] != '\r' {
				inWord = true
				w.WriteByte(line[i])
			}
		case c == '|' || c == ';' || c == '&' && i+1 < len(line) && line[i+1] == '&':
			flush()
			if i > at {
				return words
			}
			words = nil
		case c <= ' ' || c == '`':
			flush()
		default:
			inWord = true
			w.WriteByte(c)
		}
	}
	flush()
	return words
}

// Needles returns words in lower case, at least one of which is in every text that holds, in one piece, a URL with
// one of our hosts or a path with our prefix. Lower the ASCII letters of the text before the search. The guarantee
// includes texts that spell letters by percent-encoding or by the escapes of Go and JSON; the price is that some
// texts without any URL hold a needle too. Nothing is said about URLs that are put together from pieces, of which
// one may be as short as "/locations".
func (t *Table) Needles() []string {
	var out []string
	add := func(s string) {
		if s = strings.ToLower(s); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	longest := func(words []string) string {
		return slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	}
	for _, b := range t.bases {
		add(longest(strings.Split(b.Host, ".")))
		switch {
		case b.Undocumented: // counts only together with its host
		case len(b.oldSegs) == 1:
			add(b.oldSegs[0])
			add(b.newSegs[0])
		default:
			add(longest(slices.Delete(slices.Clone(b.oldSegs), b.version, b.version+1)))
		}
	}
	// The characters of the words are spelled by the codes 0x2d to 0x7e, those of words of letters by 0x41 to 0x7a.
	digits, octal := "4567", []string{`\1`}
	if strings.ContainsFunc(strings.Join(out, ""), func(r rune) bool { return r < 'a' || r > 'z' }) {
		digits, octal = "234567", []string{`\0`, `\1`}
	}
	for _, c := range digits {
		for _, escape := range [...]string{"%", `\x`, `\u00`, `\u000000`} {
			add(escape + string(c))
		}
	}
	for _, e := range octal {
		add(e)
	}
	return out
}
