//go:build unix

package driver

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

// ends runs the command in a process of its own, which has a generous time to end.
func ends(t *testing.T, dir string, args ...string) (code int, out string) {
	t.Helper()
	cmd := exec.Command("orbitmigrate", args...)
	cmd.Dir = dir
	var both bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &both, &both, time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(5*time.Minute, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if !timer.Stop() {
		t.Fatalf("orbitmigrate %s does not end\n%s", strings.Join(args, " "), &both)
	}
	return cmd.ProcessState.ExitCode(), both.String()
}

// TestPipesAndDevices has something that is no file wherever the command, or the go command
// on its behalf, opens one.
func TestPipesAndDevices(t *testing.T) {
	isolated(t)
	pipe := func(name string) error { return syscall.Mkfifo(name, 0o666) }
	device := func(name string) error { return os.Symlink("/dev/zero", name) }
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip(err)
	}
	for _, test := range []struct {
		name string
		make func(string) error
		code int
		want string
	}{
		{"sub/go.mod", pipe, exitLeft, ""},
		{"sub/go.mod", device, exitLeft, ""},
		{"testdata/go.mod", pipe, exitLeft, ""},
		{"go.mod", pipe, exitFailed, "go.mod cannot be read: it is not a regular file"},
		{"go.sum", pipe, exitFailed, "go.sum cannot be read: it is not a regular file"},
		{"go.work", pipe, exitFailed, "go.work cannot be read: it is not a regular file"},
		{"go.work", device, exitFailed, "go.work cannot be read: it is not a regular file"},
		{"sub/x.go", pipe, exitFailed, "sub/x.go: not checked: it is not a regular file"},
		{"sub/x.go", device, exitFailed, "sub/x.go"},
		{"testdata/x.go", pipe, exitFailed, "testdata/x.go: not checked: it is not a regular file"},
		{"rows", pipe, exitUsage, "rows: it is not a regular file"},
		{"text.md", pipe, exitLeft, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.24\n")
			write(t, filepath.Join(dir, "a.go"), "package m\n\nimport \"net/http\"\n\nfunc Get() { http.Get(\"https://api.orbitflare.com/customer/v1/locations\") }\n")
			name := filepath.Join(dir, test.name)
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			_ = os.Remove(name)
			if err := test.make(name); err != nil {
				t.Fatal(err)
			}
			args := []string{"-docs", "./..."}
			if test.name == "rows" {
				args = []string{"-sinks", "rows", "./..."}
			}
			if code, out := ends(t, dir, args...); code != test.code || !strings.Contains(out, test.want) {
				t.Errorf("exit code %d, want %d and %q\n%s", code, test.code, test.want, out)
			}
		})
	}
}

// TestAttributesOfPipes has a pipe wherever git looks for attributes: it would wait for ever.
func TestAttributesOfPipes(t *testing.T) {
	isolated(t)
	for _, name := range []string{".gitattributes", "client/.gitattributes", ".git/info/attributes"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.24\n")
			write(t, filepath.Join(dir, "client/client.go"), "package client\n\nimport \"net/http\"\n\nfunc Get() { http.Get(\"https://api.orbitflare.com/customer/v1/locations\") }\n")
			commit(t, dir)
			if err := syscall.Mkfifo(filepath.Join(dir, name), 0o666); err != nil {
				t.Fatal(err)
			}
			if code, out := ends(t, dir, "-fix", "./..."); code != exitFailed || !strings.Contains(out, "attributes is not a regular file") {
				t.Errorf("exit code %d, want %d, and the file named\n%s", code, exitFailed, out)
			}
		})
	}
}

