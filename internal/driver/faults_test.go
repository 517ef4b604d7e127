package driver

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

// The tests in this file bring about faults of the file system and of the process for
// real. Those of single files are in testdata/script and in package fixer.

// faultModule writes a module of n files into dir, which hold requests by way of one
// base, so that they are one group, and as many that have nothing to do with one another.
func faultModule(t *testing.T, dir string, n int) {
	t.Helper()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.24\n")
	write(t, filepath.Join(dir, "base.go"), "package m\n\nimport \"net/http\"\n\nconst base = \"https://api.orbitflare.com/customer/v1\"\n\nvar _ = http.Get\n")
	for i := range n {
		write(t, filepath.Join(dir, fmt.Sprintf("tied%02d.go", i)), fmt.Sprintf("package m\n\nimport \"net/http\"\n\nfunc Tied%d() { http.Get(base + \"/locations\") }\n", i))
		write(t, filepath.Join(dir, fmt.Sprintf("free%02d.go", i)), fmt.Sprintf("package m\n\nimport \"net/http\"\n\nfunc Free%d() { http.Get(\"https://api.orbitflare.com/customer/v1/locations\") }\n", i))
	}
}

// originals returns what there is to know about the files of a faultModule in the
// order in which they are renamed: first those that depend on one another.
func originals(t *testing.T, dir string) []fs.FileInfo {
	t.Helper()
	var all []fs.FileInfo
	for _, pattern := range []string{"base.go", "tied*.go", "free*.go"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			info, err := os.Lstat(name)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, info)
		}
	}
	return all
}

// states says of each file of a module whether it is as before, as after or torn.
func states(t *testing.T, dir string, before, after map[string]string) (old, new, temps int) {
	t.Helper()
	for name, text := range snapshot(t, dir) {
		switch {
		case strings.HasPrefix(name, ".orbitmigrate-"):
			temps++
		case text == before[name] && text == after[name]:
		case text == before[name]:
			old++
		case text == after[name]:
			new++
		default:
			t.Errorf("%s is torn:\n%s", name, text)
		}
	}
	return old, new, temps
}

// migrated returns what a run that nothing disturbs makes of a module.
func migrated(t *testing.T, from string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	orbitmigrate(t, exitClean, "-C", dir, "-fix", "./...")
	return snapshot(t, dir)
}

// A trigger passes text on and calls f when the first line with a prefix has come.
type trigger struct {
	io.Writer
	prefix string
	f      func()
}

func (w *trigger) Write(p []byte) (int, error) {
	if w.f != nil && bytes.HasPrefix(p, []byte(w.prefix)) {
		w.f()
		w.f = nil
	}
	return w.Writer.Write(p)
}

// TestConcurrentChange changes a file after it has been loaded, and again after the
// changes have been planned. It is refused if it is all there is to change; if not, the
// next round sees what is there now. What somebody else wrote is never lost.
func TestConcurrentChange(t *testing.T) {
	isolated(t)
	const text = "package m\n\nimport \"net/http\"\n\nfunc Get() { http.Get(\"https://api.orbitflare.com/customer/v1/licenses?a=1\") }\n"
	edited := strings.Replace(text, "a=1", "b=2", 1)
	for _, test := range []struct {
		name   string
		change func(t *testing.T, file string)
		code   string // of the outcome
		want   string // the file afterwards, "" if there is none
		both   string // the same if another file has been changed
	}{
		{"edit of the same size", func(t *testing.T, file string) {
			info, err := os.Stat(file)
			if err != nil {
				t.Error(err)
				return
			}
			write(t, file, edited)
			_ = os.Chtimes(file, time.Time{}, info.ModTime())
		}, "changed", edited, strings.Replace(edited, "v1", "v2", 1)},
		{"delete", func(t *testing.T, file string) { _ = os.Remove(file) }, "missing", "", ""},
		{"replace by a directory", func(t *testing.T, file string) {
			_ = os.Remove(file)
			_ = os.Mkdir(file, 0o777)
		}, "irregular", "", ""},
	} {
		for _, stage := range []string{"load", "plan"} {
			for _, alone := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s after %s alone %v", test.name, stage, alone), func(t *testing.T) {
					t.Parallel()
					dir := t.TempDir()
					file := filepath.Join(dir, "a.go")
					write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.24\n")
					write(t, file, text)
					other := strings.Replace(text, "Get()", "Other()", 1)
					want, code := test.want, exitFailed
					if !alone {
						write(t, filepath.Join(dir, "b.go"), other)
						want, code = test.both, exitClean
						if stage == "plan" && want == "" {
							code = exitFailed // the outcome is of the run's only attempt
						}
					} else {
						write(t, filepath.Join(dir, "b.go"), "package m\n")
					}
					var stdout, stderr bytes.Buffer
					hook := &trigger{&stderr, "orbitmigrate: " + stage, func() { test.change(t, file) }}
					got := Main(t.Context(), []string{"-C", dir, "-v", "-fix", "./..."}, &stdout, hook)
					if got != code {
						t.Errorf("exit code %d, want %d", got, code)
					}
					if wanted := fmt.Sprintf("a.go:5:23: not fixed (%s): a.go: ", test.code); alone && !strings.Contains(stderr.String(), wanted) {
						t.Errorf("standard error does not hold %q", wanted)
					}
					if data, _ := os.ReadFile(file); string(data) != want {
						t.Errorf("the file holds %q, want %q", data, want)
					}
					if data := string(read(t, filepath.Join(dir, "b.go"))); !alone && data != strings.Replace(other, "v1", "v2", 1) {
						t.Errorf("the other file is %q", data)
					}
					if t.Failed() {
						t.Logf("standard error:\n%s", &stderr)
					}
				})
			}
		}
	}
}

