// Reasons tries whether the reasons of orbitmigrate are true: for a name in braces of a listed
// request, it replaces the operation that is said to have lost the text by the value that the
// operation has when the program runs, and looks whether the request is then known there.
//
//	go run ./bench/reasons -n 60
//	go run ./bench/reasons -n 0 -list -write bench/TRUTH.md
//
// The programs are those of the corpus that run. A place is not tried if the program never comes
// by, or if its value has no literal.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A part is one of a listed request.
type part struct{ Of, Text, Hole, Reason, Posn string }

type request struct {
	Method, URL, Posn, Sink string
	Parts                   []part
}

func (r request) holes() (n int) {
	for _, p := range r.Parts {
		if p.Hole != "" {
			n++
		}
	}
	return n
}

// site is the place without the column, which an edit in its line may move.
func (r request) site() string { return r.Posn[:strings.LastIndexByte(r.Posn, ':')] }

// A place is an operation that is said to have lost a text.
type place struct {
	part
	requests []request // that have the hole
}

// The outcomes of a trial.
const (
	isTrue     = "true"
	isFalse    = "false"
	neverMet   = "not met by the program"
	noLiteral  = "its value has no literal"
	noOperand  = "no expression or parameter stands there"
	noLongerGo = "the program with the value does not compile"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := try(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "reasons:", err)
		os.Exit(1)
	}
}

func try(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("reasons", flag.ExitOnError)
	n := fs.Int("n", 60, "try `N` places, evenly spread; 0 for all")
	corpus := fs.String("corpus", filepath.Join("testdata", "corpus"), "the module with the programs, `dir`")
	list := fs.Bool("list", false, "print every place with what became of it")
	write := fs.String("write", "", "write the result into `file`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "reasons")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if temp, err = filepath.EvalSymlinks(temp); err != nil {
		return err
	}
	t := &trial{root: filepath.Join(temp, "corpus"), tool: filepath.Join(temp, "orbitmigrate"), program: filepath.Join(temp, "program")}
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", t.tool, "github.com/orbitmigrate/orbitmigrate/cmd/orbitmigrate").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %v: %s", err, out)
	}
	if err := os.CopyFS(t.root, os.DirFS(*corpus)); err != nil {
		return err
	}
	places, err := t.places(ctx)
	if err != nil {
		return err
	}
	if *n > 0 && len(places) > *n {
		var some []place
		for i := range *n {
			some = append(some, places[i*len(places) / *n])
		}
		places = some
	}
	counts := map[string]int{}
	var refuted []string
	tried := 0
	for _, p := range places {
		outcome, err := t.try(ctx, p)
		if ctx.Err() != nil {
			break // what is known so far is worth something
		}
		if err != nil {
			return err
		}
		tried++
		counts[outcome]++
		rel, _ := filepath.Rel(t.root, p.Posn)
		line := fmt.Sprintf("%s: {%s}: %s: %s", rel, p.Hole, p.Reason, outcome)
		if *list {
			fmt.Println(line)
		}
		if outcome == isFalse {
			refuted = append(refuted, fmt.Sprintf("`%s`, {%s}: %s", rel, p.Hole, p.Reason))
		}
	}
	text := summary(counts, tried, refuted)
	if *write == "" {
		fmt.Print(text)
		return nil
	}
	return replaceSection(*write, text)
}

