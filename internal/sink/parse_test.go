package sink

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestParse writes the rows of each file of an archive, or what is wrong with it, to one
// golden file.
func TestParse(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/parse.txtar")
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^[a-z-]+\.yaml:[1-9][0-9]*: [^\n]+$`)
	var got bytes.Buffer
	for _, f := range ar.Files {
		rows, err := Parse(f.Name, f.Data)
		if valid := f.Name == "ok.yaml"; valid != (err == nil) || valid != (len(rows) > 0) {
			t.Errorf("%s: %d rows, error %v", f.Name, len(rows), err)
		}
		if err != nil && !form.MatchString(err.Error()) {
			t.Errorf("%s: %q has not the form name:line: message", f.Name, err)
		}
		for _, r := range rows {
			fmt.Fprintf(&got, "%s: %+v\n", f.Name, r)
		}
		if err != nil {
			fmt.Fprintln(&got, err)
		}
	}
	const golden = "testdata/parse.golden"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s (-want +got); -update rewrites it:\n%s", golden, diff)
	}
}

func TestParseLimits(t *testing.T) {
	for name, data := range map[string]string{
		"size":     "# " + strings.Repeat("x", maxFileSize),
		"brackets": strings.Repeat("[", maxFileSize-1),
		"braces":   strings.Repeat("{a: ", maxFileSize/8),
		"indent":   strings.Repeat("- ", maxFileSize/2),
		"example":  "version: 1\nrows:\n- {func: a.F, role: request, example: '" + strings.Repeat("(", maxFileSize/2) + "'}",
	} {
		if _, err := Parse("t", []byte(data)); err == nil || !strings.HasPrefix(err.Error(), "t:") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTable reads a table from a file and looks functions up.
func TestTable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rows.yaml")
	const own = "example.com/sdk.Get"
	if err := os.WriteFile(file, []byte("version: 1\nrows:\n- {func: "+own+", role: request, url: 0, example: sdk.Get(URL)}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	added, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		table *Table
		name  string
		want  bool
	}{
		{added, own, true}, {nil, own, false}, {added, "example.com/sdk.Post", false},
		{added, "net/http.Get", true}, {nil, "net/http.Get", true},
	} {
		if row := test.table.Lookup(test.name); (row != nil) != test.want || row != nil && row.Func != test.name {
			t.Errorf("the row of %s is %v", test.name, row)
		}
	}
	for path, want := range map[string]bool{"github.com/gin-gonic/gin": true, "example.com/sdk": false, "net/http": false} {
		if got := added.Library(path); got != want {
			t.Errorf("Library(%q) is %v", path, got)
		}
	}
	if _, err := Read(file + ".missing"); err == nil || !strings.Contains(err.Error(), "rows.yaml.missing") {
		t.Errorf("a missing file gives %v", err)
	}
}
