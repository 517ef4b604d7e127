package lab

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
)

// A Case is a module with a file case.json, which holds this.
type Case struct {
	Class  string            // fix, report, keep or either: changed as Before and After say, or left and spoken of
	Cmd    string            // shell command whose standard output is what the module does; "go run ." if it is empty
	Before []string          // lines
	After  []string          // lines, for fix and either
	Flags  string            // more flags of the tool
	Files  map[string]string // text that must be in a file afterwards, for a case that is made
}

// Judge copies the case to work, which is made anew, migrates it by a binary and judges what became of it.
func (c Case) Judge(ctx context.Context, dir, work, binary string) (judge.Outcome, error) {
	if err := os.RemoveAll(work); err != nil {
		return judge.Outcome{}, err
	}
	if err := os.CopyFS(work, os.DirFS(dir)); err != nil {
		return judge.Outcome{}, err
	}
	if err := writable(work); err != nil {
		return judge.Outcome{}, err
	}
	if err := os.Remove(filepath.Join(work, "case.json")); err != nil {
		return judge.Outcome{}, err // it spells the answers
	}
	if c.Cmd == "" {
		c.Cmd = "go run ."
	}
	in := judge.Input{Expect: c.expectation()}
	var err error
	if in.Before, err = read(work); err != nil {
		return judge.Outcome{}, err
	}
	in.Old = c.run(ctx, work)
	flags := strings.Fields(c.Flags)
	_, log, err := output(ctx, binary, append(append([]string{"-C", work, "-fix"}, flags...), "./...")...)
	if err != nil {
		return judge.Outcome{Verdict: judge.Wrong, Evidence: []string{err.Error()}}, nil
	}
	text, _, err := output(ctx, binary, append(append([]string{"-C", work, "-json"}, flags...), "./...")...)
	if err != nil {
		return judge.Outcome{Verdict: judge.Wrong, Evidence: []string{err.Error()}}, nil
	}
	if in.Findings, err = Findings(work, []byte(text)); err != nil {
		return judge.Outcome{}, err
	}
	if in.After, err = read(work); err != nil {
		return judge.Outcome{}, err
	}
	in.New = c.run(ctx, work)
	for name, want := range c.Files {
		if !strings.Contains(string(in.After[name]), want) {
			in.Expect.Lacking = append(in.Expect.Lacking, fmt.Sprintf("%s has no %q", name, want))
		}
	}
	out := judge.Judge(in)
	out.Evidence = append(out.Evidence, log)
	return out, nil
}

// expectation is what the case says without its literals, which it does not name.
func (c Case) expectation() judge.Expectation {
	e := judge.Expectation{Class: judge.Class(c.Class), Somewhere: true}
	after := c.After
	if c.Class == "keep" || c.Class == "report" || after == nil {
		after = c.Before
	}
	for i := range max(len(c.Before), len(after)) {
		var l judge.Line
		if i < len(c.Before) {
			l.Before = c.Before[i]
		}
		if i < len(after) {
			l.After = after[i]
		}
		e.Lines = append(e.Lines, l)
	}
	if c.Class == "either" {
		e.Class = judge.Fix
	}
	return e
}

func (c Case) run(ctx context.Context, dir string) judge.Run {
	shell := []string{"sh", "-c"}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd", "/c"}
	}
	out, errs, err := shellOutput(ctx, dir, append(shell, c.Cmd)...)
	r := judge.Run{Lines: slices.DeleteFunc(strings.Split(strings.TrimSuffix(out, "\n"), "\n"), func(string) bool { return out == "" })}
	if err != nil {
		r.Failed = fmt.Sprintf("%s: %v: %s", c.Cmd, err, errs)
	}
	return r
}

// writable makes the files of a copy so: the original may be read-only.
func writable(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.Chmod(path, info.Mode()|0o600)
	})
}
