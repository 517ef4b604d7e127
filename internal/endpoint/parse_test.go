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
