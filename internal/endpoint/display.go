package endpoint

import (
	"regexp"
	"strings"
)

var secrets = []struct {
	find    *regexp.Regexp
	replace string
}{
	{regexp.MustCompile(`(//)[^/?#@\s"'<>]*(?:@[^/?#@\s"'<>]*)*@`), "${1}***@"},
	{regexp.MustCompile(`(?i)([?&;](?:[a-z0-9_.-]*(?:key|token|secret|password|passwd|auth|signature|credential)[a-z0-9_.-]*)=)[^&#\s"'<>;]+`), "${1}***"},
	{regexp.MustCompile(`(?i)((?:x-orbit-key|authorization)["']?\s*[:=,]\s*["']?(?:bearer |basic )?)[^\s"'&,;)]+`), "${1}***"},
	{regexp.MustCompile(`(?i)(^|[^a-z0-9-])(ORBIT-)[a-z0-9][a-z0-9_-]*`), "${1}${2}***"},
}

// Redact returns text with what may be a secret replaced by ***: user info of URLs, values of query parameters
// whose name speaks of a key, token or password, values of the headers X-ORBIT-KEY and Authorization, and license
// keys such as ORBIT-....
func Redact(text string) string {
	for _, s := range secrets {
		text = s.find.ReplaceAllString(text, s.replace)
	}
	return text
}

// display returns a URL template on one line, with {} for holes and without secrets and control characters.
func display(text string) string {
	text = strings.ReplaceAll(text, string(rune(Hole)), "{}")
	return strings.Map(func(r rune) rune {
		if r < ' ' || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
			return '\uFFFD'
		}
		return r
	}, Redact(text))
}
