package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"
	"github.com/golangci/golangci-lint/v2/pkg/result"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// project is the main module.
const project = "../../.."

// binaryVar is the variable that tells commands of scripts where the binary is.
const binaryVar = "ORBITMIGRATE_TEST_BINARY"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"golangci-lint": func() { os.Exit(lint(os.Stdout, os.Args[1:])) },
		"findings":      findings,
	})
}

// binary builds golangci-lint, once, and returns its path.
var binary = sync.OnceValues(func() (string, error) {
	cmd := exec.Command("go", "run", "./build")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
})

// TestScripts runs the scripts of testdata. The example configuration of the
// documentation is theirs.
func TestScripts(t *testing.T) {
	env := environment(t)
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(append(e.Vars, env...), "GOPROXY=off")
			return copyExample(e.WorkDir)
		},
	})
}

// TestSample compares what golangci-lint finds in the sample application with what the
// standalone command finds, which sees all packages at once.
func TestSample(t *testing.T) {
	env := environment(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(project, "testdata", "acme"))); err != nil {
		t.Fatal(err)
	}
	if err := copyExample(dir); err != nil {
		t.Fatal(err)
	}
	command := filepath.Join(t.TempDir(), "orbitmigrate")
	run := func(dir, name string, args ...string) []byte {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), env...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		// 3 is what the command says if it has found something.
		if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 3) {
			t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, &stderr)
		}
		return out
	}
	run(project, "go", "build", "-o", command, "./cmd/orbitmigrate")

	// Only the command looks at files that the build leaves out.
	const format = `{{$p := .ImportPath}}{{range .GoFiles}}{{$p}}/{{.}} {{end}}{{range .TestGoFiles}}{{$p}}/{{.}} {{end}}{{range .XTestGoFiles}}{{$p}}/{{.}} {{end}}`
	built := strings.Fields(string(run(dir, "go", "list", "-f", format, "./...")))
	want := slices.DeleteFunc(positions(run(dir, command, "./...")), func(place string) bool {
		file, _, _ := strings.Cut(place, ":")
		return !slices.Contains(built, "acme.example/licensing/"+file)
	})
	if len(want) == 0 {
		t.Fatal("the standalone command finds nothing")
	}
	got := positions(run(dir, "findings"))
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("golangci-lint finds other places (-standalone +golangci-lint):\n%s", diff)
	}
}

// environment returns the variables that golangci-lint needs in a test: the caches of the
// go command, where they are, and an empty one of its own.
func environment(t *testing.T) []string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatalf("go run ./build: %v", err)
	}
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	dirs := strings.Split(strings.TrimSpace(string(out)), "\n")
	return []string{
		binaryVar + "=" + path,
		"GOCACHE=" + dirs[0],
		"GOMODCACHE=" + dirs[1],
		"GOLANGCI_LINT_CACHE=" + t.TempDir(),
	}
}

// copyExample makes the example of the documentation the configuration of a directory.
func copyExample(dir string) error {
	data, err := os.ReadFile("../example.golangci.yml")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, ".golangci.yml"), data, 0o666)
}

// lint runs the binary and returns its exit code.
func lint(stdout io.Writer, args []string) int {
	cmd := exec.Command(os.Getenv(binaryVar), args...)
	cmd.Stdout, cmd.Stderr = stdout, os.Stderr
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return exit.ExitCode()
	} else if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitcodes.Failure
	}
	return exitcodes.Success
}

// findings is a command for scripts: it runs golangci-lint with its arguments and prints
// the place of each finding in a line, in the order of the source, with the word fix if
// an edit is offered.
func findings() {
	var stdout bytes.Buffer
	args := append([]string{"run", "--allow-parallel-runners", "--show-stats=false", "--output.json.path=stdout"}, os.Args[1:]...)
	if code := lint(&stdout, args); code != exitcodes.Success && code != exitcodes.IssuesFound {
		os.Stderr.Write(stdout.Bytes())
		os.Exit(code)
	}
	var report struct{ Issues []*result.Issue }
	if err := json.NewDecoder(&stdout).Decode(&report); err != nil {
		fmt.Fprintln(os.Stderr, "findings: output of golangci-lint:", err)
		os.Exit(exitcodes.Failure)
	}
	slices.SortStableFunc(report.Issues, func(a, b *result.Issue) int {
		return cmp.Or(strings.Compare(a.FilePath(), b.FilePath()), cmp.Compare(a.Line(), b.Line()), cmp.Compare(a.Column(), b.Column()))
	})
	for _, issue := range report.Issues {
		fix := ""
		if len(issue.SuggestedFixes) > 0 {
			fix = " fix"
		}
		fmt.Printf("%s:%d:%d%s\n", filepath.ToSlash(issue.FilePath()), issue.Line(), issue.Column(), fix)
		if issue.FromLinter != "orbitmigrate" {
			fmt.Printf("\tfrom %s: %s\n", issue.FromLinter, issue.Text)
		}
	}
}

// place matches the beginning of a line about a finding.
var place = regexp.MustCompile(`(?m)^[^\s:][^:\n]*:\d+:\d+\b`)

// positions returns the places at which the lines of a text begin, sorted, each as often
// as it is there.
func positions(text []byte) []string {
	var out []string
	for _, p := range place.FindAll(text, -1) {
		out = append(out, filepath.ToSlash(string(p)))
	}
	slices.Sort(out)
	return out
}
