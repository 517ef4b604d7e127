package driver

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

// TestDocsOnce migrates programs and their texts in one run: it writes what -diff shows, and a
// second run writes nothing.
func TestDocsOnce(t *testing.T) {
	isolated(t)
	t.Run("acme", func(t *testing.T) {
		t.Parallel()
		docsOnce(t, func() string { return copySample(t) }, ".")
	})
	for _, dir := range archives(t, "../../testdata/corpus/[ehmn]*") {
		text, err := os.ReadFile(filepath.Join(dir, "case.txt"))
		if err != nil {
			t.Fatal(err)
		}
		n := 60
		if strings.Contains(string(text), "\nmode: docs\n") {
			n = 4
		}
		if !sample.Takes("docs/"+filepath.Base(dir), n) {
			continue
		}
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			lay := func() string {
				alone := t.TempDir()
				for _, name := range []string{"internal", "stubs", filepath.Base(dir)} {
					if err := os.CopyFS(filepath.Join(alone, name), os.DirFS(filepath.Join(filepath.Dir(dir), name))); err != nil {
						t.Fatal(err)
					}
				}
				for _, name := range []string{"go.mod", "go.sum"} {
					write(t, filepath.Join(alone, name), string(read(t, filepath.Join(filepath.Dir(dir), name))))
				}
				if err := os.Remove(filepath.Join(alone, filepath.Base(dir), "case.txt")); err != nil {
					t.Fatal(err)
				}
				return alone
			}
			docsOnce(t, lay, filepath.Base(dir))
		})
	}
}

// docsOnce migrates what is below a directory of a tree.
func docsOnce(t *testing.T, lay func() string, below string) {
	run := func(root string, args ...string) output {
		t.Helper()
		var stdout, stderr strings.Builder
		args = append([]string{"-C", filepath.Join(root, below), "-docs"}, args...)
		if code := Main(t.Context(), append(args, "./..."), &stdout, &stderr); code == exitUsage || strings.Contains(stderr.String(), "internal error") {
			t.Fatalf("%q: exit code %d\n%s", args, code, &stderr)
		}
		return output{stdout.String(), stderr.String()}
	}
	fixed, patched := lay(), lay()
	diff := run(patched, "-diff")
	if diff.stdout != "" {
		top := filepath.Join(patched, below)
		if strings.Contains(diff.stderr, "apply the diff in") {
			top = patched
		}
		apply := exec.Command("git", "apply", "-")
		apply.Dir, apply.Stdin = top, strings.NewReader(diff.stdout)
		apply.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(patched))
		if out, err := apply.CombinedOutput(); err != nil {
			t.Fatalf("git apply: %v\n%s", err, out)
		}
	}
	run(fixed, "-fix", "-allow-dirty")
	after := snapshot(t, fixed)
	same(t, "files, -diff against -fix", snapshot(t, patched), after)
	run(fixed, "-fix", "-allow-dirty")
	same(t, "files after a second run", after, snapshot(t, fixed))
}
