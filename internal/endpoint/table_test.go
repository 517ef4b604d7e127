package endpoint

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestParse writes what is wrong with each file of testdata/parse to one golden file.
func TestParse(t *testing.T) {
	files, err := filepath.Glob("testdata/parse/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no tables:", err)
	}
	form := regexp.MustCompile(`^[a-z-]+\.yaml:[1-9][0-9]*: [^\n]+$`)
	var got bytes.Buffer
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		tab, err := Parse(name, data)
		switch {
		case err == nil:
			fmt.Fprintf(&got, "%s is valid\n", name)
		case tab != nil:
			t.Errorf("%s: a table and an error", name)
		case !form.MatchString(err.Error()):
			t.Errorf("%s: %q has not the form name:line: message", name, err)
		default:
			fmt.Fprintln(&got, err)
		}
		if valid := name == "ok.yaml"; valid != (err == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
	golden(t, "testdata/parse.golden", got.Bytes())
}

func TestParseLimits(t *testing.T) {
	for name, data := range map[string]string{
		"size":     "# " + strings.Repeat("x", maxTableSize),
		"brackets": strings.Repeat("[", maxTableSize-1),
		"braces":   strings.Repeat("{a: ", maxTableSize/8),
		"indent":   strings.Repeat("- ", maxTableSize/2),
	} {
		if _, err := Parse("t", []byte(data)); err == nil || !strings.HasPrefix(err.Error(), "t:") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDefault checks the built-in table against the sources: what they count must be there.
func TestDefault(t *testing.T) {
	tab, err := Parse("table.yaml", tableYAML)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, r := range tab.Rules() {
		kind := "mapped"
		if r.Old == "" {
			kind = "added"
		}
		counts[kind+" "+r.Source]++
		if len(r.Examples) == 0 {
			t.Errorf("%s has no example", r.ID)
		}
		for _, e := range r.Examples {
			if got := tab.Match(e.Method, e.In); Apply(e.In, got.Edits) != e.Out && e.Out != "" {
				t.Errorf("%s: %s became %s", r.ID, e.In, Apply(e.In, got.Edits))
			}
		}
	}
	for kind, want := range map[string]int{"mapped guide": 8, "mapped reference": 1, "added guide": 14} {
		if counts[kind] != want {
			t.Errorf("%d rows are %s, want %d", counts[kind], kind, want)
		}
	}
	var bases []string
	for _, b := range tab.Bases() {
		bases = append(bases, b.Host+b.Old)
	}
	if got, want := strings.Join(bases, " "), "api.orbitflare.com/customer/v1 orbitflare.com/api/customer/v1 api.orbitflare.com/v1"; got != want {
		t.Errorf("bases are %s, want %s", got, want)
	}
	if h := tab.KeepHeaders(); len(h) != 1 || h[0] != "X-ORBIT-KEY" {
		t.Errorf("kept headers are %q", h)
	}
}
