package orbitmigrate_test

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orbitmigrate/orbitmigrate/fixer"
)

// minSeeds is how many inputs a fuzz target has to start with at least: real ones are
// better than what a fuzzer finds by itself.
const minSeeds = 10

// TestFuzzTargets wants every fuzz target to be seeded. The script that runs them all
// discovers them by itself.
func TestFuzzTargets(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the seeds of all fuzz targets")
	}
	targets := map[string][]string{} // by directory
	for _, name := range goFiles(t, false) {
		if !strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") {
				targets[path.Dir(name)] = append(targets[path.Dir(name)], f.Name.Name)
			}
		}
	}
	if len(targets) == 0 {
		t.Fatal("there are no fuzz targets")
	}
	for dir, names := range targets {
		out, err := exec.Command("go", "test", "-v", "-run", "^Fuzz", "./"+dir).CombinedOutput()
		if err != nil {
			t.Errorf("go test ./%s: %v\n%s", dir, err, out)
			continue
		}
		for _, name := range names {
			if n := strings.Count(string(out), "=== RUN   "+name+"/seed#"); n < minSeeds {
				t.Errorf("%s in %s has %d seeds, want at least %d", name, dir, n, minSeeds)
			}
		}
	}
}

// TestLongChecks wants the scripts to be runnable and documented.
func TestLongChecks(t *testing.T) {
	for _, script := range []string{".ci/run", ".ci/fuzz", ".ci/fidelity"} {
		info, err := os.Stat(script)
		if err != nil {
			t.Error(err)
			continue
		}
		if info.Mode().Perm()&0o111 == 0 && filepath.Separator == '/' {
			t.Errorf("%s cannot be executed", script)
		}
		for _, document := range []string{"README.md", "CONTRIBUTING.md"} {
			if !strings.Contains(strings.Join(fenced(read(t, document), "sh"), ""), script) {
				t.Errorf("%s shows no command with %s", document, script)
			}
		}
	}
}

// TestCorpusByTree makes the edits that the cases of the corpus ask for. The fixer
// refuses a file in which the syntax tree and the text disagree, so every group has to be
// applied and the files have to be those that the case wants.
func TestCorpusByTree(t *testing.T) {
	files, edits := 0, 0
	for _, c := range corpus(t) {
		if c.unsafe {
			continue // it may add lines, for which tokens do not match in pairs
		}
		want := c.after(t, "testdata/corpus")
		dir := filepath.Join(t.TempDir(), c.dir)
		if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata/corpus", c.dir))); err != nil {
			t.Fatal(err)
		}
		var groups []fixer.Group
		for name, text := range want {
			before := read(t, filepath.Join(dir, name))
			g := fixer.Group{ID: len(groups), Changes: difference(t, name, before, text)}
			for i := range g.Changes {
				g.Changes[i].File = filepath.Join(dir, name)
			}
			groups = append(groups, g)
			files++
			edits += len(g.Changes)
		}
		plan, err := fixer.NewPlan(groups, fixer.Options{Root: dir})
		if err != nil {
			t.Fatal(err)
		}
		outcomes, err := plan.Write(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range outcomes {
			if o.Status != fixer.Applied {
				t.Errorf("%s: %s: %s", c.id, o.Code, o.Reason)
			}
		}
		for name, text := range want {
			if got := read(t, filepath.Join(dir, name)); got != text {
				t.Errorf("%s: %s becomes\n%s", c.id, name, got)
			}
		}
	}
	t.Logf("%d edits in %d files", edits, files)
	if edits < 100 && *only == "" {
		t.Errorf("only %d edits", edits)
	}
}

// difference returns the changes that turn before into after: in Go the tokens and
// comments that differ, of which there are equally many except for elements that become
// several, and else the lines.
func difference(t *testing.T, name, before, after string) []fixer.Change {
	t.Helper()
	split := func(text string) (parts []string, starts []int) {
		if path.Ext(name) != ".go" {
			at := 0
			for line := range strings.Lines(text) {
				parts, starts = append(parts, line), append(starts, at)
				at += len(line)
			}
			return parts, starts
		}
		var s scanner.Scanner
		file := token.NewFileSet().AddFile(name, -1, len(text))
		s.Init(file, []byte(text), nil, scanner.ScanComments)
		for pos, tok, lit := s.Scan(); tok != token.EOF; pos, tok, lit = s.Scan() {
			if lit != "\n" {
				parts, starts = append(parts, lit), append(starts, file.Offset(pos))
			}
		}
		return parts, starts
	}
	old, at := split(before)
	now, _ := split(after)
	var changes []fixer.Change
	j := 0
	for i := range old {
		if j == len(now) {
			t.Fatalf("%s: %d parts become %d", name, len(old), len(now))
		}
		text := now[j]
		j++
		if old[i] == text {
			continue
		}
		// An element of a list may have become several: the scanner has no text for commas.
		for len(now)-j > len(old)-i-1 && now[j] == "" && strings.HasPrefix(now[j+1], `"`) {
			text += ", " + now[j+1]
			j += 2
		}
		if !strings.HasPrefix(before[at[i]:], old[i]) {
			t.Fatalf("%s: %q is not as the scanner has it", name, old[i])
		}
		changes = append(changes, fixer.Change{Start: at[i], End: at[i] + len(old[i]), Old: old[i], New: text})
	}
	if j != len(now) {
		t.Fatalf("%s: %d parts become %d", name, len(old), len(now))
	}
	return changes
}
