package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestInputs(t *testing.T) {
	t.Chdir("..")
	files, err := inputs()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"go.mod", "go.sum", "main.go", "/analyzer/gclplugin/gclplugin.go", "/analyzer/analyzer.go", "/internal/endpoint/table.go",
		"/internal/endpoint/table.yaml", // embedded
	} {
		if !slices.ContainsFunc(files, func(f string) bool { return strings.HasSuffix(filepath.ToSlash(f), want) }) {
			t.Errorf("%s goes into the binary but not into the hash", want)
		}
	}
	if i := slices.IndexFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") }); i >= 0 {
		t.Errorf("%s goes into the hash but not into the binary", files[i])
	}
}

func TestHash(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(a, "package p\n")
	write(b, "var x int\n")
	seen := map[string]string{}
	check := func(what, toolchain string, files ...string) {
		t.Helper()
		h, err := hash(toolchain, files)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := hash(toolchain, files); err != nil || again != h {
			t.Errorf("%s: hash %s, then %s (%v)", what, h, again, err)
		}
		if other := seen[h]; other != "" {
			t.Errorf("%s: the same hash as %s", what, other)
		}
		seen[h] = what
	}
	check("two files", "go1", a, b)
	check("another toolchain", "go2", a, b)
	check("one file", "go1", a)
	write(a, "package p\nvar x ")
	write(b, "int\n")
	check("text moved to another file", "go1", a, b)
	write(b, "Int\n")
	check("text changed", "go1", a, b)
	if _, err := hash("go1", []string{filepath.Join(dir, "c.go")}); err == nil {
		t.Error("a missing file is no error")
	}
}

func TestRemoveOld(t *testing.T) {
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{"golangci-lint-old": 8 * 24 * time.Hour, "golangci-lint-new": time.Hour, "other": 99 * 24 * time.Hour} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
	}
	removeOld(dir)
	var left []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{"golangci-lint-new", "other"}; !slices.Equal(left, want) {
		t.Errorf("left are %q, want %q", left, want)
	}
}
