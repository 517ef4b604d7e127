package orbitmigrate_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"go/format"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/driver"
	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

var only = flag.String("case", "", "run only the corpus cases whose ID begins with this")

// A corpusCase is one directory of testdata/corpus: a program and what becomes of it.
type corpusCase struct {
	id, title, expect, run, note string
	yet                          string // why it is not as expected yet
	module                       bool   // has a go.mod of its own
	docs                         bool   // is run with -docs
	command                      bool   // needs the whole command: other builds, modules, cgo
	unsafe                       bool   // is run with -unsafe
	edits                        []corpusEdit
	reports                      []corpusReport
	requests                     [][2]string // before, after
	dir                          string      // below testdata/corpus
}

type corpusEdit struct{ file, old, new string }
type corpusReport struct{ file, line, about string }

func readCase(t *testing.T, file string) *corpusCase {
	t.Helper()
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := &corpusCase{dir: filepath.Base(filepath.Dir(file))}
	for line := range strings.Lines(string(ar.Comment)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if i := strings.Index(value, " #"); i >= 0 {
			value = value[:i]
		}
		value = strings.TrimSpace(value)
		switch {
		case !ok:
			t.Fatalf("%s: not a key: %q", file, line)
		case key == "id":
			c.id = value
		case key == "title":
			c.title = value
		case key == "expect":
			c.expect = value
		case key == "run":
			c.run, _, _ = strings.Cut(value, ",")
		case key == "note":
			c.note = value
		case key == "yet":
			c.yet = value
		case key == "module":
			c.module = value == "own"
		case key == "mode":
			c.command, c.docs = true, value == "docs"
			if value != "command" && value != "docs" {
				t.Fatalf("%s: unknown mode %q", file, value)
			}
		case key == "flags" && value == "-unsafe":
			c.unsafe = true
		default:
			t.Fatalf("%s: unknown key or value: %q", file, line)
		}
	}
	if !slices.Contains([]string{"migrate", "report", "mixed", "silent"}, c.expect) || c.id == "" || c.title == "" || c.note == "" ||
		!slices.Contains([]string{"main", "test", "both", "none"}, c.run) {
		t.Fatalf("%s: a key is missing or has no known value", file)
	}
	for _, f := range ar.Files {
		for line := range strings.Lines(string(f.Data)) {
			if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) == "" {
				continue
			}
			switch f.Name {
			case "edits", "report":
				parts := strings.SplitN(line, " | ", 3)
				if len(parts) != 3 {
					t.Fatalf("%s: %s: not three parts: %q", file, f.Name, line)
				}
				if f.Name == "edits" {
					c.edits = append(c.edits, corpusEdit{strings.TrimSpace(parts[0]), parts[1], strings.ReplaceAll(parts[2], `\n`, "\n")})
				} else {
					c.reports = append(c.reports, corpusReport{strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), parts[2]})
				}
			case "requests":
				before, after, ok := strings.Cut(line, " => ")
				if !ok {
					t.Fatalf("%s: not a request: %q", file, line)
				}
				if strings.TrimSpace(after) == "=" {
					after = before
				}
				c.requests = append(c.requests, [2]string{strings.TrimSpace(before), strings.TrimSpace(after)})
			default:
				t.Fatalf("%s: unknown section %q", file, f.Name)
			}
		}
	}
	return c
}

func corpus(t *testing.T) []*corpusCase {
	t.Helper()
	files, err := filepath.Glob("testdata/corpus/*/case.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("there is no corpus: ", err)
	}
	var cases []*corpusCase
	for _, f := range files {
		if c := readCase(t, f); strings.HasPrefix(c.id, strings.ToUpper(*only)) {
			cases = append(cases, c)
		}
	}
	return cases
}

