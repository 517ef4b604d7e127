package analyzer

import (
	"net/http"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
)

// words tells the solver which texts may be part of a URL of the API.
func words(t *endpoint.Table) solve.Words {
	segments, moved := spelledSegments(t)
	var roots []string
	for _, b := range t.Bases() {
		host, _, _ := strings.Cut(b.Host, ":")
		roots = append(roots, host)
	}
	root := firstSegment(t)
	for _, m := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
		segments[m] = true
	}
	return solve.Words{
		Needle: func(text string) bool {
			if strings.Contains(text, root) {
				return true
			}
			for _, r := range roots {
				if containsFold(text, r) {
					return true
				}
			}
			return false
		},
		Path: func(text string) bool { return strings.IndexByte(text, '/') >= 0 || segments[text] },
		Alone: func(text string) bool {
			// Between blanks and quotes, as in a pattern with a method or in a struct tag.
			for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`,;()<>", r) }) {
				if moved[part] || strings.IndexByte(part, '/') >= 0 && aPath(part, segments) {
					return true
				}
			}
			return false
		},
	}
}

// spelledSegments are the literal segments of the table's paths, and those of them that an edit
// may be about: what is the same before and after is no place for one.
func spelledSegments(t *endpoint.Table) (segments, moved map[string]bool) {
	segments, moved = map[string]bool{}, map[string]bool{}
	for _, r := range t.Rules() {
		for _, path := range []string{r.Old, r.New} {
			for _, s := range strings.Split(path, "/") {
				if s != "" && s[0] != '{' {
					segments[s] = true
					moved[s] = moved[s] || r.Old != "" && r.Old != r.New
				}
			}
		}
	}
	for _, b := range t.Bases() {
		for _, s := range strings.Split(b.Old, "/") {
			if s != "" {
				segments[s], moved[s] = true, true
			}
		}
	}
	return segments, moved
}

// mayMove returns a function that reports whether an edit may be about a text, wherever it goes:
// it names the API, or a segment of a path that changes.
func mayMove(t *endpoint.Table) func(text string) bool {
	_, moved := spelledSegments(t)
	needle := words(t).Needle
	apart := func(r rune) bool { return strings.ContainsRune("/ \t\r\n\"'`,;()<>?#", r) }
	return func(text string) bool {
		return needle(text) || slices.ContainsFunc(strings.FieldsFunc(text, apart), func(s string) bool { return moved[s] })
	}
}

// aPath reports whether a text with a slash looks like a path of the API, and not like a
// separator, a date or a media type.
func aPath(text string, segments map[string]bool) bool {
	if text[0] == '/' {
		return strings.Trim(text, "0123456789/.:-") != ""
	}
	return slices.ContainsFunc(strings.Split(text, "/"), func(s string) bool { return segments[s] })
}

// firstSegment is the path segment that every documented base of the API has before its
// version: without it in some literal no program can spell one.
func firstSegment(t *endpoint.Table) string {
	for _, b := range t.Bases() {
		if b.Undocumented {
			continue
		}
		parts := strings.Split(strings.Trim(b.Old, "/"), "/")
		if len(parts) >= 2 {
			return parts[len(parts)-2]
		}
	}
	return "/"
}

// speller returns a function that reports whether a literal's spelling may hold a URL of
// the API, escapes included. It is asked about every literal.
func speller(t *endpoint.Table) func(spelling string) bool {
	root := firstSegment(t)
	return func(spelling string) bool {
		return strings.Contains(spelling, root) || containsFold(spelling, "orbitflare") || strings.Contains(spelling, `\x`) ||
			strings.Contains(spelling, `\u`)
	}
}

func containsFold(s, lower string) bool {
	if len(lower) == 0 {
		return true
	}
	for i := 0; i+len(lower) <= len(s); i++ {
		if s[i]|0x20 == lower[0]|0x20 && strings.EqualFold(s[i:i+len(lower)], lower) {
			return true
		}
	}
	return false
}

func ruleIDs(t *endpoint.Table) []string {
	var ids []string
	for _, b := range t.Bases() {
		ids = append(ids, b.ID)
	}
	for _, r := range t.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// fileList is what the go command calls a package that it is given as a list of files.
const fileList = "command-line-arguments"

// isStd reports whether an import path belongs to the standard library: its first
// element has no dot, it is not below the module that is looked at, and it is not a list of files.
func isStd(path, module string) bool {
	if strings.TrimSuffix(path, "_test") == fileList {
		return false
	}
	if module != "" && (path == module || strings.HasPrefix(path, module+"/")) {
		return false
	}
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// Redact hides keys and passwords in a text that is shown to people.
func Redact(text string) string { return endpoint.Redact(text) }
