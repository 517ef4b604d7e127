package driver

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

// TestLeftOut leaves one file of a program, without any text of the API, to windows. What is
// found there has to be found on linux as well, where it is left out, and what is safe on
// linux has to be safe on windows, where everything is in sight. Some are tried:
// ORBITMIGRATE_TESTS=all tries all.
func TestLeftOut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the file is never left out")
	}
	isolated(t)
	tool, err := exec.LookPath("orbitmigrate")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(archives(t, "testdata/demand/*.txtar"), archives(t, "../../analyzer/testdata/*.txtar")...) {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(ar.Files, func(f txtar.File) bool { return f.Name == "go.work" }) {
			continue
		}
		for _, f := range ar.Files {
			base, isGo := strings.CutSuffix(f.Name, ".go")
			if !isGo || strings.HasSuffix(base, "_test") || analyzer.MayConcern(f.Data, false) || bytes.Contains(f.Data, []byte("//go:build")) {
				continue
			}
			if testing.Short() || !sample.Takes(filepath.Base(name)+"/"+f.Name, 24) {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+base, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				unpack(t, ar, dir)
				old := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.Rename(old, strings.TrimSuffix(old, ".go")+"_windows.go"); err != nil {
					t.Fatal(err)
				}
				here, complete := findingsFor(t, tool, dir, "linux")
				there, _ := findingsFor(t, tool, dir, "windows")
				if !complete {
					return // it does not compile without the file, so nothing of it is changed
				}
				for place, safe := range there {
					was, found := here[place]
					if !found {
						t.Errorf("%s: found on windows only", place)
					}
					if was && !safe {
						t.Errorf("%s: safe on linux only", place)
					}
				}
			})
		}
	}
}

var findingLine = regexp.MustCompile(`(?m)^(\S+:\d+:\d+): (.*)$`)

// findingsFor runs the command for a system and returns the places of the findings, and whether
// each can be fixed. complete says that all could be looked at.
func findingsFor(t *testing.T, tool, dir, goos string) (safe map[string]bool, complete bool) {
	t.Helper()
	cmd := exec.Command(tool, "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=0")
	if sinks := filepath.Join(dir, "sinks.yaml"); exists(sinks) {
		cmd.Args = []string{tool, "-sinks", sinks, "./..."}
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	code := cmd.ProcessState.ExitCode()
	if code != exitClean && code != exitLeft && code != exitFailed {
		t.Fatalf("exit code %d\n%s", code, &stderr)
	}
	safe = map[string]bool{}
	for _, m := range findingLine.FindAllStringSubmatch(stdout.String(), -1) {
		fixed := strings.Contains(m[2], " becomes ") && !strings.Contains(m[2], "; no fix: ") && !strings.Contains(m[2], "; fixed only with ")
		was, twice := safe[m[1]]
		safe[m[1]] = fixed && (was || !twice)
	}
	return safe, code != exitFailed
}
