package driver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/orbitmigrate/orbitmigrate/internal/hermetic"
)

const sampleDir = "../../testdata/acme"

// A sampleRequest is one that the sample application makes, before and after the
// migration.
type sampleRequest struct {
	Host, Method  string
	Before, After string
}

// TestReplay migrates the sample application and compares the requests that it
// makes with those that it has to make.
func TestReplay(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and tests the sample application")
	}
	var requests []sampleRequest
	data, err := os.ReadFile(sampleDir + ".requests.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &requests); err != nil {
		t.Fatal(err)
	}
	var before, after []string
	for _, r := range requests {
		before = append(before, r.Method+" "+r.Host+r.Before)
		after = append(after, r.Method+" "+r.Host+r.After)
	}

	env := append(os.Environ(), hermetic.Environment(t)...)
	isolated(t)
	dir := copySample(t)
	same(t, "requests before", before, replay(t, dir, env))

	// The diff makes the same of a copy as -fix makes of the original.
	patched := copySample(t)
	diff := orbitmigrate(t, exitLeft, "-C", patched, "-diff", "./...")
	apply := exec.Command("git", "apply")
	apply.Dir = patched
	apply.Stdin = strings.NewReader(diff.stdout)
	if out, err := apply.CombinedOutput(); err != nil {
		t.Fatalf("git apply: %v\n%s", err, out)
	}

	fixed := orbitmigrate(t, exitLeft, "-C", dir, "-fix", "./...")
	same(t, "files of the diff and the fix", snapshot(t, patched), snapshot(t, dir))

	// What is left is what cannot be changed here.
	same(t, "files of findings left", []string{"billing/billing.go", "platform/client.gen.go"}, fileNames(fixed.stdout))
	for _, file := range []string{"billing/billing.go", "platform/client.gen.go"} {
		if !bytes.Equal(read(t, filepath.Join(sampleDir, file)), read(t, filepath.Join(dir, file))) {
			t.Errorf("%s has been changed", file)
		}
	}

	same(t, "requests after", after, replay(t, dir, env))
	for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
		cmd := exec.Command("go", args...)
		cmd.Dir, cmd.Env = dir, env
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %s of the migrated sample: %v\n%s", strings.Join(args, " "), err, out)
		}
	}

	// A second run writes nothing.
	each(t, dir, age)
	again := orbitmigrate(t, exitLeft, "-C", dir, "-fix", "./...")
	each(t, dir, aged)
	same(t, "findings of the second run", fixed.stdout, again.stdout)
}

// TestVet wants go vet to report the places that the command reports.
func TestVet(t *testing.T) {
	if testing.Short() {
		t.Skip("vets the sample application")
	}
	isolated(t)
	tool, err := exec.LookPath("orbitmigrate")
	if err != nil {
		t.Fatal(err)
	}
	dir := copySample(t)
	vet := func() string {
		cmd := exec.Command("go", "vet", "-x", "-vettool="+tool, "./...")
		cmd.Dir = dir
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Run(); err == nil {
			t.Error("go vet reports nothing")
		}
		return stderr.String()
	}
	first := vet()
	// Vet sees one build configuration.
	alone := orbitmigrate(t, exitLeft, "-C", dir, "./...")
	want := slices.DeleteFunc(places(alone.stdout), func(place string) bool { return strings.Contains(place, "_windows.go") })
	same(t, "places", want, places(first))
	// What is known is in the build cache.
	second := vet()
	same(t, "places of the second run", want, places(second))
	if !strings.Contains(first, "vet.cfg") || strings.Contains(second, "vet.cfg") {
		t.Errorf("the first run calls the tool: %v, the second one: %v", strings.Contains(first, "vet.cfg"), strings.Contains(second, "vet.cfg"))
	}
}

// isolated sets the environment for a test and those in it, which may be parallel.
func isolated(t *testing.T) {
	t.Helper()
	for _, v := range hermetic.Environment(t) {
		setenv(t, v)
	}
}

var longAgo = time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)

// age makes a file old, so that aged shows whether it is written later.
func age(path string, _ fs.FileInfo) error { return os.Chtimes(path, longAgo, longAgo) }

func aged(path string, info fs.FileInfo) error {
	if !info.ModTime().Equal(longAgo) {
		return fmt.Errorf("%s has been written", path)
	}
	return nil
}

func setenv(t *testing.T, variable string) {
	name, value, _ := strings.Cut(variable, "=")
	t.Setenv(name, value)
}

type output struct{ stdout, stderr string }

func orbitmigrate(t *testing.T, want int, args ...string) output {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := Main(t.Context(), args, &stdout, &stderr); got != want {
		t.Fatalf("orbitmigrate %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), got, want, &stdout, &stderr)
	}
	return output{stdout.String(), stderr.String()}
}

// replay builds the sample in dir and returns the requests that it makes:
// method, host and path with query. Those to the API have to carry the key.
func replay(t *testing.T, dir string, env []string) []string {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "acme")
	build := exec.Command("go", "build", "-o", exe, "./cmd/acme")
	build.Dir, build.Env = dir, env
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	var mu sync.Mutex
	var requests []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		host := r.Header.Get("X-Egress-Host")
		line := r.Method + " " + host + r.URL.RequestURI()
		requests = append(requests, line)
		// The probe asks without a key, to find out whether anybody is there.
		keyed := (host == "api.orbitflare.com" || host == "orbitflare.com") && !strings.Contains(line, "agent=")
		if got := r.Header.Get("X-ORBIT-KEY"); keyed && got != "replay-key" || !keyed && got != "" {
			t.Errorf("%s: X-ORBIT-KEY is %q", line, got)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte("{}"))
	}))
	defer server.Close()
	run := exec.Command(exe, "replay")
	run.Env = append(slices.Clone(env), "ACME_EGRESS="+server.URL, "ORBIT_KEY=replay-key", "ORBITFLARE_URL=", "ORBIT_RPC_KEY=")
	// It fails, because {} is no answer to most requests, but goes on.
	out, _ := run.CombinedOutput()
	if len(requests) == 0 {
		t.Fatalf("no requests; the program says:\n%s", out)
	}
	return requests
}

func copySample(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sampleDir)); err != nil {
		t.Fatal(err)
	}
	// A repository of its own, so that git does not look for one around it.
	commit(t, dir)
	return dir
}

// snapshot returns the contents of all source files by name.
func snapshot(t *testing.T, dir string) map[string]string {
	files := map[string]string{}
	each(t, dir, func(path string, _ fs.FileInfo) error {
		rel, err := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = string(read(t, path))
		return err
	})
	return files
}

func each(t *testing.T, dir string, f func(string, fs.FileInfo) error) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == ".git":
			return filepath.SkipDir
		case d.IsDir():
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return f(path, info)
	})
	if err != nil {
		t.Error(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var placeLine = regexp.MustCompile(`(?m)^(?:\./)?([^\s#]+\.go):\d+:\d+`)

// places returns the positions at the starts of lines, sorted.
func places(text string) []string {
	var all []string
	for _, m := range placeLine.FindAllString(text, -1) {
		all = append(all, strings.TrimPrefix(m, "./"))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func fileNames(text string) []string {
	var all []string
	for _, m := range placeLine.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
