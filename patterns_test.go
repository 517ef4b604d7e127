package orbitmigrate_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// vetList holds the places that only one of the two drivers reports, and why.
const vetList = "testdata/corpus/vet.txt"

// A vetDifference is a place of a case that only one driver reports.
type vetDifference struct {
	id     string
	only   string // "command" or "vet"
	place  string // file:line, relative to the directory of the case
	reason string
}

func (d vetDifference) String() string {
	return fmt.Sprintf("%s | %s %s | %s", d.id, d.only, d.place, d.reason)
}

// vetDifferences reads vetList.
func vetDifferences(t *testing.T) []vetDifference {
	t.Helper()
	var out []vetDifference
	for line := range strings.Lines(read(t, vetList)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) != 3 {
			t.Fatalf("%s: not three parts: %q", vetList, line)
		}
		only, place, ok := strings.Cut(parts[1], " ")
		if !ok || only != "command" && only != "vet" || parts[2] == "" {
			t.Fatalf("%s: want ID | command or vet, and file:line | reason: %q", vetList, line)
		}
		out = append(out, vetDifference{parts[0], only, place, parts[2]})
	}
	return out
}

// patternSections are the parts of docs/patterns.md that list cases: which classes of cases
// and which results a part is about, and what it says to its readers.
var patternSections = []struct {
	title, classes, text string
	results              []string
}{
	{"What is resolved", "", "The command finds these and rewrites them with `-fix`, without any further option unless the\n" +
		"result says so. *Changed in part* means that some places of the program change and others are only reported; these are listed\n" +
		"with their reasons further below.\n", nil},
	{"URLs that stand where they are used", "E", "", []string{"migrate", "mixed"}},
	{"URLs that travel through wrappers, fields, packages and libraries", "M", "", []string{"migrate", "mixed"}},
	{"URLs that are put together, shared or mixed with other things", "HN", "", []string{"migrate", "mixed"}},
	{"What is only reported", "", "A finding names each of these places, but the source stays as it is, because a change could break something\n" +
		"that cannot be seen, or because no v2 equivalent is documented. A person has to decide.\n", nil},
	{"Programs that stay as they are", "EMHN", "", []string{"report"}},
}

// result says in the words of the page what becomes of a case.
func (c *corpusCase) result() string {
	out := map[string]string{"migrate": "changed", "mixed": "changed in part", "report": "reported", "silent": "left alone"}[c.expect]
	if c.docs {
		out += ", with -docs"
	}
	if c.unsafe {
		out += ", with -unsafe"
	}
	return out
}

// row formats one line of a table in Markdown.
func row(cells ...string) string {
	escape := strings.NewReplacer("|", `\|`, "*", `\*`, "<", `\<`)
	for i, cell := range cells {
		cells[i] = escape.Replace(cell)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// code formats source text for a cell of a table.
func code(text string) string {
	if strings.Contains(text, "`") {
		return "`` " + text + " ``"
	}
	return "`" + text + "`"
}

// patternsPage builds docs/patterns.md.
func patternsPage(t *testing.T, cases []*corpusCase, differences []vetDifference) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("<!-- Generated from testdata/corpus by go test -run TestPatternsPage . -update; do not edit. -->\n\n# Patterns\n\n" +
		"What orbitmigrate does with the ways in which Go programs spell a URL. Every row is a program below `testdata/corpus`, in the\n" +
		"directory of its ID. A test migrates all of them and compares the source, the findings and the requests that the programs\n" +
		"send before and after with what the row promises.\n\n")
	count := map[string]int{}
	for _, c := range cases {
		count[c.expect]++
	}
	fmt.Fprintf(&b, "Of %d programs, %d are changed, %d are changed in part, %d are only reported and %d are left alone.\n",
		len(cases), count["migrate"], count["mixed"], count["report"], count["silent"])
	table := func(classes string, results ...string) {
		b.WriteString("\n| ID | pattern | result | note |\n|---|---|---|---|\n")
		for _, c := range cases {
			if strings.Contains(classes, c.id[:1]) && slices.Contains(results, c.expect) {
				note := c.note
				if c.yet != "" {
					note += " Not yet: " + c.yet + "."
				}
				b.WriteString(row(c.id, c.title, c.result(), note))
			}
		}
	}
	for _, s := range patternSections {
		if s.classes == "" {
			fmt.Fprintf(&b, "\n## %s\n\n%s", s.title, s.text)
			continue
		}
		fmt.Fprintf(&b, "\n### %s\n", s.title)
		table(s.classes, s.results...)
	}
	b.WriteString("\n### Places and reasons\n\nThe places of these programs, and of those that are changed in part, at which a finding is left.\n" +
		"\n| ID | file | text | reason |\n|---|---|---|---|\n")
	for _, c := range cases {
		for _, r := range c.reports {
			// Inside a code span a backslash is text, but a bar needs one even there.
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.id, r.file, strings.ReplaceAll(code(r.line), "|", `\|`),
				strings.TrimSuffix(strings.TrimPrefix(row(r.about), "| "), " |\n"))
		}
	}
	b.WriteString("\n## What is left alone\n\nNothing is reported in these programs. They resemble calls of the API and are none, or need no change.\n")
	table("EMHN", "silent")
	b.WriteString("\n## Differences in go vet\n\nUnder `go vet -vettool` packages are seen one at a time, with facts about the packages they import. " +
		"So a few places are\nreported by the command only, and a few by go vet only, mostly because a finding has another position or certainty. " +
		"The\ncommand is run on each program alone, test files included and without `-docs`. Places that are not listed are reported by both.\n" +
		"\n| ID | place | reported by | reason |\n|---|---|---|---|\n")
	for _, d := range differences {
		by := "the command only"
		if d.only == "vet" {
			by = "go vet only"
		}
		b.WriteString(row(d.id, d.place, by, d.reason))
	}
	return b.String()
}

