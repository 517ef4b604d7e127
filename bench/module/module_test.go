package module

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, c Config) (string, Module) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "m")
	m, err := Write(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	return dir, m
}

func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		files[filepath.ToSlash(strings.TrimPrefix(name, dir))] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestWrite wants modules of odd sizes to be formatted Go that vet accepts, and to make the requests that are promised.
// The tests of the usual one have to pass.
func TestWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs modules")
	}
	for name, c := range map[string]Config{
		"usual":    {Packages: 12, Files: 4, Lines: 120, Share: 0.8, Depth: 3, Seed: 1},
		"deep":     {Packages: 20, Files: 2, Lines: 10, Share: 1, Depth: 12, Seed: 2},
		"smallest": {Packages: 2, Files: 1, Lines: 1, Share: 0.1, Depth: 1, Seed: 3},
		"clean":    {Packages: 8, Files: 5, Lines: 200, Depth: 1, Seed: 4},
	} {
		t.Run(name, func(t *testing.T) {
			dir, m := write(t, c)
			lines := 0
			for name, text := range snapshot(t, dir) {
				if filepath.Ext(name) != ".go" {
					continue
				}
				lines += strings.Count(text, "\n")
				formatted, err := format.Source([]byte(text))
				if err != nil || !bytes.Equal(formatted, []byte(text)) {
					t.Errorf("%s is not formatted: %v", name, err)
				}
			}
			if lines != m.Lines {
				t.Errorf("there are %d lines, not %d", lines, m.Lines)
			}
			commands := [][]string{{"vet", "./..."}}
			if name == "usual" {
				commands = append(commands, []string{"test", "-vet=off", "./..."})
			}
			for _, args := range commands {
				cmd := exec.Command("go", args...)
				cmd.Dir = dir
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("go %s: %v\n%s", args[0], err, out)
				}
			}
			cmd := exec.Command("go", "run", "./cmd/replay")
			cmd.Dir = dir
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(out, []byte("\n")); n != m.Requests || (n == 0) != (c.Share == 0) {
				t.Errorf("%d requests are made, %d are promised", n, m.Requests)
			}
		})
	}
}

// TestDeterministic wants the same module again.
func TestDeterministic(t *testing.T) {
	c := Config{Packages: 20, Files: 3, Lines: 100, Share: 0.4, Depth: 3, Seed: 7}
	first, _ := write(t, c)
	second, _ := write(t, c)
	want := snapshot(t, first)
	if diff := cmp.Diff(want, snapshot(t, second)); diff != "" {
		t.Errorf("two modules of one configuration differ:\n%s", diff)
	}
	c.Seed++
	other, _ := write(t, c)
	if cmp.Equal(want, snapshot(t, other)) {
		t.Error("another seed gives the same module")
	}
}

func TestRefused(t *testing.T) {
	usual := Config{Packages: 2, Files: 1, Lines: 1, Depth: 1}
	for name, change := range map[string]func(*Config){
		"packages": func(c *Config) { c.Packages = 1 },
		"files":    func(c *Config) { c.Files = 0 },
		"lines":    func(c *Config) { c.Lines = -1 },
		"share":    func(c *Config) { c.Share = 1.5 },
		"depth":    func(c *Config) { c.Depth = 0 },
	} {
		c := usual
		change(&c)
		if _, err := Write(filepath.Join(t.TempDir(), "m"), c); err == nil || !strings.HasPrefix(err.Error(), name+": ") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "keep"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(dir, usual); err == nil {
		t.Error("a directory in use is written to")
	}
}
