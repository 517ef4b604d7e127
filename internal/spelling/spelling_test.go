package spelling

import "testing"

func TestNearest(t *testing.T) {
	flags := []string{"allow-dirty", "c", "diff", "docs", "fix", "json", "nested", "test", "unsafe", "v"}
	for word, want := range map[string]string{
		"fixx":        "fix",
		"dif":         "diff",
		"FIX":         "fix",
		"allowdirty":  "allow-dirty",
		"allow_dirty": "allow-dirty",
		"tset":        "test",
		"explain":     "",
		"x":           "",
		"":            "",
		"write":       "",
		"nestde":      "nested",
	} {
		if got := Nearest(word, flags); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
	if got := Nearest("ab", []string{"abc", "abd"}); got != "abc" {
		t.Errorf("of two that are equally near: %q", got)
	}
}