// TestPatternsPage wants docs/patterns.md to say what the corpus says.
func TestPatternsPage(t *testing.T) {
	if *only != "" {
		t.Skip("the page is about all cases")
	}
	const page = "docs/patterns.md"
	want := patternsPage(t, corpus(t), vetDifferences(t))
	if *update {
		if err := os.MkdirAll(filepath.Dir(page), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(page, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(strings.SplitAfter(want, "\n"), strings.SplitAfter(read(t, page), "\n")); d != "" {
		t.Errorf("%s differs from the corpus (-corpus +page); -update rewrites it:\n%s", page, d)
	}
}

// places collects the file:line of the diagnostics in the output of a driver.
func places(out []byte) map[string]bool {
	found := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		// Errors of the compiler, which go vet prints as well, do not name the API.
		parts := strings.SplitN(line, ":", 4)
		if len(parts) == 4 && strings.Contains(parts[3], "OrbitFlare") {
			found[path.Clean(filepath.ToSlash(parts[0]))+":"+parts[1]] = true
		}
	}
	return found
}

var vetCorpus = flag.Bool("govet", false, "run the corpus under go vet as well")

// TestCorpusVet compares the places that go vet reports with those that the command
// reports. Every difference has to be in vetList, with a reason.
func TestCorpusVet(t *testing.T) {
	if !*vetCorpus {
		t.Skip("takes minutes: run it with -govet")
	}
	cases := corpus(t)
	bin := filepath.Join(t.TempDir(), "orbitmigrate.exe")
	// Without the path and the revision the same source gives the same binary, whose
	// results go vet finds in its cache.
	if out, err := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", bin, "./cmd/orbitmigrate").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS("testdata/corpus")); err != nil {
		t.Fatal(err)
	}
	run := func(dir string, codes []int, name string, args ...string) (stdout, stderr []byte) {
		var out, errs bytes.Buffer
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &errs
		cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=", "NO_COLOR=1")
		err := cmd.Run()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || !slices.Contains(codes, exit.ExitCode())) {
			t.Errorf("%s %s in %s: %v\n%s", name, strings.Join(args, " "), dir, err, &errs)
		}
		return out.Bytes(), errs.Bytes()
	}

	vet := map[string]map[string]bool{}
	var patterns []string
	for _, c := range cases {
		if c.module {
			_, out := run(filepath.Join(root, c.dir), []int{1}, "go", "vet", "-vettool="+bin, "./...")
			vet[c.id] = places(out)
			continue
		}
		vet[c.id] = map[string]bool{}
		patterns = append(patterns, "./"+c.dir+"/...")
	}
	if len(patterns) > 0 {
		_, out := run(root, []int{1}, "go", append([]string{"vet", "-vettool=" + bin}, patterns...)...)
		for place := range places(out) {
			dir, rest, _ := strings.Cut(place, "/")
			if found := vet[strings.ToUpper(dir)]; found != nil {
				found[rest] = true
			}
		}
	}

	command := map[string]map[string]bool{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	slots := make(chan bool, 2)
	for _, c := range cases {
		wg.Go(func() {
			slots <- true
			defer func() { <-slots }()
			dir := filepath.Join(root, c.dir)
			if !c.module {
				// The command reads the packages of a module that name the API, so a case has to be
				// alone in its module to be a program of its own.
				module := t.TempDir()
				for _, name := range []string{"internal", "stubs", c.dir} {
					if err := os.CopyFS(filepath.Join(module, name), os.DirFS(filepath.Join("testdata/corpus", name))); err != nil {
						t.Error(err)
						return
					}
				}
				for _, name := range []string{"go.mod", "go.sum"} {
					data, err := os.ReadFile(filepath.Join("testdata/corpus", name))
					if err == nil {
						err = os.WriteFile(filepath.Join(module, name), data, 0o666)
					}
					if err != nil {
						t.Error(err)
						return
					}
				}
				dir = filepath.Join(module, c.dir)
			}
			out, _ := run(dir, []int{1, 3}, bin, "./...")
			mu.Lock()
			defer mu.Unlock()
			command[c.id] = places(out)
		})
	}
	wg.Wait()

	listed := map[vetDifference]string{}
	for _, d := range vetDifferences(t) {
		if !strings.HasPrefix(d.id, strings.ToUpper(*only)) {
			continue
		}
		key := vetDifference{id: d.id, only: d.only, place: d.place}
		if _, twice := listed[key]; twice {
			t.Errorf("%s lists this twice: %s", vetList, d)
		}
		listed[key] = d.reason
	}
	compare := func(id, only string, here, there map[string]bool) {
		for _, place := range slices.Sorted(maps.Keys(here)) {
			if there[place] {
				continue
			}
			d := vetDifference{id: id, only: only, place: place}
			if _, ok := listed[d]; !ok {
				t.Errorf("%s does not list this difference; add it with its reason: %s", vetList, d)
			}
			delete(listed, d)
		}
	}
	total := 0
	for _, c := range cases {
		total += len(vet[c.id])
		compare(c.id, "command", command[c.id], vet[c.id])
		compare(c.id, "vet", vet[c.id], command[c.id])
	}
	for d := range listed {
		t.Errorf("%s lists a difference that is gone; remove it: %s", vetList, d)
	}
	if total == 0 && *only == "" {
		t.Error("go vet reports nothing at all")
	}
}
