package endpoint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// seeds returns the URLs of the table and of the golden file, with holes.
func seeds(f *testing.F) []string {
	var out []string
	for _, r := range Default().Rules() {
		for _, e := range r.Examples {
			out = append(out, e.In, e.Out)
		}
	}
	data, err := os.ReadFile("testdata/match.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		left, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " -> ")
		if parts := strings.SplitN(left, " ", 3); len(parts) == 3 && parts[0] != "#" {
			out = append(out, strings.ReplaceAll(parts[2], `\0`, "\x00"))
		}
	}
	return out
}

func FuzzMatch(f *testing.F) {
	for i, s := range seeds(f) {
		f.Add([]string{"", "GET", "POST", "DELETE", "HEAD"}[i%5], s)
	}
	f.Fuzz(func(t *testing.T, method, text string) {
		tab := Default()
		for _, ask := range []func(string, string) Result{tab.Match, tab.MatchRoute} {
			r := ask(method, text)
			checkResult(t, text, r)
			checkMoved(t, ask, method, text, r)
			checkDisplay(t, r)
			if r.Kind != NotOurs && r.Kind != Current && !holdsNeedle(text) {
				t.Errorf("%q is %v but holds no needle", text, r.Kind)
			}
		}
		r := tab.MatchRelative(method, text)
		checkResult(t, text, r)
		checkDisplay(t, r)
		// What is right below a base must be right together with the base.
		if r.Kind == Mapped && r.Doubt == "" {
			moved := "/customer/v2/" + strings.TrimPrefix(Apply(text, r.Edits), "/")
			if again := tab.Match(method, moved); again.Kind != Current {
				t.Errorf("%q became %q, which is %s", text, moved, again.describe())
			}
		}
	})
}

func checkDisplay(t *testing.T, r Result) {
	t.Helper()
	for _, s := range []string{r.URL(), r.NewURL()} {
		if strings.ContainsAny(s, "\x00\n\r\x1b") {
			t.Errorf("%q holds control characters", s)
		}
	}
}

func FuzzLoose(f *testing.F) {
	files, err := filepath.Glob("testdata/loose/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, s := range seeds(f) {
		f.Add("GET " + s + ", " + s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkSpans(t, text)
	})
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/parse/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tab, err := Parse("t", data)
		if err != nil {
			if tab != nil || !strings.HasPrefix(err.Error(), "t:") {
				t.Errorf("table %v with error %v", tab, err)
			}
			return
		}
		for _, r := range tab.Rules() {
			for _, e := range r.Examples {
				checkMoved(t, tab.Match, e.Method, e.In, tab.Match(e.Method, e.In))
			}
		}
	})
}