// after returns the files of the case that change, with the edits of the case and, if they
// were as gofmt writes them, with the columns that it aligns.
func (c *corpusCase) after(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, e := range c.edits {
		text, ok := out[e.file]
		if !ok {
			data, err := os.ReadFile(filepath.Join(root, c.dir, e.file))
			if err != nil {
				t.Fatal(err)
			}
			text = string(data)
		}
		if n := strings.Count(text, e.old); n != 1 {
			t.Fatalf("%s: %s has %q %d times", c.id, e.file, e.old, n)
		}
		out[e.file] = strings.Replace(text, e.old, e.new, 1)
	}
	for file, text := range out {
		before, err := os.ReadFile(filepath.Join(root, c.dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if formatted, err := format.Source(before); path.Ext(file) != ".go" || err != nil || !bytes.Equal(formatted, before) {
			continue
		}
		formatted, err := format.Source([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		out[file] = string(formatted)
	}
	return out
}

// TestCorpus migrates every program of the corpus and compares the source and the findings
// with what the case says, and, for a sample of them, the requests that the program sends.
func TestCorpus(t *testing.T) {
	cases := corpus(t)
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS("testdata/corpus")); err != nil {
		t.Fatal(err)
	}
	// To build, run and test a program takes longer than to migrate it.
	run := slices.DeleteFunc(slices.Clone(cases), func(c *corpusCase) bool {
		return testing.Short() || *only == "" && !sample.Takes(c.id, 6)
	})
	before := behave(t, root, run)
	results := analyseCorpus(t, root, cases)
	failed := map[string]string{}
	found := map[string][]judge.Finding{} // what is left
	fail := func(c *corpusCase, format string, args ...any) {
		if failed[c.id] == "" {
			failed[c.id] = fmt.Sprintf(format, args...)
		}
	}
	for _, c := range cases {
		want := c.after(t, "testdata/corpus")
		if c.command || c.module {
			found[c.id] = c.byCommand(t, root, want, fail)
			continue
		}
		res := results[c.id]
		if res == nil {
			fail(c, "it could not be loaded")
			continue
		}
		hash := map[string][32]byte{}
		for _, g := range res.Groups {
			for _, ch := range g.Changes {
				data, err := os.ReadFile(ch.File)
				if err != nil {
					t.Fatal(err)
				}
				hash[ch.File] = sha256.Sum256(data)
			}
		}
		plan, err := fixer.NewPlan(res.Groups, fixer.Options{Root: filepath.Join(root, c.dir), Hash: hash, Unsafe: c.unsafe})
		if err != nil {
			fail(c, "%v", err)
			continue
		}
		if _, err := plan.Write(context.Background()); err != nil {
			fail(c, "%v", err)
		}
		if d := c.compare(t, root, want); d != "" {
			fail(c, "%s%s", d, reasons(res, root))
		}
		lines := map[string]bool{}
		left := 0
		for _, f := range res.Findings {
			if f.Applicability == fixer.Manual || f.Applicability == fixer.Review && !c.unsafe {
				left++
				name := filepath.ToSlash(strings.TrimPrefix(f.Pos.Filename, filepath.Join(root, c.dir)+string(filepath.Separator)))
				lines[fmt.Sprintf("%s:%d", name, f.Pos.Line)] = true
				found[c.id] = append(found[c.id], judge.Finding{File: name, Line: f.Pos.Line, Message: f.Message})
			}
		}
		for _, place := range c.unreported(t, lines) {
			fail(c, "nothing is reported at %s%s", place, reasons(res, root))
		}
		switch {
		case c.expect == "silent" && (len(res.Findings) > 0 || len(res.Unsolved) > 0):
			fail(c, "there are findings%s", reasons(res, root))
		case c.expect == "migrate" && left > 0:
			fail(c, "findings are left%s", reasons(res, root))
		case (c.expect == "report" || c.expect == "mixed") && left == 0:
			fail(c, "nothing is left to report")
		}
	}
	after := behave(t, root, run)
	for _, c := range run {
		b, a := before[c.id], after[c.id]
		var wantBefore, wantAfter []string
		for _, r := range c.requests {
			wantBefore, wantAfter = append(wantBefore, r[0]), append(wantAfter, r[1])
		}
		if b.err != "" {
			t.Errorf("%s does not run before the migration: %s", c.id, b.err)
		} else if d := cmp.Diff(wantBefore, b.requests); d != "" {
			t.Errorf("%s sends before the migration (-want +got):\n%s", c.id, d)
		}
		// A case that is not as expected yet is whole all the same: it runs, and every request is
		// the old one or the right new one.
		for i, r := range a.requests {
			if c.yet != "" && (i >= len(c.requests) || r != c.requests[i][0] && r != c.requests[i][1]) {
				t.Errorf("%s sends %s after the migration", c.id, r)
			}
		}
		if a.err != "" && c.yet != "" {
			t.Errorf("%s does not run after the migration: %s", c.id, a.err)
		}
		if a.err != "" {
			fail(c, "it does not run after the migration: %s", a.err)
		} else if d := cmp.Diff(wantAfter, a.requests); d != "" {
			fail(c, "it sends after the migration (-want +got):\n%s", d)
		}
	}
	for _, c := range cases {
		in := c.input(t, root, found[c.id])
		if b, ran := before[c.id]; ran {
			a := after[c.id]
			in.Old, in.New = judge.Run{Lines: b.requests, Failed: b.err}, judge.Run{Lines: a.requests, Failed: a.err}
		}
		if out := judge.Judge(in); !slices.Contains(verdicts[c.expect], out.Verdict) {
			fail(c, "it is judged as %s: %q", out.Verdict, out.Evidence)
		}
	}
	score(t, cases, failed)
}

// verdicts are those that a case as expected has. What is left for people by right is said.
var verdicts = map[string][]judge.Verdict{
	"migrate": {judge.Made},
	"report":  {judge.Said},
	"mixed":   {judge.Made, judge.Said},
	"silent":  {judge.Kept},
}

// input is what the judge of generated programs has to know of a case. Until it has been run, it is taken to do what
// the case says.
func (c *corpusCase) input(t *testing.T, root string, found []judge.Finding) judge.Input {
	t.Helper()
	in := judge.Input{Before: tree(t, filepath.Join("testdata/corpus", c.dir)), After: tree(t, filepath.Join(root, c.dir)), Findings: found}
	in.Expect.Class = map[string]judge.Class{"migrate": judge.Fix, "report": judge.Report, "mixed": judge.Mixed, "silent": judge.Keep}[c.expect]
	right := maps.Clone(in.Before)
	for name, text := range c.after(t, "testdata/corpus") {
		right[name] = []byte(text)
	}
	in.Expect.Literals = judge.Differing(in.Before, right)
	for _, r := range c.requests {
		in.Expect.Lines = append(in.Expect.Lines, judge.Line{Before: r[0], After: r[1]})
		in.Old.Lines, in.New.Lines = append(in.Old.Lines, r[0]), append(in.New.Lines, r[1])
	}
	return in
}

// tree reads the files of a case.
func tree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(rel)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// compare says how the files of a migrated case differ from what the case wants.
func (c *corpusCase) compare(t *testing.T, root string, want map[string]string) string {
	t.Helper()
	var out strings.Builder
	original := filepath.Join("testdata/corpus", c.dir)
	err := filepath.WalkDir(original, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(original, path)
		if err != nil {
			return err
		}
		if rel == "case.txt" {
			return nil
		}
		got, err := os.ReadFile(filepath.Join(root, c.dir, rel))
		if err != nil {
			return err
		}
		text, changed := want[filepath.ToSlash(rel)]
		if !changed {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text = string(data)
		}
		if string(got) != text {
			fmt.Fprintf(&out, "%s (-want +got):\n%s", rel, cmp.Diff(strings.SplitAfter(text, "\n"), strings.SplitAfter(string(got), "\n")))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// unreported lists the places of the case's report at which there is no finding.
func (c *corpusCase) unreported(t *testing.T, lines map[string]bool) []string {
	t.Helper()
	var out []string
	for _, r := range c.reports {
		data, err := os.ReadFile(filepath.Join("testdata/corpus", c.dir, r.file))
		if err != nil {
			t.Fatal(err)
		}
		at := bytes.Index(data, []byte(r.line))
		if at < 0 {
			t.Fatalf("%s: %s has no %q", c.id, r.file, r.line)
		}
		if place := fmt.Sprintf("%s:%d", r.file, 1+bytes.Count(data[:at], []byte("\n"))); !lines[place] {
			out = append(out, place+" ("+r.about+")")
		}
	}
	return out
}

// byCommand migrates a case with the command itself, run in its directory, and returns what is left.
func (c *corpusCase) byCommand(t *testing.T, root string, want map[string]string, fail func(*corpusCase, string, ...any)) (found []judge.Finding) {
	t.Helper()
	// The other cases of the module are no part of this program.
	alone := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "internal", "stubs", c.dir} {
		from, to := filepath.Join("testdata/corpus", name), filepath.Join(alone, name)
		if info, err := os.Stat(from); err != nil {
			t.Fatal(err)
		} else if info.IsDir() {
			if err := os.CopyFS(to, os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
		} else if data, err := os.ReadFile(from); err != nil {
			t.Fatal(err)
		} else if err := os.WriteFile(to, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(alone, c.dir, "case.txt")); err != nil {
		t.Fatal(err) // it spells the answers
	}
	shared := root
	root = alone
	defer func() {
		if err := os.RemoveAll(filepath.Join(shared, c.dir)); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(shared, c.dir), os.DirFS(filepath.Join(alone, c.dir))); err != nil {
			t.Fatal(err)
		}
	}()
	run := func(args ...string) (code int, stdout, stderr string) {
		var out, errs bytes.Buffer
		args = append([]string{"-C", filepath.Join(root, c.dir), fmt.Sprintf("-docs=%v", c.docs)}, args...)
		code = driver.Main(t.Context(), args, &out, &errs)
		return code, out.String(), errs.String()
	}
	first := ""
	if c.expect == "silent" {
		_, first, _ = run("./...")
	}
	code, _, stderr := run("-fix", fmt.Sprintf("-unsafe=%v", c.unsafe), "./...")
	if code != 0 && code != 1 && code != 3 {
		fail(c, "exit code %d: %s", code, stderr)
	}
	_, rest, _ := run("./...")
	if d := c.compare(t, root, want); d != "" {
		fail(c, "%s%s", d, first+stderr)
	}
	lines := map[string]bool{}
	for line := range strings.Lines(rest) {
		parts := strings.SplitN(line, ":", 3)
		if len(parts) == 3 {
			lines[filepath.ToSlash(parts[0])+":"+parts[1]] = true
			if n, err := strconv.Atoi(parts[1]); err == nil {
				found = append(found, judge.Finding{File: filepath.ToSlash(parts[0]), Line: n, Message: parts[2]})
			}
		}
	}
	for _, place := range c.unreported(t, lines) {
		fail(c, "nothing is reported at %s\n%s%s", place, first, stderr)
	}
	switch {
	case c.expect == "silent" && first != "":
		fail(c, "there are findings: %s", first)
	case c.expect == "migrate" && rest != "":
		fail(c, "findings are left: %s", rest)
	case (c.expect == "report" || c.expect == "mixed") && rest == "":
		fail(c, "nothing is left to report")
	}
	return found
}

func reasons(res *analyzer.Result, root string) string {
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "\n\t%s:%d: %s: %s", strings.TrimPrefix(f.Pos.Filename, root+string(filepath.Separator)), f.Pos.Line, f.Applicability, f.Message)
	}
	for _, u := range res.Unsolved {
		fmt.Fprintf(&b, "\n\tunsolved: %s:%d: %s", u.Pos.Filename, u.Pos.Line, u.Reason)
	}
	return b.String()
}

// score fails for every case that is not as expected and ends with a table.
func score(t *testing.T, cases []*corpusCase, failed map[string]string) {
	total, good := map[byte]int{}, map[byte]int{}
	for _, c := range cases {
		total[c.id[0]]++
		switch why := failed[c.id]; {
		case why != "" && c.yet != "":
			t.Logf("%s (%s) is not as expected yet: %s", c.id, c.title, c.yet)
		case why != "":
			t.Errorf("%s (%s): %s", c.id, c.title, why)
		case c.yet != "":
			t.Errorf("%s (%s) is as expected: the line \"yet\" has to go", c.id, c.title)
		default:
			good[c.id[0]]++
		}
	}
	var b strings.Builder
	for _, class := range []struct {
		letter byte
		name   string
	}{{'E', "easy"}, {'M', "medium"}, {'H', "hard"}, {'N', "negative"}} {
		if total[class.letter] > 0 {
			fmt.Fprintf(&b, "%-9s %3d of %3d as expected\n", class.name, good[class.letter], total[class.letter])
		}
	}
	t.Logf("corpus score\n%s", b.String())
}

// analyseCorpus loads the whole corpus once and solves every case as a program of its own.
func analyseCorpus(t *testing.T, root string, cases []*corpusCase) map[string]*analyzer.Result {
	t.Helper()
	byDir := map[string][]*packages.Package{}
	load := func(assign func(p *packages.Package) string, patterns ...string) {
		cfg := &packages.Config{Dir: root, Tests: true, Mode: packages.LoadSyntax | packages.NeedModule,
			Env: append(os.Environ(), "GOFLAGS=", "GOWORK=")}
		pkgs, err := packages.Load(cfg, patterns...)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pkgs {
			if id := assign(p); id != "" {
				byDir[id] = append(byDir[id], p)
			}
		}
	}
	var patterns []string
	for _, c := range cases {
		if !c.module && !c.command {
			patterns = append(patterns, "./"+c.dir+"/...")
		}
	}
	if len(patterns) > 0 {
		load(func(p *packages.Package) string {
			rest, _ := strings.CutPrefix(p.PkgPath, "example.com/corpus/")
			dir, _, _ := strings.Cut(strings.TrimSuffix(rest, ".test"), "/")
			return strings.ToUpper(strings.TrimSuffix(dir, "_test"))
		}, patterns...)
	}
	out := map[string]*analyzer.Result{}
	for _, c := range cases {
		pkgs := byDir[c.id]
		if len(pkgs) == 0 {
			continue
		}
		variant := map[string]bool{}
		for _, p := range pkgs {
			if strings.HasSuffix(p.ID, ".test]") {
				variant[p.PkgPath] = true
			}
		}
		prog, err := analyzer.NewProgram(analyzer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pkgs {
			if len(p.Syntax) == 0 || strings.HasSuffix(p.PkgPath, ".test") || p.ID == p.PkgPath && variant[p.PkgPath] || p.Types == nil {
				continue
			}
			prog.Add(analyzer.Package{Path: p.PkgPath, Fset: p.Fset, Files: p.Syntax, Types: p.Types, Info: p.TypesInfo, Module: p.Module.Path,
				Broken: len(p.Errors) > 0})
		}
		out[c.id] = prog.Result()
	}
	return out
}

// A behaviour is what a case does when it runs.
type behaviour struct {
	requests []string
	err      string
}

// behave builds, runs and tests the cases.
func behave(t *testing.T, root string, cases []*corpusCase) map[string]behaviour {
	t.Helper()
	out := map[string]behaviour{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	slots := make(chan bool, runtime.GOMAXPROCS(0))
	var builds []string
	bin := t.TempDir()
	for _, c := range cases {
		if !c.module && (c.run == "main" || c.run == "both") {
			builds = append(builds, "./"+c.dir)
		}
	}
	command := func(dir string, env []string, name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(append(os.Environ(), "GOFLAGS=", "GOWORK="), env...)
		if text, err := cmd.CombinedOutput(); err != nil {
			return fmt.Sprintf("%s %s: %v\n%s", name, strings.Join(args, " "), err, text)
		}
		return ""
	}
	if len(builds) > 0 {
		// A case that no longer builds is found when its binary is missing.
		if text := command(root, nil, "go", append([]string{"build", "-o", bin + "/"}, builds...)...); text != "" {
			t.Log(text)
		}
	}
	for _, c := range cases {
		if c.run == "none" {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- true
			defer func() { <-slots }()
			var b behaviour
			dir := filepath.Join(root, c.dir)
			if c.run != "test" {
				exe := filepath.Join(bin, c.dir)
				if c.module {
					b.err = command(dir, nil, "go", "build", "-o", exe, ".")
				}
				record := filepath.Join(bin, c.id+".record")
				if err := os.Remove(record); err != nil && !errors.Is(err, fs.ErrNotExist) {
					b.err = err.Error()
				}
				if b.err == "" {
					b.err = command(dir, []string{"CORPUS_RECORD=" + record}, exe)
				}
				data, err := os.ReadFile(record)
				if err != nil && b.err == "" && len(c.requests) > 0 {
					b.err = err.Error()
				}
				for line := range strings.Lines(string(data)) {
					b.requests = append(b.requests, strings.TrimSpace(line))
				}
			}
			if c.run != "main" && b.err == "" {
				where, pattern := root, "./"+c.dir+"/..."
				if c.module {
					where, pattern = dir, "./..."
				}
				b.err = command(where, nil, "go", "test", pattern)
			}
			mu.Lock()
			out[c.id] = b
			mu.Unlock()
		}()
	}
	wg.Wait()
	return out
}
