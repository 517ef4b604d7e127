package driver

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCheck replaces files of a small module and wants the errors that this
// makes, and no others.
func TestCheck(t *testing.T) {
	isolated(t)
	dir := t.TempDir()
	source := map[string]string{
		"go.mod":      "module example.com/m\n\ngo 1.24\n",
		"a/a.go":      "package a\n\nconst A = `v1`\n\nvar Broken int = `old error`\n",
		"a/a_test.go": "package a\n\nvar _ = [2]int{}[len(A)-2]\n",
		"b/b.go":      "package b\n\nimport \"example.com/m/a\"\n\nvar B [len(a.A)]int = [2]int{}\n",
	}
	for name, text := range source {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	s := &session{config: &config{dir: dir, patterns: []string{"./..."}, tests: true}}
	var err error
	if s.env, err = readGoEnv(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	list, err := s.survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	prog, err := s.demand(t.Context(), list, seed{whole: []string{"example.com/m/a"}, focus: func(string) bool { return false }})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, old, new string
		want           map[string]string // part of the error by file
	}{
		{"nothing new", "`v1`", "`v2`", nil},
		{"old error moves", "= `old error`", "   = `old error`", nil},
		{"in the file", "`v1`", "`v2` + 1", map[string]string{"a/a.go": "line 3: "}},
		{"in the test", "`v1`", "`v`", map[string]string{"a/a.go": "in a_test.go, line 3: "}},
		{"in an importer", "`v1`", "`v20`", map[string]string{"a/a.go": "in b.go of package example.com/m/b, line 5: "}},
		{"not even Go", "`v1`", "`v2", map[string]string{"a/a.go": "expected ';'"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(source["a/a.go"], test.old, test.new, 1)
			got := prog.check(t.Context(), s.files, map[string][]byte{filepath.Join(dir, "a/a.go"): []byte(text)})
			for name, part := range test.want {
				path := filepath.Join(dir, filepath.FromSlash(name))
				if got[path] == nil || !strings.Contains(got[path].Error(), part) {
					t.Errorf("%s: got error %v, want one with %q", name, got[path], part)
				}
				delete(got, path)
			}
			if len(got) > 0 {
				t.Errorf("unexpected errors: %v", got)
			}
		})
	}
}
