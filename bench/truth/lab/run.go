package lab

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
)

//go:embed recorder.txt
var recorder []byte

// patience is how long programs may run. They take milliseconds; one that does not end is killed.
const patience = 5 * time.Minute

// run builds a version of the programs and runs those that build, in one process.
func (l *Lab) run(ctx context.Context, programs []*grammar.Program, version func(*grammar.Program) map[string][]byte) (map[string]judge.Run, error) {
	built := version
	if l.Tests {
		built = func(p *grammar.Program) map[string][]byte { return withTests(version(p)) }
	}
	if err := l.put(programs, built); err != nil {
		return nil, err
	}
	out := map[string]judge.Run{}
	dir := filepath.Join(l.Dir, "runner")
	var todo []string
	for {
		todo = todo[:0]
		files := map[string][]byte{
			"go.mod":  []byte("module gen.example/runner\n\ngo 1.26\n\nrequire " + Module + " v0.0.0\n\nreplace " + Module + " => ../programs\n"),
			"main.go": recorder,
		}
		for _, p := range programs {
			if _, failed := out[p.Name]; !failed {
				todo = append(todo, p.Name)
				files[p.Name+".go"] = l.starter(p)
				if p.Second != "" {
					files["go.mod"] = append(files["go.mod"], fmt.Sprintf("\nrequire %s v0.0.0\n\nreplace %s => ../programs/%s/second\n", p.Second, p.Second, p.Name)...)
				}
			}
		}
		if len(todo) == 0 {
			return out, nil
		}
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
		if err := write(dir, files); err != nil {
			return nil, err
		}
		// Without the paths of directories, what was built of a program in another laboratory is not built again.
		text, err := command(ctx, dir, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", "runner", ".")
		if err == nil {
			break
		}
		known := len(out)
		for block := range strings.SplitSeq("\n"+text, "\n# ") {
			head, text, _ := strings.Cut(block, "\n")
			if rest, ok := strings.CutPrefix(head, Module+"/"); ok {
				name, _, _ := strings.Cut(rest, "/")
				out[name] = judge.Run{Failed: "it does not build: " + strings.TrimSpace(text)}
			}
		}
		if len(out) == known {
			return nil, fmt.Errorf("the runner does not build: %w\n%s", err, text)
		}
	}
	for len(todo) > 0 {
		ctx, cancel := context.WithTimeout(ctx, patience)
		text, err := command(ctx, dir, filepath.Join(dir, "runner"), todo...)
		cancel()
		ended, last := split(text, out)
		if err == nil {
			break
		}
		// The process died in the program after the last that has ended: that one has failed, the others get their turn.
		if ended >= len(todo) {
			return nil, fmt.Errorf("the runner: %w\n%s", err, text)
		}
		out[todo[ended]] = judge.Run{Failed: fmt.Sprintf("it ends with %v: %s", err, last)}
		todo = todo[ended+1:]
	}
	if l.Tests {
		return out, l.test(ctx, out)
	}
	return out, nil
}

// starter is the source that registers one program with the runner.
func (l *Lab) starter(p *grammar.Program) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "package main\n\nimport (\n\t\"flag\"\n\t\"os\"\n\n\tx0 %q\n", Module+"/"+p.Name)
	if p.Second != "" {
		fmt.Fprintf(&b, "\tx1 %q\n", p.Second)
	}
	b.WriteString(")\n\nvar _, _ = flag.Set, os.Setenv\n\n")
	fmt.Fprintf(&b, "func init() {\n\tprograms[%q] = func() {\n", p.Name)
	for _, s := range p.Settings {
		fmt.Fprintf(&b, "\t\t%s\n", s)
	}
	b.WriteString("\t\tx0.Run()\n")
	for _, s := range p.Reruns {
		fmt.Fprintf(&b, "\t\t%s\n\t\tx0.Run()\n", s)
	}
	for _, s := range p.Others {
		fmt.Fprintf(&b, "\t\t%s\n", s)
	}
	b.WriteString("\t}\n")
	if l.Tests {
		fmt.Fprintf(&b, "\ttests[%q], examples[%q] = x0.ListedTests, x0.ListedExamples\n", p.Name, p.Name)
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// The runner prints these before the name of a program that begins, ends or panics.
const (
	began    = "\x01began "
	over     = "\x01over "
	panicked = "\x01panicked "
)

// split sorts what the runner printed by program. It returns how many have ended, and what the last began to print.
func split(text string, out map[string]judge.Run) (ended int, last string) {
	var run judge.Run
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, began):
			run = judge.Run{}
		case strings.HasPrefix(line, panicked):
			run.Failed = "it panics: " + strings.TrimPrefix(line, panicked)
		case strings.HasPrefix(line, over):
			out[strings.TrimPrefix(line, over)] = run
			run = judge.Run{}
			ended++
		default:
			run.Lines = append(run.Lines, line)
		}
	}
	return ended, strings.Join(run.Lines, "\n")
}

// command runs a program in a directory and returns what it prints on both outputs.
func command(ctx context.Context, dir, name string, args ...string) (string, error) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GO111MODULE=on", "GOPROXY=off", "HTTP_PROXY=", "HTTPS_PROXY=")
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}
