package driver

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestProgress writes to no terminal: nothing is said.
func TestProgress(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, p := range []*progress{newProgress(&bytes.Buffer{}), newProgress(file)} {
		if p != nil {
			t.Error("progress is shown on what is no terminal")
		}
		p.step("type-checking", 1, 2, "a")
		p.clear()
	}
	if text := read(t, file.Name()); len(text) > 0 {
		t.Errorf("written: %q", text)
	}
}

// TestProgressTerminal moves the time by hand, as the clock of a machine is not to be relied on.
func TestProgressTerminal(t *testing.T) {
	var out bytes.Buffer
	said := func(want string) {
		t.Helper()
		same(t, "written", want, out.String())
		out.Reset()
	}
	now := time.Unix(1000, 0)
	p := &progress{w: &out, quiet: now.Add(progressAfter), now: func() time.Time { return now }}
	p.step("type-checking", 1, 9, "early")
	p.clear()
	said("")
	now = now.Add(progressAfter - 1)
	p.step("type-checking", 2, 9, "almost")
	said("")
	now = now.Add(1)
	p.step("type-checking", 3, 9, "first")
	said("\r\x1b[Korbitmigrate: type-checking 3/9 first")
	now = now.Add(progressEvery - 1)
	p.step("type-checking", 4, 9, "too soon")
	said("")
	now = now.Add(1)
	p.step("type-checking", 5, 9, "a\x1b[2J\nb")
	said("\r\x1b[Korbitmigrate: type-checking 5/9 " + `a\x1b[2J\nb`)
	p.clear()
	said("\r\x1b[K")
	p.clear()
	said("")
	p.step("type-checking", 6, 9, "at once")
	said("\r\x1b[Korbitmigrate: type-checking 6/9 at once")
}

// TestProgressCleared runs a session as at a terminal on which all time has passed already:
// whatever is written besides starts on a clean line, and so does the prompt afterwards.
func TestProgressCleared(t *testing.T) {
	isolated(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.24\n")
	write(t, filepath.Join(dir, "m.go"), "package m\n\nconst base = \"https://api.orbitflare.com/customer/v1\"\n")
	var out bytes.Buffer
	s := &session{config: &config{dir: dir, patterns: []string{"."}, tests: true, verbose: true, context: -1}, stderr: &out,
		progress: &progress{w: &out, now: time.Now}}
	var err error
	if s.env, err = readGoEnv(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	var stdout bytes.Buffer
	if _, err := s.run(t.Context(), &stdout); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(out.Bytes(), []byte("type-checking 1/1 example.com/m")) {
		t.Errorf("no progress in %q", &out)
	}
	for line := range bytes.Lines(out.Bytes()) {
		if i := bytes.Index(line, []byte("type-checking")); i >= 0 && !bytes.Contains(line[i:], []byte("\r\x1b[K")) {
			t.Errorf("progress is not cleared in %q", line)
		}
	}
}