func summary(counts map[string]int, n int, wrong []string) string {
	var b strings.Builder
	tried := counts[isTrue] + counts[isFalse]
	share := 0.0
	if tried > 0 {
		share = 100 * float64(counts[isTrue]) / float64(tried)
	}
	fmt.Fprintf(&b, "Of %d places at which a text of a request was lost, %d could be tried: **%d of the reasons are true, %.1f %%**.\n\n", n, tried, counts[isTrue], share)
	b.WriteString("| outcome | places |\n|---|--:|\n")
	for _, outcome := range []string{isTrue, isFalse, neverMet, noLiteral, noOperand, noLongerGo} {
		fmt.Fprintf(&b, "| %s | %d |\n", outcome, counts[outcome])
	}
	if len(wrong) > 0 {
		b.WriteString("\nNot true:\n\n")
		for _, line := range wrong {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	return b.String()
}

// A trial is a copy of the programs.
type trial struct{ root, tool, program string }

func (t *trial) list(ctx context.Context, pattern string) ([]request, error) {
	cmd := exec.CommandContext(ctx, t.tool, "requests", "-json", "-test=false", "-C", t.root, pattern)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		return nil, fmt.Errorf("orbitmigrate requests %s: %v: %s", pattern, err, &errs)
	}
	var l struct{ Requests []request }
	if err := json.Unmarshal(out.Bytes(), &l); err != nil {
		return nil, fmt.Errorf("orbitmigrate requests %s: %v: %s", pattern, err, &errs)
	}
	return l.Requests, nil
}

var runs = regexp.MustCompile(`(?m)^run: (main|both)$`)

// dir is the directory of the case that a file belongs to, and its pattern; "" if it does not run.
func (t *trial) dir(file string) string {
	rel, err := filepath.Rel(t.root, file)
	if err != nil || strings.HasPrefix(rel, "..") {
		return ""
	}
	name, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	text, err := os.ReadFile(filepath.Join(t.root, name, "case.txt"))
	if err != nil || !runs.Match(text) || bytes.Contains(text, []byte("\nmodule: own\n")) {
		return ""
	}
	return name
}

// places lists the places of the programs that run, in order.
func (t *trial) places(ctx context.Context) ([]place, error) {
	requests, err := t.list(ctx, "./...")
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	var out []place
	for _, r := range requests {
		for _, p := range r.Parts {
			file, _, _ := strings.Cut(p.Posn, ":")
			if p.Hole == "" || p.Hole == "server" || p.Posn == "" || t.dir(file) == "" {
				continue
			}
			i, ok := at[p.Posn]
			if !ok {
				i = len(out)
				at[p.Posn] = i
				out = append(out, place{part: p})
			}
			out[i].requests = append(out[i].requests, r)
		}
	}
	slices.SortFunc(out, func(a, b place) int { return strings.Compare(a.Posn, b.Posn) })
	return out, nil
}

var logged = regexp.MustCompile(`(?m)^reason: (.*)$`)

// A basic value: what %#v writes is a literal of it.
var literal = regexp.MustCompile("^(\".*\"|`.*`|-?\\d[\\d.e+]*|0x[0-9a-f]+|true|false)$")

// try finds out the value at a place and replaces the operation by it.
func (t *trial) try(ctx context.Context, p place) (outcome string, err error) {
	name, line, column, err := split(p.Posn)
	if err != nil {
		return "", err
	}
	src, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	helper := filepath.Join(filepath.Dir(name), "reasons_log.go")
	defer func() {
		// The copy is as it was for the next trial.
		err = errors.Join(err, os.WriteFile(name, src, 0o666), os.RemoveAll(helper))
	}()
	op, ok := operationAt(name, src, line, column)
	if !ok {
		return noOperand, nil
	}
	dir := t.dir(name)
	text := "package " + op.pkg + "\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc reasonsLog[T any](v T) T {\n\tfmt.Fprintf(os.Stderr, \"\\nreason: %#v\\n\", v)\n\treturn v\n}\n"
	if err := errors.Join(os.WriteFile(helper, []byte(text), 0o666), os.WriteFile(name, op.logged(src), 0o666)); err != nil {
		return "", err
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", t.program, "./"+dir)
	build.Dir = t.root
	if build.Run() != nil {
		return noOperand, nil // several values, a type, the left side of an assignment
	}
	run := exec.CommandContext(ctx, t.program)
	run.Dir = filepath.Join(t.root, dir)
	run.Env = append(os.Environ(), "CORPUS_RECORD="+t.program+".record")
	out, _ := run.CombinedOutput() // whatever becomes of it, it may have come by
	m := logged.FindSubmatch(out)
	switch {
	case m == nil:
		return neverMet, nil
	case !literal.Match(m[1]):
		return noLiteral, nil
	}
	if err := errors.Join(os.RemoveAll(helper), os.WriteFile(name, op.replaced(src, string(m[1])), 0o666)); err != nil {
		return "", err
	}
	build = exec.CommandContext(ctx, "go", "build", "-o", t.program, "./"+dir)
	build.Dir = t.root
	if text, err := build.CombinedOutput(); err != nil && !unused.Match(text) {
		return noLongerGo, nil
	}
	after, err := t.list(ctx, "./"+dir+"/...")
	if err != nil {
		return "", err
	}
	for _, before := range p.requests {
		better := false
		for _, r := range after {
			if r.site() != before.site() {
				continue
			}
			better = better || r.holes() < before.holes()
			if slices.ContainsFunc(r.Parts, func(q part) bool { return q.Hole != "" && q.Posn == p.Posn }) {
				return isFalse, nil
			}
		}
		if !better {
			return isFalse, nil
		}
	}
	return isTrue, nil
}

// unused is what the compiler says of variables and imports that the value has replaced: the
// list is read all the same.
var unused = regexp.MustCompile(`(declared and|imported and) not used`)
