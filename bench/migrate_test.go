package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/orbitmigrate/orbitmigrate/bench/module"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

// yet are the ways to use v1 that are not migrated as they should be, and why.
var yet = map[string]string{
	"methodless": "it is held back: a route without a method that moves below a route with one would make the test server " +
		"panic, as /licenses/locations conflicts with GET /licenses/{id}",
}

// TestMigrate migrates a module that uses v1 in many ways by one run, and wants it to build, to pass its tests, to make
// the requests that the table wants, and to stay as it is in a second run. ORBITMIGRATE_TESTS=all makes it a large
// module.
func TestMigrate(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs modules")
	}
	c := module.Config{Packages: 10, Files: 5, Lines: 60, Share: 1, Depth: 3, Seed: 1}
	if sample.All() {
		c = module.Config{Packages: 300, Files: 10, Lines: 250, Share: 0.18, Depth: 3, Seed: 1}
	}
	names, err := module.Idioms()
	if err != nil {
		t.Fatal(err)
	}
	c.Idioms = slices.DeleteFunc(names, func(name string) bool { return yet[name] != "" })
	for _, complaint := range migrate(t, c) {
		t.Error(complaint)
	}
}

// TestYet wants the reasons of yet to be true.
func TestYet(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs modules")
	}
	for name, why := range yet {
		c := module.Config{Packages: 2, Files: 3, Lines: 10, Share: 0.1, Depth: 1, Seed: 1, Idioms: []string{name}}
		if len(migrate(t, c)) == 0 {
			t.Errorf("%s is migrated well, but yet says: %s", name, why)
		}
	}
}

// migrate generates a module, migrates it, and returns what is wrong with the outcome.
func migrate(t *testing.T, c module.Config) (complaints []string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "m")
	m, err := module.Write(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d packages, %d files, %d lines, %d requests", m.Packages, m.Files, m.Lines, m.Requests)
	complain := func(what, text string) { complaints = append(complaints, what+":\n"+tail(text, 40)) }

	before := replay(t, dir)
	if len(before) != m.Requests {
		t.Fatalf("the module makes %d requests, not %d", len(before), m.Requests)
	}
	want := make([]string, len(before))
	for i, request := range before {
		method, url, _ := strings.Cut(request, " ")
		r := endpoint.Default().Match(method, url)
		if r.Kind != endpoint.Mapped {
			t.Fatalf("the table does not map %s: %s", request, r.Reason)
		}
		want[i] = method + " " + endpoint.Apply(url, r.Edits)
	}

	exe := filepath.Join(t.TempDir(), "orbitmigrate"+exeSuffix())
	if out, err := exec.Command("go", "build", "-o", exe, project+"/cmd/orbitmigrate").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	fix := func() cost {
		c, err := measure(t.Context(), dir, nil, exe, "-v", "-fix", "./...")
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("-fix: %.1f s, %.1f s of CPU, peak %d MB\n%s", c.wall.Seconds(), c.cpu.Seconds(), max(c.self, c.tree)>>20, c.stderr)
		return c
	}
	if c := fix(); c.exit != 0 {
		complain("the first run leaves something to do", c.stdout+c.stderr)
	}
	if d := cmp.Diff(want, replay(t, dir)); d != "" {
		complain("requests (-want +got)", d)
	}
	// vet has all packages type-checked, those of tests as well.
	for _, args := range [][]string{{"vet", "./..."}, {"test", "-vet=off", "./..."}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			complain("go "+args[0], string(out))
		}
	}

	old := age(t, dir)
	if c := fix(); c.exit != 0 {
		complain("the second run leaves something to do", c.stdout+c.stderr)
	}
	if d := cmp.Diff(old, times(t, dir)); d != "" {
		complain("the second run writes", d)
	}
	return complaints
}

// replay returns the requests that the module makes.
func replay(t *testing.T, dir string) []string {
	t.Helper()
	cmd := exec.Command("go", "run", "./cmd/replay")
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("replay: %v\n%s", err, tail(stderr.String(), 40))
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// age makes all files old, so that writing to one can be told, and returns their times.
func age(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	past := time.Now().Add(-time.Hour)
	for name := range times(t, dir) {
		if err := os.Chtimes(name, past, past); err != nil {
			t.Fatal(err)
		}
	}
	return times(t, dir)
}

func times(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	out := map[string]time.Time{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			out[name] = info.ModTime()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
