package driver

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

// TestFaultsStayInTheirPlace has each step fail for one subject, as by a mistake of the
// program. It is named, the exit code is 1, and what has nothing to do with it is fixed.
func TestFaultsStayInTheirPlace(t *testing.T) {
	isolated(t)
	const request = "package %s\n\nimport \"net/http\"\n\nfunc Get() { http.Get(\"https://api.orbitflare.com/customer/v1/locations\") }\n"
	files := map[string]string{
		"go.mod":       "module example.com/m\n\ngo 1.24\n",
		"sound/s.go":   fmt.Sprintf(request, "sound"),
		"odd/odd.go":   fmt.Sprintf(request, "odd"),
		"base/base.go": "package base\n\nimport \"net/http\"\n\nconst url = \"https://api.orbitflare.com/customer/v1\"\n\nfunc Get(path string) { http.Get(url + path) }\n",
		"uses/uses.go": "package uses\n\nimport \"example.com/m/base\"\n\nfunc Get() { base.Get(\"/licenses\") }\n",
		"more/more.go": "package more\n\nimport \"example.com/m/base\"\n\nfunc Get() { base.Get(\"/licenses\") }\n",
		"odd.md":       "https://api.orbitflare.com/customer/v1/locations\n",
	}
	for _, test := range []struct {
		step    fault.Step
		subject string
		want    string   // on standard error
		kept    []string // files that stay as they are
	}{
		{fault.Scan, "odd/odd.go", "odd/odd.go: not checked: internal error", []string{"odd/odd.go"}},
		{fault.Parse, "example.com/m/odd", "example.com/m/odd: internal error", []string{"odd/odd.go"}},
		{fault.Extract, "example.com/m/odd", "example.com/m/odd: internal error", []string{"odd/odd.go"}},
		{fault.Link, "example.com/m/odd", "example.com/m/odd: internal error", []string{"odd/odd.go"}},
		{fault.Solve, "odd.go:5", "odd/odd.go:5:14: what is passed to http.Get could not be followed: internal error", []string{"odd/odd.go"}},
		{fault.Judge, "odd.go:5", "odd/odd.go:5:23: internal error", []string{"odd/odd.go"}},
		{fault.Rewrite, "odd/odd.go", "odd/odd.go:5:23: not fixed (internal): odd/odd.go: internal error", []string{"odd/odd.go"}},
		{fault.Read, "odd.md", "odd.md: internal error", []string{"odd.md"}},
		// What calls it could not be looked at, so the base stays.
		{fault.Extract, "example.com/m/uses", "base/base.go:5:13: not fixed (review): uses/uses.go may use Get and could not be looked at", []string{"base/base.go", "uses/uses.go"}},
	} {
		t.Run(string(test.step)+" "+strings.ReplaceAll(test.subject, "/", " "), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range files {
				write(t, filepath.Join(dir, name), text)
			}
			hook := func(step fault.Step, subject string) {
				if step == test.step && (subject == test.subject || subject == filepath.Join(dir, test.subject)) {
					panic("injected")
				}
			}
			var stdout, stderr bytes.Buffer
			code := supervise(t.Context(), []string{"-C", dir, "-docs", "-fix", "./..."}, &stdout, &stderr, hook)
			if code != exitFailed {
				t.Errorf("exit code %d, want %d", code, exitFailed)
			}
			if !strings.Contains(filepath.ToSlash(stderr.String()), test.want) {
				t.Errorf("standard error does not hold %q", test.want)
			}
			for name, before := range files {
				kept := name == "go.mod"
				for _, k := range test.kept {
					kept = kept || name == k
				}
				if same := string(read(t, filepath.Join(dir, name))) == before; same != kept && !strings.HasSuffix(string(before), "base.Get(\"/licenses\") }\n") {
					t.Errorf("%s is as it was: %v, want %v", name, same, kept)
				}
			}
			if t.Failed() {
				t.Logf("standard output:\n%s\nstandard error:\n%s", &stdout, &stderr)
			}
		})
	}
}

// TestStoppedAfterWriting ends a run when its fixes are made: it says how many they are.
func TestStoppedAfterWriting(t *testing.T) {
	isolated(t)
	dir := t.TempDir()
	unpack(t, txtar.Parse([]byte(`
-- go.mod --
module example.com/m

go 1.24
-- a.go --
package m

import "net/http"

func A() { http.Get("https://api.orbitflare.com/customer/v1/locations") }
-- b.go --
package m

import "net/http"

func B() { http.Get("https://api.orbitflare.com/customer/v1/licenses") }
`)), dir)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stdout, stderr strings.Builder
	watched := &trigger{&stderr, "orbitmigrate: write", cancel}
	if code := Main(ctx, []string{"-C", dir, "-v", "-fix", "./..."}, &stdout, watched); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if want := "orbitmigrate: interrupted after 2 fixes in 2 files; run again to complete\n"; !strings.HasSuffix(stderr.String(), want) {
		t.Errorf("stderr ends otherwise than with %q:\n%s", want, &stderr)
	}
}
