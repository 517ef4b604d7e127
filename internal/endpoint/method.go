package endpoint

import "strings"

var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// isMethod reports whether s looks like an HTTP method.
func isMethod(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || 'Z' < s[i] {
			return false
		}
	}
	return s != "" && len(s) <= 16
}

func normalMethod(m string) string {
	if strings.IndexByte(m, Hole) >= 0 {
		return ""
	}
	for i := range len(m) {
		if 'a' <= m[i] && m[i] <= 'z' {
			return strings.ToUpper(m)
		}
	}
	return m
}

// methodFits reports whether a row for the method row answers the method of the query, and if only by derivation.
func (q *query) methodFits(row string) (ok, derived bool) {
	switch {
	case q.method == "" || q.method == row || row == "ANY":
		return true, false
	case q.method == "HEAD" && row == "GET":
		return true, true
	}
	return false, false
}