// TestFullDisk runs out of space, and beyond the largest size of a file.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("mounts a file system")
	}
	isolated(t)
	// 24 files of one page each: there is room for one more, or for those of some groups.
	for _, pages := range []int{25, 32} {
		t.Run(fmt.Sprintf("no space left after %d pages", pages), func(t *testing.T) { fullDisk(t, pages*os.Getpagesize()) })
	}

	// The system sends a signal as well, which ends programs that do not expect it.
	t.Run("file too large", tooLarge)
}

func fullDisk(t *testing.T, size int) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprint("size=", size), "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("mount: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, out)
		}
	})
	const half = 11
	faultModule(t, dir, half)
	before := snapshot(t, dir)
	after := migrated(t, dir)
	out := orbitmigrate(t, exitFailed, "-C", dir, "-fix", "./...")
	if !strings.Contains(out.stderr, "not fixed (write-failed): ") || !strings.Contains(out.stderr, "no space left on device") {
		t.Errorf("standard error:\n%s", out.stderr)
	}
	old, new, temps := states(t, dir, before, after)
	if temps > 0 || old+new != 2*half+1 || old < half+1 {
		t.Errorf("%d files are old, %d new, %d temporary ones are left", old, new, temps)
	}
	// The base, and all that is tied to it, is changed as a whole or not at all.
	now := snapshot(t, dir)
	for name := range now {
		if strings.HasPrefix(name, "tied") && now[name] != before[name] {
			t.Errorf("%s has been changed without the base", name)
		}
	}
	// With room again, the same command completes.
	if out, err := exec.Command("mount", "-o", "remount,size=1m", dir).CombinedOutput(); err != nil {
		t.Fatalf("mount: %v: %s", err, out)
	}
	orbitmigrate(t, exitClean, "-C", dir, "-fix", "./...")
	same(t, "files", after, snapshot(t, dir))
}

func tooLarge(t *testing.T) {
	dir := t.TempDir()
	faultModule(t, dir, 2)
	large := filepath.Join(dir, "large.go")
	write(t, large, "package m\n\nimport \"net/http\"\n\nfunc Large() { http.Get(\"https://api.orbitflare.com/customer/v1/licenses\") }\n\n/*"+strings.Repeat(strings.Repeat("x", 99)+"\n", 12_000)+"*/\n")
	orbitmigrate(t, exitLeft, "-C", dir, "./...") // so that the go command has all it needs
	before := snapshot(t, dir)
	cmd := exec.Command("sh", "-c", "ulimit -f 1024 && exec orbitmigrate -fix ./...")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(out), "large.go:5:25: not fixed (write-failed): large.go: ") {
		t.Errorf("%v\n%s", err, out)
	}
	after := snapshot(t, dir)
	if before["large.go"] != after["large.go"] {
		t.Error("large.go has been changed")
	}
	delete(before, "large.go")
	if old, _, temps := states(t, dir, before, after); old > 0 || temps > 0 {
		t.Errorf("%d files have not been changed, %d temporary files are left", old, temps)
	}
}

// reached says whether a run has come to a point in writing the files of a
// faultModule: to so many temporary files or, beyond their number, to so many renames.
func reached(dir string, original []fs.FileInfo, point int) bool {
	if n := point - len(original); n > 0 {
		info, err := os.Lstat(filepath.Join(dir, original[n-1].Name()))
		return err == nil && !os.SameFile(original[n-1], info)
	}
	temps, err := filepath.Glob(filepath.Join(dir, ".orbitmigrate-*"))
	return err == nil && len(temps) >= point
}