// TestUnreadable has a Go file that cannot be read, as the only one of a package and as one of
// several. It is named, and costs what is in its package, and nothing else.
func TestUnreadable(t *testing.T) {
	isolated(t)
	const request = "package p\n\nimport \"net/http\"\n\nfunc Get() { http.Get(\"https://api.orbitflare.com/customer/v1/locations\") }\n"
	for _, test := range []struct {
		name string
		make func(string) error
		want string
	}{
		{"link", func(name string) error { return os.Symlink("nowhere", name) }, "no such file or directory"},
		{"pipe", func(name string) error { return syscall.Mkfifo(name, 0o666) }, "it is not a regular file"},
		{"device", func(name string) error { return os.Symlink("/dev/null", name) }, "it is not a regular file"},
		{"forbidden", func(name string) error { return os.WriteFile(name, []byte(request), 0) }, "permission denied"},
		{"huge", func(name string) error {
			if err := os.WriteFile(name, []byte(request), 0o666); err != nil {
				return err
			}
			return os.Truncate(name, disk.MaxSource+1)
		}, "the file is larger than 64 MiB"},
	} {
		for _, place := range []string{"odd", "shared"} {
			t.Run(test.name+"/"+place, func(t *testing.T) {
				t.Parallel()
				if test.name == "forbidden" && os.Getuid() == 0 {
					t.Skip("nothing is forbidden")
				}
				dir := t.TempDir()
				files := []string{"after/a.go", "before/b.go", "shared/other.go"}
				write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.24\n")
				for _, name := range files {
					if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777); err != nil {
						t.Fatal(err)
					}
					write(t, filepath.Join(dir, name), request)
				}
				odd := filepath.Join(dir, place, "x.go")
				if err := os.MkdirAll(filepath.Dir(odd), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := test.make(odd); err != nil {
					t.Fatal(err)
				}
				code, out := ends(t, dir, "-fix", "./...")
				if code != exitFailed || !strings.Contains(out, place+"/x.go") || !strings.Contains(out, test.want) {
					t.Errorf("exit code %d\n%s", code, out)
				}
				for _, name := range files {
					fixed := strings.Contains(string(read(t, filepath.Join(dir, name))), "/customer/v2/")
					if want := filepath.Dir(name) != place; fixed != want {
						t.Errorf("%s: fixed is %v\n%s", name, fixed, out)
					}
				}
			})
		}
	}
}

// TestSignals ends runs over a module at many moments by each signal that does. The process
// has ended, no file is torn, and no temporary file is left, of the go command neither. With the environment variable
// ORBITMIGRATE_TESTS set to all there are fifty moments for each signal.
func TestSignals(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command many times")
	}
	isolated(t)
	moments, half := 3, 20
	if sample.All() {
		moments, half = 50, 500
	}
	source := t.TempDir()
	faultModule(t, source, half)
	commit(t, source)
	before, start := snapshot(t, source), time.Now()
	after := migrated(t, source)
	whole := time.Since(start)
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			for n := range moments {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command("orbitmigrate", "-fix", "./...")
				cmd.Dir = dir
				var stderr bytes.Buffer
				cmd.Stderr, cmd.WaitDelay = &stderr, time.Second
				tmp := t.TempDir()
				cmd.Env = append(os.Environ(), "TMPDIR="+tmp, "GOTMPDIR=")
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				// Moments are spread over the time of a run. A signal that comes before the command
				// has said that it wants it ends the process as it ends any.
				time.Sleep(whole * time.Duration(n+1) / time.Duration(moments+1))
				_ = cmd.Process.Signal(signal)
				_ = cmd.Process.Signal(signal) // a second one is no worse
				timer := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
				_ = cmd.Wait()
				if !timer.Stop() {
					t.Fatalf("moment %d: the process does not end\n%s", n, &stderr)
				}
				old, new, temps := states(t, dir, before, after)
				status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
				switch code := cmd.ProcessState.ExitCode(); {
				case status.Signaled() && status.Signal() == signal && new == 0:
				case code == exitInterrupted, code == exitClean && old == 0:
				default:
					t.Errorf("moment %d: exit code %d\n%s", n, code, &stderr)
				}
				if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
					t.Errorf("moment %d: %v is left, %v", n, left, err)
				}
				if temps > 0 || old > 0 && new > 0 {
					t.Errorf("moment %d: %d files are old, %d new, %d temporary", n, old, new, temps)
				}
			}
		})
	}
}

// TestGivenUp ends the context of a run that waits for something that never comes: Main
// returns all the same.
func TestGivenUp(t *testing.T) {
	isolated(t)
	bin := t.TempDir()
	// A go command whose child keeps the pipe.
	write(t, filepath.Join(bin, "go"), "#!/bin/sh\ntouch started\nsleep 60\n")
	if err := os.Chmod(filepath.Join(bin, "go"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	dir := t.TempDir()
	cmd := exec.Command("orbitmigrate", "./...")
	cmd.Dir = dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 6000 {
		if _, err := os.Stat(filepath.Join(dir, "started")); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	timer := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); !timer.Stop() || code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
}
