package analyzer

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
)

// TestDataOf lists what a package reads and that says something about the API.
func TestDataOf(t *testing.T) {
	const spelled = "GET https://api.orbitflare.com/customer/v1/locations\n"
	tests := []struct{ name, files, want string }{
		{"testdata", "-- testdata/a/b.txt --\n" + spelled, "testdata/a/b.txt text"},
		{"testdata without a name of the API", "-- testdata/a.txt --\nnothing\n", "testdata/a.txt"},
		{"Go in testdata is another program", "-- testdata/a.go --\npackage a\n\n// " + spelled, ""},
		{"named, in a directory that is not", "-- a_test.go --\npackage a\n\nvar tape = \"tape.yaml\"\n-- records/tape.yaml --\n" + spelled, ""},
		{"read by path", "-- a_test.go --\npackage a\n\nvar tape = \"./records/tape.yaml\"\n-- records/tape.yaml --\n" + spelled, "records/tape.yaml text spoken"},
		{"read by directory", "-- a_test.go --\npackage a\n\nvar dir = \"records\"\n-- records/x/tape.yaml --\n" + spelled, "records/x/tape.yaml text"},
		{"embedded", "-- a.go --\npackage a\n\n//go:embed all:records/*.yaml\nvar dir embed.FS\n-- records/tape.yaml --\n" + spelled + "-- records/tape.json --\n" + spelled, "records/tape.yaml text"},
		{"beside, and not named", "-- README.md --\n" + spelled, ""},
		{"of a package below", "-- sub/sub.go --\npackage sub\n-- sub/testdata/a.txt --\n" + spelled, ""},
		{"of a module below", "-- a_test.go --\npackage a\n\nvar dir = \"sub\"\n-- sub/go.mod --\nmodule sub\n-- sub/a.txt --\n" + spelled, ""},
		{"of the module's root", "-- ../testdata/a.txt --\n" + spelled + "-- a_test.go --\npackage a\n\nvar up = []string{\"..\", \"testdata\"}\n", "../testdata/a.txt text"},
		{"no UTF-8, no line ends", "-- testdata/a.bin --\n\xff\xfe" + strings.TrimSpace(spelled) + "\r", "testdata/a.bin text"},
		{"large", "-- testdata/a.log --\n" + strings.Repeat("x", disk.MaxText-8) + spelled, "testdata/a.log why"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, "pkg")
			write := func(name string, data []byte) {
				file := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			write("../go.mod", []byte("module m\n"))
			var sources []string
			for _, f := range txtar.Parse([]byte(test.files)).Files {
				write(f.Name, f.Data)
				if file := filepath.Join(dir, f.Name); filepath.Dir(file) == dir && filepath.Ext(file) == ".go" {
					sources = append(sources, file)
				}
			}
			var got []string
			for _, d := range dataOf(map[string][]string{dir: sources}, func(string) string { return "m/pkg" }, Mentions) {
				line := d.name
				for _, is := range []struct {
					word string
					set  bool
				}{{"text", bytes.Contains(d.src, []byte("/customer/v1/locations"))}, {"spoken", d.spoken}, {"why", d.why != ""}} {
					if is.set {
						line += " " + is.word
					}
				}
				got = append(got, line)
			}
			if got := strings.Join(got, ", "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
