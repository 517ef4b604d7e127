package endpoint

import "strings"

// Hole is the byte that stands for a run-time value of unknown content and length in a URL template.
const Hole = '\x00'

// maxPlaceholder bounds the look-ahead for a closing bracket, so that hostile text costs linear time.
const maxPlaceholder = 256

// placeholder returns the length of the hole or parameter that begins at s[i], or 0.
func placeholder(s string, i int) int {
	switch s[i] {
	case Hole:
		return 1
	case '{':
		return balanced(s, i, '{', '}')
	case '$':
		if i+1 == len(s) {
			return 0
		}
		switch s[i+1] {
		case '{':
			if n := balanced(s, i+1, '{', '}'); n > 0 {
				return n + 1
			}
		case '(':
			if n := balanced(s, i+1, '(', ')'); n > 0 {
				return n + 1
			}
		}
		n := 1
		for i+n < len(s) && (isLetter(s[i+n]) || s[i+n] == '_' || n > 1 && isDigit(s[i+n])) {
			n++
		}
		if n > 1 {
			return n
		}
	case '<':
		n := 1
		for i+n < len(s) && n < maxPlaceholder && (isLetter(s[i+n]) || isDigit(s[i+n]) || strings.IndexByte("_-:. ", s[i+n]) >= 0) {
			n++
		}
		if n > 1 && i+n < len(s) && s[i+n] == '>' {
			return n + 1
		}
	case '%':
		return verb(s, i)
	}
	return 0
}

// balanced returns the length of the bracketed text that begins at s[i], or 0 if it does not end on the same line.
func balanced(s string, i int, open, end byte) int {
	depth := 0
	for n := 0; i+n < len(s) && n < maxPlaceholder; n++ {
		switch s[i+n] {
		case open:
			depth++
		case end:
			if depth--; depth == 0 {
				return n + 1
			}
		case '\n', '\r', Hole:
			return 0
		}
	}
	return 0
}

// verb returns the length of the format verb that begins at s[i], or 0. A percent sign and two hex digits are a
// percent-encoded byte and not a verb.
func verb(s string, i int) int {
	if encoded(s, i) {
		return 0
	}
	n := 1
	for i+n < len(s) && n < 16 && strings.IndexByte("+-# .0123456789[]", s[i+n]) >= 0 {
		n++
	}
	if i+n < len(s) && strings.IndexByte("vTtbcdoOqxXUeEfFgGsp", s[i+n]) >= 0 {
		return n + 1
	}
	return 0
}

