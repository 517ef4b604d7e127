package driver

import (
	"testing"
)

func TestGoFlags(t *testing.T) {
	tests := []struct {
		flags, name, want string
		ok                bool
	}{
		{"", "overlay", "", false},
		{"-mod=mod -overlay=x.json", "overlay", "x.json", true},
		{"--overlay=x.json\t-v", "overlay", "x.json", true},
		{`'-overlay=a b.json'`, "overlay", "a b.json", true},
		{`"-tags=a,b" -tags=c`, "tags", "c", true},
		{"-overlays=x", "overlay", "", false},
		{`"-unterminated`, "unterminated", "", true},
	}
	for _, test := range tests {
		env := &goEnv{GOFLAGS: test.flags}
		if got, ok := env.flag(test.name); got != test.want || ok != test.ok {
			t.Errorf("%s of %q: got %q, %v, want %q, %v", test.name, test.flags, got, ok, test.want, test.ok)
		}
	}
}
