package report

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files")

const source = `package a

func Get() { get("https://h/customer/v1/locations?key=secret") }
	const tab = "v1" // `

func sources(path string) ([]byte, error) {
	switch path {
	case "/m/a.go":
		return []byte(source), nil
	case "/m/long.go":
		return []byte(strings.Repeat("é", 200) + "v1" + strings.Repeat("ü", 200)), nil
	case "/m/evil.go":
		return []byte("\x1b[31m\u202e/customer/v1\xff\r\n"), nil
	}
	return nil, errors.New("no such file")
}

var findings = []Finding{
	{Package: "m", Path: "/m/a.go", Name: "a.go", Line: 3, Column: 38, EndLine: 3, EndColumn: 40, Rule: "r1",
		Message: "v1 becomes v2", Old: "/customer/v1/locations", New: "/customer/v2/licenses/locations", Fixable: true,
		Fix:    []Edit{{"/m/a.go", 48, 50, "v2"}},
		Checks: []Check{{"the decoding of GET x", "it differs", []Place{{"/m/b.go", "b.go", 7, 2}}}}},
	{Package: "m", Path: "/m/a.go", Name: "a.go", Line: 4, Column: 15, EndLine: 4, EndColumn: 17, Message: "in a tab", Review: true},
	{Package: "m", Path: "/m/long.go", Name: "long.go", Line: 1, Column: 401, EndLine: 1, EndColumn: 403, Message: "in a long line", Old: "/customer/v1/x"},
	{Package: "n", Path: "/m/evil.go", Name: "ev\u202eil\x07.go", Line: 1, Column: 18, EndLine: 2, EndColumn: 1, Message: "two\nlines\x1b[0m"},
	{Package: "n", Path: "/m/gone.go", Name: "gone.go", Line: 7, Column: 1, EndLine: 7, EndColumn: 2, Message: "the file is gone"},
	{Package: "n", Path: "/m/a.go", Name: "a.go", Line: 99, Column: 1, EndLine: 99, EndColumn: 2, Message: "no such line"},
}

func places(n int) (all []Place) {
	for i := range n {
		all = append(all, Place{"/m/a.go", "a.go", i + 1, 1})
	}
	return all
}

var requests = Requests{
	Requests: []Request{
		{Method: "GET", URL: "{base}/users/{id}?a=1&b=2", Sink: "http.NewRequest", Package: "m", At: Place{"/m/a.go", "a.go", 9, 2},
			Parts: []RequestPart{
				{Of: "method", Text: "GET"},
				{Of: "url", Hole: "base", Reason: "it is a setting", At: Place{"/m/a.go", "a.go", 3, 1}},
				{Of: "url", Text: "/users/", At: Place{"/m/b.go", "b.go", 4, 7}, Via: []RequestHop{
					{Kind: "constant", Name: "users"},
					{Kind: "result", Name: "pathOf", Func: "pathOf"},
					{Kind: "parameter", Name: "path", Func: "Client.do", At: Place{"/m/a.go", "a.go", 8, 20}},
				}},
				{Of: "url", Hole: "id", Reason: "nobody in sight\ncalls it"},
				{Of: "url", Text: "?a=1&b=2"},
			},
			Calls: [][]RequestCall{{{"(*m.Client).do", "Client.do", Place{"/m/a.go", "a.go", 8, 1}}, {"(*m.Client).User", "Client.User", Place{"/m/b.go", "b.go", 4, 2}}}}},
		{URL: "http://h/\x1b[0m", Sink: "http.Get", Package: "m", At: Place{"/m/ev\u202eil.go", "ev\u202eil.go", 1, 1}, Test: true},
	},
	Unsolved: []Unfollowed{{Place{"/m/a.go", "a.go", 9, 2}, "too complex\x1b"}},
	Modules: []Module{
		{Module: "n@v1.0.0", Spells: []string{"n/a", "n/b"}},
		{Module: "o@v1.2.0", Spells: []string{"o"}, Requests: []Request{{Method: "GET", URL: "https://h/v1", At: Place{"/o/o.go", "../o/o.go", 2, 2}}}},
	},
}

func hide(line string) string { return strings.ReplaceAll(line, "secret", "***") }

