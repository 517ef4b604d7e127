package fixer

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiff(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the names do not exist there")
	}
	dir := t.TempDir()
	var groups []Group
	for i, name := range []string{"plain.go", "with space.go", "d/\x1b\u202e.go", `"\.go`} {
		path := filepath.Join(dir, name)
		writeFile(t, path, []byte("package p\r\n\r\nvar x = \"v1\""))
		groups = append(groups, Group{ID: i, Changes: []Change{{path, 22, 24, "v1", "v2"}}})
	}
	p, err := NewPlan(groups, Options{Root: dir})
	must(t, err)
	hunk := "@@ -1,3 +1,3 @@\n package p\r\n \r\n" +
		"-var x = \"v1\"\n\\ No newline at end of file\n" +
		"+var x = \"v2\"\n\\ No newline at end of file\n"
	want := `--- "a/\"\\.go"` + "\n" + `+++ "b/\"\\.go"` + "\n" + hunk +
		`--- "a/d/\033\342\200\256.go"` + "\n" + `+++ "b/d/\033\342\200\256.go"` + "\n" + hunk +
		"--- a/plain.go\n+++ b/plain.go\n" + hunk +
		"--- a/with space.go\t\n+++ b/with space.go\t\n" + hunk
	if d := cmp.Diff(want, p.Diff(dir)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestDiffOfLines adds lines. The lines in front of them are not part of the difference, nor is
// what is replaced by itself.
func TestDiffOfLines(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.go")
		src := "package p" + end + end + "const a = \"1\"" + end
		writeFile(t, path, []byte(src))
		at := len(src) - len(end)
		p, err := NewPlan([]Group{{Changes: []Change{
			{path, at, at, "", end + end + "const b = \"2\""},
			{path, at - 2, at - 1, "1", "1"},
		}}}, Options{Root: dir})
		must(t, err)
		want := "--- a/a.go\n+++ b/a.go\n@@ -1,3 +1,5 @@\n package p" + end + " " + end + " const a = \"1\"" + end +
			"+" + end + "+const b = \"2\"" + end
		if d := cmp.Diff(want, p.Diff(dir)); d != "" {
			t.Errorf("(-want +got)\n%s", d)
		}
	}
}
