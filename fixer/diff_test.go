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
