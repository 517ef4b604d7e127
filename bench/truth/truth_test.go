package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/lab"
	"github.com/orbitmigrate/orbitmigrate/internal/driver"
	"github.com/orbitmigrate/orbitmigrate/internal/sample"
)

var (
	count = flag.Int("programs", 100, "how many programs TestTruth generates")
	seed  = flag.Uint64("seed", 0, "what they are drawn from, instead of the commit")
)

// identity changes nothing and says nothing.
func identity(context.Context, string) ([]judge.Finding, string, error) { return nil, "", nil }

// sed replaces the version wherever it stands.
func sed(_ context.Context, dir string) ([]judge.Finding, string, error) {
	return nil, "", filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, bytes.ReplaceAll(data, []byte("/v1"), []byte("/v2")), 0o666)
	})
}

// oracle writes what is right, and names the literals of what stays.
func oracle(programs []*grammar.Program) lab.Tool {
	return func(_ context.Context, dir string) ([]judge.Finding, string, error) {
		var found []judge.Finding
		for _, p := range programs {
			for name, text := range p.Right {
				if _, err := os.Stat(filepath.Join(dir, p.Name)); err != nil {
					continue
				}
				if err := os.WriteFile(filepath.Join(dir, p.Name, filepath.FromSlash(name)), text, 0o666); err != nil {
					return nil, "", err
				}
			}
			for _, group := range p.Expect.Spoken {
				for _, i := range group {
					l := p.Expect.Literals[i]
					if l.Due != judge.Stay {
						found = append(found, judge.Finding{File: p.Name + "/" + l.File, Line: judge.LineOf(p.Right[l.File], l.Index), Message: "it stays"})
					}
				}
			}
		}
		return found, "", nil
	}
}

// TestTools lets the judge judge tools of which it is known what they are worth.
func TestTools(t *testing.T) {
	if !sample.All() {
		t.Skip("builds and runs hundreds of programs; ORBITMIGRATE_TESTS=all does")
	}
	for mode, n := range []int{40, 10} {
		t.Run([]string{"plain", "tests"}[mode], func(t *testing.T) { testTools(t, n, grammar.Mode(mode)) })
	}
}

func testTools(t *testing.T, n int, mode grammar.Mode) {
	programs, err := draw(n, commitSeed(), mode)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		tool lab.Tool
		want func(r lab.Result) bool
		must []judge.Verdict // that some program has
	}{
		{"oracle", oracle(programs), func(r lab.Result) bool {
			switch r.Program.Expect.Class {
			case judge.Keep:
				return r.Verdict == judge.Kept
			case judge.Report:
				return r.Verdict == judge.Said
			}
			return r.Verdict == judge.Made
		}, []judge.Verdict{judge.Made}},
		{"identity", identity, func(r lab.Result) bool {
			return r.Verdict == judge.Silent || r.Verdict == judge.Kept && r.Program.Expect.Class == judge.Keep
		}, []judge.Verdict{judge.Silent}},
		{"sed", sed, func(r lab.Result) bool { return r.Verdict != judge.Error }, []judge.Verdict{judge.Wrong}},
	} {
		m := &measurement{config: config{work: t.TempDir(), jobs: 1, mode: mode}, tool: test.tool}
		results, err := m.batchOf(t.Context(), programs, len(programs), test.name == "oracle")
		if err != nil {
			t.Fatal(err)
		}
		var seen tally
		for _, r := range results {
			seen.add(r.Verdict)
			if !test.want(r) {
				t.Errorf("%s: %s of class %s, choices %v: %s: %q", test.name, r.Program.Name, r.Program.Expect.Class, r.Program.Choices, r.Verdict, r.Evidence)
			}
		}
		for _, v := range test.must {
			if seen.verdicts[v] == 0 {
				t.Errorf("%s: no program is %s", test.name, v)
			}
		}
	}
}

// commitSeed is another number for each commit where the commit chooses the sample, so that runs of the tests see new
// programs while one commit always has the same result.
func commitSeed() uint64 {
	if *seed != 0 {
		return *seed
	}
	return sample.Number()
}

// migrate is the tool of this module, in this process.
func migrate(ctx context.Context, dir string) ([]judge.Finding, string, error) {
	var out, errs bytes.Buffer
	if code := driver.Main(ctx, []string{"-C", dir, "-fix", "-allow-dirty", "./..."}, &out, &errs); code != 0 && code != 1 && code != 3 {
		return nil, "", fmt.Errorf("-fix: exit code %d: %s", code, &errs)
	}
	log := errs.String()
	out.Reset()
	errs.Reset()
	if code := driver.Main(ctx, []string{"-C", dir, "-json", "./..."}, &out, &errs); code != 0 && code != 1 {
		return nil, "", fmt.Errorf("-json: exit code %d: %s", code, &errs)
	}
	found, err := lab.Findings(dir, out.Bytes())
	return found, log, err
}