func encoded(s string, i int) bool {
	return i+2 < len(s) && s[i] == '%' && isHex(s[i+1]) && isHex(s[i+2])
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isHex(c byte) bool    { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func unhex(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// decoded returns the byte that begins at s[i] and the length of its spelling. Only percent-encoded unreserved
// characters are decoded: every other encoding means something else than the plain character.
func decoded(s string, i int) (byte, int) {
	if encoded(s, i) {
		c := unhex(s[i+1])<<4 | unhex(s[i+2])
		if isLetter(c) || isDigit(c) || strings.IndexByte("-._~", c) >= 0 {
			return c, 3
		}
	}
	return s[i], 1
}

// A segment is the text between two slashes of a path.
type segment struct {
	start, end int
	glue       int  // where the hole at the end begins; end if there is none
	hole       bool // holds a hole
	whole      bool // is nothing but one or more holes
}

func (g segment) text(s string) string { return s[g.start:g.end] }

// equal reports whether the segment of s is lit.
func (g segment) equal(s, lit string) bool { return !g.hole && sameText(s[g.start:g.end], lit) }

// sameText reports whether text is lit after decoding.
func sameText(text, lit string) bool {
	if len(text) == len(lit) {
		return text == lit
	}
	if strings.IndexByte(text, '%') < 0 {
		return false
	}
	i, j := 0, 0
	for i < len(text) && j < len(lit) {
		c, n := decoded(text, i)
		if c != lit[j] {
			return false
		}
		i, j = i+n, j+1
	}
	return i == len(text) && j == len(lit)
}

// could reports whether the segment of s can be lit at run time.
func (g segment) could(s, lit string) bool {
	return g.whole || g.hole && glob(decode(g.text(s)), lit) || g.equal(s, lit)
}

// glued reports whether the segment of s is lit followed by a hole.
func (g segment) glued(s, lit string) bool {
	return g.hole && g.glue < g.end && sameText(s[g.start:g.glue], lit)
}

func (g segment) dots(s string) bool { return g.equal(s, ".") || g.equal(s, "..") }

func decode(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		c, n := decoded(s, i)
		b.WriteByte(c)
		i += n
	}
	return b.String()
}

// glob reports whether the holes of pattern can be filled in so that it becomes text.
func glob(pattern, text string) bool {
	for i, first := 0, true; ; first = false {
		j, n := i, 0
		for j < len(pattern) {
			if n = placeholder(pattern, j); n > 0 {
				break
			}
			j++
		}
		lit := pattern[i:j]
		switch {
		case n == 0 && first:
			return lit == text
		case n == 0:
			return strings.HasSuffix(text, lit)
		case first:
			if !strings.HasPrefix(text, lit) {
				return false
			}
			text = text[len(lit):]
		default:
			at := strings.Index(text, lit)
			if at < 0 {
				return false
			}
			text = text[at+len(lit):]
		}
		i = j + n
	}
}

// appendSegments splits s[start:end], which may begin with a slash, at its slashes. An empty segment stands for a
// doubled slash, and at the end for a trailing one.
func appendSegments(segs []segment, s string, start, end int) []segment {
	if start < end && s[start] == '/' {
		start++
	}
	g := segment{start: start, glue: -1, whole: true}
	i := start
	for i <= end {
		if i == end || s[i] == '/' {
			g.end = i
			if g.glue < 0 {
				g.glue = i
			}
			text := s[g.start:i]
			if !g.hole && len(text) > 0 && (text == "*" || len(text) > 1 && text[0] == ':' && (isLetter(text[1]) || text[1] == '_')) {
				g.hole, g.glue = true, g.start
			} else {
				g.whole = g.whole && g.hole
			}
			segs = append(segs, g)
			i++
			g = segment{start: i, glue: -1, whole: true}
			continue
		}
		if n := placeholder(s, i); n > 0 && i+n <= end {
			g.hole = true
			if g.glue < 0 {
				g.glue = i
			}
			i += n
			continue
		}
		g.whole, g.glue = false, -1
		i++
	}
	return segs
}

// until returns the index of the first byte of s at or after i that is one of stop and not inside a placeholder.
func until(s string, i int, stop string) int {
	for i < len(s) {
		if n := placeholder(s, i); n > 0 {
			i += n
			continue
		}
		if strings.IndexByte(stop, s[i]) >= 0 {
			return i
		}
		i++
	}
	return len(s)
}

// hasHole reports whether s holds a placeholder.
func hasHole(s string) bool {
	for i := range len(s) {
		if placeholder(s, i) > 0 {
			return true
		}
	}
	return false
}

// leadingHoles returns the length of the run of placeholders at the start of s.
func leadingHoles(s string) int {
	i := 0
	for i < len(s) {
		n := placeholder(s, i)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// A location is what a text says before its path.
type location struct {
	host     Host
	name     string // the host as written, without port and trailing dot
	path     int    // where the path begins
	doubt    string // why the location is not certain
	foreign  string // the reason if host is HostForeign, or if there is nothing to match
	openPath bool   // a hole is glued to the end of the host: it may hold a path
}

const (
	notHTTP      = "its scheme is not HTTP or WebSocket"
	otherHost    = "its host is not one of the API"
	keptHost     = "its host is one that must not be touched"
	wholeRuntime = "the whole URL is a run-time value"
	noPath       = "it has no path"
	badAuthority = "its host is not a plain host name"
	partlyHost   = "a part of the host is a run-time value"
	socketURL    = "the migration guide names no sockets"
	standInHost  = "its host is a stand-in on the user's own machine, which may still speak v1"
	gluedLead    = "the run-time value before the path may not end in a slash"
)

// locate finds host and path of s.
func (t *Table) locate(s string) location {
	if s == "" {
		return location{foreign: noPath}
	}
	if s[0] != '/' {
		if k := schemeEnd(s); k >= 0 {
			if !hasHole(s[:k]) && !httpScheme(s[:k]) {
				return location{host: HostForeign, foreign: notHTTP}
			}
			l := t.authority(s, k+len("://"))
			if socketScheme(s[:k]) && l.doubt == "" {
				l.doubt = socketURL
			}
			return l
		}
	}
	switch {
	case strings.HasPrefix(s, "//"):
		end := until(s, 2, `/?#\`)
		if a := s[2:end]; a == "" || !hostLike(a) && !hasHole(a) {
			return location{path: 0}
		}
		return t.authority(s, 2)
	case s[0] == '/':
		return location{path: 0}
	}
	end := until(s, 0, `/?#\`)
	first := s[:end]
	lead := leadingHoles(first)
	switch {
	case first == "":
		return location{foreign: noPath}
	case lead == len(first):
		if strings.HasPrefix(s[end:], "//") {
			// Only a scheme can stand before two slashes, if one of our hosts follows them.
			if l := t.authority(s, end+2); l.host == HostOurs {
				return l
			}
		}
		l := location{host: HostUnknown, path: end}
		if end == len(s) {
			l.foreign = wholeRuntime
		}
		return l
	case lead > 0 || hasHole(first):
		if l := t.authority(s, 0); l.host != HostForeign {
			return l
		}
		if lead > 0 && strings.IndexByte(first[lead:], '.') < 0 && strings.IndexByte(first[lead:], ':') < 0 {
			return location{host: HostUnknown, path: lead, doubt: gluedLead}
		}
		return location{path: 0}
	}
	if l := t.authority(s, 0); l.host == HostOurs || hostLike(first) {
		return l
	}
	return location{path: 0}
}

// schemeEnd returns the index of "://" in s if only a scheme, which may hold holes, is before it, and -1 otherwise.
func schemeEnd(s string) int {
	for i := 0; i < len(s); {
		if n := placeholder(s, i); n > 0 {
			i += n
			continue
		}
		switch c := s[i]; {
		case c == ':' && i > 0 && strings.HasPrefix(s[i:], "://"):
			return i
		case !isLetter(c) && !isDigit(c) && c != '+' && c != '-' && c != '.':
			return -1
		}
		i++
	}
	return -1
}

func socketScheme(s string) bool { return strings.EqualFold(s, "ws") || strings.EqualFold(s, "wss") }

func httpScheme(s string) bool {
	for _, k := range [...]string{"https", "http", "wss", "ws"} {
		if strings.EqualFold(s, k) {
			return true
		}
	}
	return false
}

// hostLike reports whether the first segment of a relative text is rather a host than a directory.
func hostLike(s string) bool {
	dot := strings.IndexByte(s, '.')
	return dot > 0 && dot < len(s)-1 || strings.IndexByte(s, ':') >= 0 || strings.EqualFold(s, "localhost")
}

// authority reads user info, host and port that begin at s[start].
func (t *Table) authority(s string, start int) location {
	foreign := func(why string) location { return location{host: HostForeign, foreign: why} }
	end := until(s, start, `/?#\`)
	host, hostEnd, colon := start, end, -1
	for i := start; i < end; {
		if n := placeholder(s, i); n > 0 {
			i += n
			continue
		}
		switch s[i] {
		case '@':
			host, colon = i+1, -1
		case ':':
			if colon >= 0 {
				colon = len(s) // two colons: an IPv6 address or nonsense, neither of them ours
			} else {
				colon = i
			}
		}
		i++
	}
	switch {
	case end < len(s) && s[end] == '\\', colon == len(s):
		return foreign(badAuthority)
	case colon >= 0:
		for i := colon + 1; i < end; {
			if n := placeholder(s, i); n > 0 {
				i += n
			} else if isDigit(s[i]) {
				i++
			} else {
				return foreign(badAuthority)
			}
		}
		hostEnd = colon
	}
	if hostEnd > host && s[hostEnd-1] == '.' {
		hostEnd--
	}
	l := location{name: s[host:hostEnd], path: end}
	switch {
	case l.name == "":
		return foreign(badAuthority)
	case leadingHoles(l.name) == len(l.name):
		l.host = HostUnknown
		return l
	case hasHole(l.name):
		lower := lowerOutside(l.name)
		for _, b := range t.bases {
			if glob(lower, b.Host) {
				l.host, l.doubt = HostUnknown, partlyHost
				segs := appendSegments(nil, lower, 0, len(lower))
				l.openPath = l.openPath || len(segs) == 1 && segs[0].glued(lower, b.Host)
			}
		}
		if l.host == HostUnknown {
			return l
		}
		return foreign(otherHost)
	}
	for _, b := range t.bases {
		if strings.EqualFold(l.name, b.Host) {
			l.host = HostOurs
			return l
		}
	}
	for _, k := range t.keepHosts {
		if hostMatches(k, l.name) {
			return foreign(keptHost)
		}
	}
	for _, k := range t.standIns {
		if hostMatches(k, l.name) {
			l.host, l.doubt = HostUnknown, standInHost
			return l
		}
	}
	return foreign(otherHost)
}

// lowerOutside returns s in lower case. Verbs keep their case, because their letters have a meaning.
func lowerOutside(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if n := placeholder(s, i); n > 0 {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		b.WriteByte(c)
		i++
	}
	return b.String()
}

// hostMatches reports whether host is the host pattern, whose leading "*." stands for one or more labels.
func hostMatches(pattern, host string) bool {
	if suffix, ok := strings.CutPrefix(pattern, "*"); ok {
		return len(host) > len(suffix) && strings.EqualFold(host[len(host)-len(suffix):], suffix)
	}
	return strings.EqualFold(pattern, host)
}
