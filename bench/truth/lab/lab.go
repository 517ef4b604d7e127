// Package lab runs generated programs before and after a migration and lets package judge say what the migration was
// worth.
//
// Programs are packages of one module. The program that runs them is another module that replaces the first by its
// directory, so a tool that is run in the module of the programs never sees it: neither the transport that records the
// requests nor what is set from outside.
package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
)

// Module is the import path of the module of the programs.
const Module = "gen.example/programs"

// A Tool migrates the module in a directory and returns what it leaves for people, and what it printed.
type Tool func(ctx context.Context, dir string) (findings []judge.Finding, log string, err error)

// A Result is what became of one program.
type Result struct {
	Program *grammar.Program
	After   map[string][]byte
	Log     string // what the tool printed
	judge.Outcome
}

// A Lab is a directory in which programs are judged.
type Lab struct {
	Dir   string // is made, emptied, and removed by Close
	Tool  Tool
	Tests bool // the programs have tests
}

// Close removes the directory.
func (l *Lab) Close() error { return os.RemoveAll(l.Dir) }

// Confirm runs programs before and after their right change, and returns why those are mistaken that do not do what
// they should do, by name.
func (l *Lab) Confirm(ctx context.Context, programs []*grammar.Program) (map[string]string, error) {
	mistakes := map[string]string{}
	for _, right := range []bool{false, true} {
		runs, err := l.run(ctx, programs, func(p *grammar.Program) map[string][]byte {
			if right {
				return p.Right
			}
			return p.Before
		})
		if err != nil {
			return nil, err
		}
		for _, p := range programs {
			if why := mistaken(p, runs[p.Name], right); why != "" && mistakes[p.Name] == "" {
				mistakes[p.Name] = why
			}
		}
	}
	return mistakes, nil
}

// mistaken says in what a program does not do what it should, before or after its right change.
func mistaken(p *grammar.Program, got judge.Run, right bool) string {
	when := "before the migration"
	if right {
		when = "after the right change"
	}
	if got.Failed != "" {
		return when + ": " + got.Failed
	}
	want := lines(p, right)
	for i := range max(len(want), len(got.Lines)) {
		if i >= len(want) || i >= len(got.Lines) || want[i] != got.Lines[i] {
			return fmt.Sprintf("%s line %d is %q instead of %q", when, i+1, slices.Concat(got.Lines, []string{""})[min(i, len(got.Lines))], slices.Concat(want, []string{""})[min(i, len(want))])
		}
	}
	return ""
}

// lines returns what a program prints before, or after its right change. That leaves requests alone that cannot move
// by a change of literals.
func lines(p *grammar.Program, right bool) []string {
	var out []string
	for _, l := range p.Expect.Lines {
		if right && !l.Free {
			out = append(out, l.After)
		} else {
			out = append(out, l.Before)
		}
	}
	return out
}

// Judge migrates programs, which are known to be without a mistake, and judges each. Some of them are in one module when
// the tool is run. Only those that became neither as before nor as is right have to be run for that, all in one process.
func (l *Lab) Judge(ctx context.Context, programs []*grammar.Program, together int) ([]Result, error) {
	dir := filepath.Join(l.Dir, "programs")
	found, logs := map[string][]judge.Finding{}, map[string]string{}
	after, now := map[string]map[string][]byte{}, map[string]judge.Run{}
	var others []*grammar.Program
	for _, module := range modules(programs, together) {
		if err := l.put(module, func(p *grammar.Program) map[string][]byte { return p.Before }); err != nil {
			return nil, err
		}
		findings, log, err := l.Tool(ctx, dir)
		if err != nil {
			return nil, err
		}
		for _, p := range module {
			logs[p.Name] = log
			for _, f := range findings {
				if file, ok := strings.CutPrefix(f.File, p.Name+"/"); ok {
					f.File = file
					found[p.Name] = append(found[p.Name], f)
				}
			}
			if after[p.Name], err = read(filepath.Join(dir, p.Name)); err != nil {
				return nil, err
			}
			switch {
			case equal(after[p.Name], p.Right):
				now[p.Name] = judge.Run{Lines: lines(p, true)}
			case equal(after[p.Name], p.Before):
				now[p.Name] = judge.Run{Lines: lines(p, false)}
			default:
				others = append(others, p)
			}
		}
	}
	if len(others) > 0 {
		ran, err := l.run(ctx, others, func(p *grammar.Program) map[string][]byte { return after[p.Name] })
		if err != nil {
			return nil, err
		}
		maps.Copy(now, ran)
	}
	var out []Result
	for _, p := range programs {
		in := judge.Input{Before: p.Before, After: after[p.Name], Findings: found[p.Name],
			Old: judge.Run{Lines: lines(p, false)}, New: now[p.Name], Expect: p.Expect}
		out = append(out, Result{p, after[p.Name], logs[p.Name], judge.Judge(in)})
	}
	return out, nil
}

// modules sorts programs by the module in which the tool is run on them, of which each has at most n. Those with a second
// module are in a workspace, which is another way to run the tool.
func modules(programs []*grammar.Program, n int) [][]*grammar.Program {
	var with, without []*grammar.Program
	for _, p := range programs {
		if p.Second != "" {
			with = append(with, p)
		} else {
			without = append(without, p)
		}
	}
	return slices.AppendSeq(slices.Collect(slices.Chunk(without, n)), slices.Chunk(with, n))
}

// put writes a new module with a version of the programs.
func (l *Lab) put(programs []*grammar.Program, version func(*grammar.Program) map[string][]byte) error {
	dir := filepath.Join(l.Dir, "programs")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := write(dir, map[string][]byte{"go.mod": []byte("module " + Module + "\n\ngo 1.26\n")}); err != nil {
		return err
	}
	work := ""
	for _, p := range programs {
		if err := write(filepath.Join(dir, p.Name), version(p)); err != nil {
			return err
		}
		if p.Second != "" {
			work += "\t./" + p.Name + "/second\n"
		}
	}
	if work == "" {
		return nil
	}
	return write(dir, map[string][]byte{"go.work": []byte("go 1.26\n\nuse (\n\t.\n" + work + ")\n")})
}

func equal(a, b map[string][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }

// write writes files below a directory.
func write(dir string, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o666); err != nil {
			return err
		}
	}
	return nil
}

// read returns all files below a directory.
func read(dir string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	return out, err
}