// TestTruth generates programs that nobody has seen and wants none to be mistaken, and the tool to be no worse on them
// than TRUTH.md says of programs that are many in a module. Rates of a hundred programs vary: a rate counts as worse if a
// sample as bad would come from the written rate less than once in a thousand times, by the normal approximation, which
// is 3.1 standard deviations.
func TestTruth(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs programs")
	}
	n := *count
	if sample.All() {
		n *= 10
	}
	written := readTally(t, "TRUTH.md", "programs")
	work, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m := &measurement{config: config{programs: n, seed: commitSeed(), batch: 100, jobs: 2, recheck: never, work: work}, tool: migrate, log: t.Output(), started: time.Now()}
	if err := m.measure(t.Context()); err != nil {
		t.Fatal(err)
	}
	var seen tally
	for _, r := range m.judged {
		seen.add(r.Verdict)
		if r.Verdict == judge.Error {
			t.Errorf("%s, choices %v: %q", r.Program.Name, r.Program.Choices, r.Evidence)
		}
	}
	for _, v := range bad {
		if worse(seen.verdicts[v], seen.all, written.verdicts[v], written.all) {
			t.Errorf("%d of %d programs of seed %d are %s; TRUTH.md says %d of %d. See them with: go run ./bench/truth -programs %d -seed %d -recheck never -keep DIR",
				seen.verdicts[v], seen.all, m.seed, v, written.verdicts[v], written.all, n, m.seed)
		}
	}
	if worse(seen.all-seen.verdicts[judge.Made], seen.all, written.all-written.verdicts[judge.Made], written.all) {
		t.Errorf("only %d of %d programs of seed %d are made; TRUTH.md says %d of %d", seen.verdicts[judge.Made], seen.all, m.seed, written.verdicts[judge.Made], written.all)
	}
}

// worse reports whether k of n is more than K of N can explain.
func worse(k, n, K, N int) bool {
	if n == 0 || N == 0 {
		return false
	}
	pooled := float64(k+K) / float64(n+N)
	deviation := math.Sqrt(pooled * (1 - pooled) * (1/float64(n) + 1/float64(N)))
	return float64(k)/float64(n)-float64(K)/float64(N) > 3.1*deviation
}

func TestWorse(t *testing.T) {
	for _, test := range []struct {
		k, n, K, N int
		want       bool
	}{
		{10, 100, 100, 1000, false},
		{15, 100, 100, 1000, false},
		{25, 100, 100, 1000, true},
		{0, 100, 100, 1000, false},
		{0, 100, 0, 1000, false},
		{4, 100, 0, 1000, true},
	} {
		if got := worse(test.k, test.n, test.K, test.N); got != test.want {
			t.Errorf("worse(%d, %d, %d, %d) = %v", test.k, test.n, test.K, test.N, got)
		}
	}
}

// readTally reads the row of a section that says what all programs were at first.
func readTally(t *testing.T, file, section string) tally {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", file))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), begins(section))
	for line := range strings.Lines(rest) {
		cells := strings.Split(line, "|")
		if len(cells) != len(judge.Verdicts)+4 || strings.TrimSpace(cells[1]) != amongAll {
			continue
		}
		out := tally{verdicts: map[judge.Verdict]int{}}
		for i, v := range judge.Verdicts {
			if out.verdicts[v], err = strconv.Atoi(strings.TrimSpace(cells[i+3])); err != nil {
				t.Fatal(err)
			}
			out.all += out.verdicts[v]
		}
		return out
	}
	t.Fatalf("%s has no row of all programs in its section %q", file, section)
	return tally{}
}

// TestDraw makes many programs without running them: every list of choices has to make one, and features have to come
// up about as often as one another.
func TestDraw(t *testing.T) {
	for _, mode := range []grammar.Mode{grammar.Plain, grammar.Tests} {
		programs, err := draw(2000, 1, mode)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for _, p := range programs {
			for _, f := range p.Features {
				seen[f]++
			}
		}
		for _, f := range grammar.Features(mode) {
			if seen[f.String()] < 3 {
				t.Errorf("mode %d: %s is in %d of 2000 programs", mode, f, seen[f.String()])
			}
		}
		again, err := draw(20, 1, mode)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range again {
			q, err := grammar.Make(grammar.Replay(p.Choices), mode, p.Name, lab.Module+"/"+p.Name)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(programs[i].Before, q.Before); d != "" {
				t.Errorf("the choices of %s make another program (-drawn +made again):\n%s", p.Name, d)
			}
		}
	}
}