// TestGolden compares every format with a file.
func TestGolden(t *testing.T) {
	text := func(opts TextOptions) func(*strings.Builder) error {
		opts.Source, opts.Redact = sources, hide
		return func(b *strings.Builder) error { return Text(b, findings, opts) }
	}
	summary := func(r Report) func(*strings.Builder) error {
		return func(b *strings.Builder) error { return Summary(b, r) }
	}
	skipped := []Skipped{
		{Name: "a.go", Line: 3, Column: 37, Code: "review", Reason: "nobody knows"},
		{Name: "b\x1b.go", Code: "read-only", Reason: "two\nlines"},
		{Name: "c.go", Code: "read-only", Reason: "the file is read-only"},
	}
	tests := map[string]func(*strings.Builder) error{
		"plain.txt":           text(TextOptions{Context: -1}),
		"context0.txt":        text(TextOptions{Context: 0}),
		"context1.txt":        text(TextOptions{Context: 1}),
		"snippet.txt":         text(TextOptions{Context: -1, Snippet: true}),
		"color.txt":           text(TextOptions{Context: -1, Snippet: true, Color: true}),
		"vet.json":            func(b *strings.Builder) error { return JSON(b, findings) },
		"requests.json":       func(b *strings.Builder) error { return RequestsJSON(b, requests) },
		"requests_empty.json": func(b *strings.Builder) error { return RequestsJSON(b, Requests{}) },
		"requests.txt":        func(b *strings.Builder) error { return RequestsText(b, b, requests) },
		"empty.json":          func(b *strings.Builder) error { return JSON(b, nil) },

		"summary_clean.txt":    summary(Report{Wrote: true}),
		"summary_findings.txt": summary(Report{Findings: findings}),
		"summary_fixed.txt":    summary(Report{Wrote: true, AppliedFixes: 1, AppliedFiles: 2}),
		"summary_checks.txt": summary(Report{Wrote: true, AppliedFixes: 1, AppliedFiles: 2, Checks: []Check{
			{"the answer of GET x", "two\nlines", []Place{{"/m/b.go", "b\x1b.go", 7, 2}}},
			{"the decoding of GET x", "it differs", places(5)},
			{"the decoding of GET y", "it differs", places(8)},
		}}),
		"summary_left.txt": summary(Report{Wrote: true, Findings: findings[1:2], AppliedFixes: 3, AppliedFiles: 1, Skipped: skipped}),
		"summary_none.txt": summary(Report{Wrote: true, Findings: findings[1:2], Skipped: skipped[:1]}),
		"summary_incomplete.txt": summary(Report{
			Problems: []Problem{
				{Package: "m/a", Pos: "a/a.go:3:1", Message: "expected something\n\telse"},
				{Package: "m/a", Message: "once more"},
				{Package: "m/b (windows/amd64)", Message: "no Go files"},
				{Message: "write failed"},
			},
			Unsolved:  []string{"a/a.go:7:2: too complex\x1b", "a/b.go:3:1: a part of it"},
			Uses:      1,
			Unchecked: []Unchecked{{Name: "a/a_plan9.go", Reason: "no build configuration", Unbuilt: true}, {Name: "b.go", Reason: "x"}},
		}),
	}
	for name, write := range tests {
		t.Run(name, func(t *testing.T) {
			var got strings.Builder
			if err := write(&got); err != nil {
				t.Fatal(err)
			}
			if name != "color.txt" {
				for _, r := range got.String() {
					if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
						t.Errorf("output holds %U", r)
					}
				}
			}
			if strings.Contains(got.String(), "secret") {
				t.Error("output holds a secret")
			}
			file := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(file, []byte(got.String()), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func TestEscape(t *testing.T) {
	tests := []struct{ in, escape, line string }{
		{"plain ünïcode 日本 \t", "plain ünïcode 日本 \t", "plain ünïcode 日本 \t"},
		{"a\nb", "a\nb", `a\nb`},
		{"\r::stop", `\r::stop`, `\r::stop`},
		{"\x00\x1b[1m\x7f", `\x00\x1b[1m\x7f`, `\x00\x1b[1m\x7f`},
		{"\u009b1m\u0085", `\u009b1m\u0085`, `\u009b1m\u0085`},
		{"a\u202eb\u2066\u200f", `a\u202eb\u2066\u200f`, `a\u202eb\u2066\u200f`},
		{"\u2028\ufeff", `\u2028\ufeff`, `\u2028\ufeff`},
		{"\U000e0041", `\U000e0041`, `\U000e0041`},
		{"\xff\xfe \ufffd", `\xff\xfe ` + "\ufffd", `\xff\xfe ` + "\ufffd"},
	}
	for _, test := range tests {
		if got := Escape(test.in); got != test.escape {
			t.Errorf("Escape(%q) = %q, want %q", test.in, got, test.escape)
		}
		if got := Line(test.in); got != test.line {
			t.Errorf("Line(%q) = %q, want %q", test.in, got, test.line)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("nobody reads") }

func TestWriteError(t *testing.T) {
	if Text(broken{}, findings, TextOptions{Context: -1}) == nil || JSON(broken{}, nil) == nil || Summary(broken{}, Report{Findings: findings}) == nil {
		t.Error("the error of the writer is lost")
	}
}
