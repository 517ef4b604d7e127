package lab

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
)

// To link a test binary takes longer than anything else, so the tests of all programs are linked once, with the
// programs: their files are part of the package while it runs, and it exports a list of them.
const listName = "listed_for_the_runner.go"

// withTests returns the files of a program with its tests as a part of its package. A test file that cannot be parsed
// stays as it is: the package does not build then.
func withTests(files map[string][]byte) map[string][]byte {
	out := maps.Clone(files)
	var list bytes.Buffer
	for name, source := range files {
		stem, ok := strings.CutSuffix(name, "_test.go")
		if !ok || strings.Contains(name, "/") {
			continue
		}
		delete(out, name)
		out[stem+"_tested.go"] = source
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments)
		if err != nil {
			continue
		}
		fmt.Fprintf(&list, "package %s\n\nimport \"testing\"\n\nvar ListedTests = []testing.InternalTest{\n", file.Name)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				fmt.Fprintf(&list, "\t{%q, %s},\n", f.Name.Name, f.Name.Name)
			}
		}
		list.WriteString("}\n\nvar ListedExamples = []testing.InternalExample{\n")
		for _, e := range doc.Examples(file) {
			if e.Output != "" || e.EmptyOutput {
				fmt.Fprintf(&list, "\t{Name: %q, F: Example%s, Output: %q, Unordered: %v},\n", "Example"+e.Name, e.Name, e.Output, e.Unordered)
			}
		}
		list.WriteString("}\n")
		out[listName] = list.Bytes()
	}
	return out
}

// test runs the tests of the programs that have run, each in a process of its own and in its own directory, as go test
// does, and notes those that fail.
func (l *Lab) test(ctx context.Context, out map[string]judge.Run) error {
	runner := filepath.Join(l.Dir, "runner", "runner")
	for name, run := range out {
		if run.Failed != "" {
			continue
		}
		within, cancel := context.WithTimeout(ctx, patience)
		text, err := command(within, filepath.Join(l.Dir, "programs", name), runner, testFlag, name)
		cancel()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			run.Failed = "its tests fail: " + strings.TrimSpace(text)
			out[name] = run
		}
	}
	return nil
}

// testFlag makes the runner run the tests of the program that follows.
const testFlag = "-tests"