// TestKilled kills runs, most of them while they write, and wants every file to be as
// before or as after, and the next run to complete what was begun. With the
// environment variable ORBITMIGRATE_TESTS set to all there are a hundred rounds.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command many times")
	}
	isolated(t)
	rounds := 5
	if sample.All() {
		rounds = 100
	}
	const half = 30
	const files = 2*half + 1
	source := t.TempDir()
	faultModule(t, source, half)
	commit(t, source) // what a run has written is no obstacle for the next one
	before, after := snapshot(t, source), migrated(t, source)
	for _, kind := range []struct {
		name   string
		signal os.Signal
	}{{"kill", os.Kill}, {"interrupt", os.Interrupt}} {
		t.Run(kind.name, func(t *testing.T) {
			if kind.signal == os.Interrupt && runtime.GOOS == "windows" {
				t.Skip("no interrupt signal for other processes")
			}
			early, preparing, renaming, late := 0, 0, 0, 0
			for round := range rounds {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
					t.Fatal(err)
				}
				// Somewhere from the first temporary file to the last rename.
				point := 1 + round*2*files/rounds
				original := originals(t, dir)
				cmd := exec.Command("orbitmigrate", "-fix", "./...")
				cmd.Dir = dir
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				ended := make(chan struct{})
				go func() {
					for near := false; !reached(dir, original, point); near = near || reached(dir, original, 1) {
						select {
						case <-ended:
							return
						default:
						}
						if !near {
							time.Sleep(100 * time.Microsecond)
						}
					}
					_ = cmd.Process.Signal(kind.signal)
				}()
				_ = cmd.Wait()
				close(ended)

				old, new, temps := states(t, dir, before, after)
				switch {
				case old == files && temps == 0:
					early++
				case new == files:
					late++
				case new == 0:
					preparing++
				default:
					renaming++
				}
				if old+new != files {
					t.Fatalf("round %d: %d files old and %d new, want %d", round, old, new, files)
				}
				if kind.signal == os.Interrupt {
					code := cmd.ProcessState.ExitCode()
					if code != exitInterrupted && !(code == exitClean && new == files) {
						t.Errorf("round %d: exit code %d\n%s", round, code, &stderr)
					}
					if temps > 0 || old > 0 && new > 0 {
						t.Errorf("round %d: interrupted with %d files old, %d new, %d temporary", round, old, new, temps)
					}
				}

				out := orbitmigrate(t, exitClean, "-C", dir, "-fix", "./...")
				if old, new, temps := states(t, dir, before, after); new != files || temps > 0 {
					t.Fatalf("round %d: the next run leaves %d files old and %d temporary ones\n%s", round, old, temps, out.stderr)
				}
			}
			t.Logf("of %d runs, %d were stopped with no trace, %d between temporary files, %d between renames, %d with all files renamed",
				rounds, early, preparing, renaming, late)
		})
	}
}

// TestHalfRenamed has the next run complete what a run has left that was killed after
// some of its renames, which are over too soon for TestKilled to meet them often.
func TestHalfRenamed(t *testing.T) {
	isolated(t)
	source := t.TempDir()
	faultModule(t, source, 4)
	after := migrated(t, source)
	for _, renamed := range []int{0, 1, 2, 4, 5, 8} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
			t.Fatal(err)
		}
		for i, info := range originals(t, dir) {
			name := info.Name()
			if i >= renamed {
				name = fmt.Sprintf(".orbitmigrate-%d.tmp", i)
			}
			write(t, filepath.Join(dir, name), after[info.Name()])
		}
		orbitmigrate(t, exitClean, "-C", dir, "-fix", "./...")
		same(t, fmt.Sprintf("files after %d renames", renamed), after, snapshot(t, dir))
	}
}

// TestRunsAtOnce starts several runs at the same time. Each does its work or says why
// not, and one more run completes the work.
func TestRunsAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command several times")
	}
	isolated(t)
	source := t.TempDir()
	faultModule(t, source, 10)
	before, after := snapshot(t, source), migrated(t, source)
	for _, n := range []int{2, 4} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
				t.Fatal(err)
			}
			cmds := make([]*exec.Cmd, n)
			outputs := make([]bytes.Buffer, n)
			for i := range cmds {
				cmds[i] = exec.Command("orbitmigrate", "-fix", "./...")
				cmds[i].Dir, cmds[i].Stdout, cmds[i].Stderr = dir, &outputs[i], &outputs[i]
				if err := cmds[i].Start(); err != nil {
					t.Fatal(err)
				}
			}
			for i, cmd := range cmds {
				_ = cmd.Wait()
				switch code := cmd.ProcessState.ExitCode(); {
				case code == exitFailed && outputs[i].Len() > 0, code == exitClean:
				default:
					t.Errorf("exit code %d\n%s", code, &outputs[i])
				}
			}
			states(t, dir, before, after)
			orbitmigrate(t, exitClean, "-C", dir, "-fix", "./...")
			if _, new, temps := states(t, dir, before, after); new != 21 || temps > 0 {
				t.Errorf("%d files are new, %d temporary", new, temps)
			}
		})
	}
}

// TestForeignTrees names packages of the module cache, of a vendor directory and of a
// replacement elsewhere, and wants no byte of these to change.
func TestForeignTrees(t *testing.T) {
	isolated(t)
	const text = "package p\n\nimport \"net/http\"\n\nfunc Get() { http.Get(\"https://api.orbitflare.com/customer/v1/locations\") }\n"
	top := t.TempDir()
	module := func(dir, path, more string) {
		write(t, filepath.Join(top, dir, "go.mod"), "module "+path+"\n\ngo 1.24\n"+more)
		write(t, filepath.Join(top, dir, "p.go"), text)
	}
	proxy := filepath.Join(top, "proxy/example.com/cached/@v")
	write(t, filepath.Join(proxy, "list"), "v1.0.0\n")
	write(t, filepath.Join(proxy, "v1.0.0.info"), `{"Version": "v1.0.0"}`)
	write(t, filepath.Join(proxy, "v1.0.0.mod"), "module example.com/cached\n\ngo 1.24\n")
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for name, text := range map[string]string{"go.mod": "module example.com/cached\n\ngo 1.24\n", "p.go": text} {
		w, err := z.Create("example.com/cached@v1.0.0/" + name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(proxy, "v1.0.0.zip"), archive.String())
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(filepath.Join(top, "proxy")))
	t.Setenv("GONOSUMDB", "*")
	t.Setenv("GONOSUMCHECK", "1")
	t.Setenv("GOFLAGS", "-mod=mod -modcacherw")
	// Below the root, so that this alone does not keep it from being written.
	t.Setenv("GOMODCACHE", filepath.Join(top, "app/cache"))

	module("elsewhere", "example.com/elsewhere", "")
	module("app/nested", "example.com/nested", "")
	module("app", "example.com/app", `
require (
	example.com/cached v1.0.0
	example.com/elsewhere v0.0.0
)

replace example.com/elsewhere => ../elsewhere
`)
	app := filepath.Join(top, "app")
	write(t, filepath.Join(app, "use.go"), "package p\n\nimport (\n\t_ \"example.com/cached\"\n\t_ \"example.com/elsewhere\"\n)\n")
	orbitmigrate(t, exitFailed, "-C", app, "./...", "example.com/cached") // the nested module is not looked at

	hash := func() [sha256.Size]byte {
		h := sha256.New()
		for _, dir := range []string{"elsewhere", "app/nested", "app/cache/example.com"} {
			each(t, filepath.Join(top, dir), func(path string, info fs.FileInfo) error {
				fmt.Fprintln(h, path, info.Mode(), info.ModTime().UnixNano(), string(read(t, path)))
				return nil
			})
		}
		return [sha256.Size]byte(h.Sum(nil))
	}
	before := hash()
	out := orbitmigrate(t, exitFailed, "-C", app, "-fix", "-unsafe", "./...", "example.com/cached", "example.com/elsewhere")
	if hash() != before {
		t.Errorf("files have been changed that are not the module's\n%s", out.stderr)
	}
	if !strings.Contains(string(read(t, filepath.Join(app, "p.go"))), "v2") {
		t.Errorf("the module's own file has not been changed\n%s", out.stderr)
	}
	if !strings.Contains(filepath.ToSlash(out.stderr), "../elsewhere/p.go:5:23: not fixed (outside): ") {
		t.Errorf("standard error:\n%s", out.stderr)
	}
}

// The Go installation may lie below the root, if that is a home directory.
func TestInstallationIsNotEditable(t *testing.T) {
	s := &session{config: &config{}, env: &goEnv{GOROOT: "/usr1/go", GOMODCACHE: "/usr1/cache"}}
	u := &unit{local: true, named: true, scope: &scope{files: map[string]bool{}}}
	a := &analysis{programs: []*program{{byFile: map[string]*unit{}}}}
	for _, file := range []string{"/usr1/go/src/p/p.go", "/usr1/cache/m/p.go", "/usr1/m/vendor/p/p.go", "/usr1/m/p.go"} {
		u.scope.files[file] = true
		a.programs[0].byFile[file] = u
	}
	for file := range a.programs[0].byFile {
		if err := s.editable(a, file); (err == nil) != (file == "/usr1/m/p.go") {
			t.Errorf("%s: %v", file, err)
		}
	}
	if s.editable(a, "/usr1/other/p.go") == nil {
		t.Error("a file that was not loaded is editable")
	}
}
