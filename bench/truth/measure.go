package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/lab"
)

// A measurement is one run of this command.
type measurement struct {
	config
	tool    lab.Tool
	log     io.Writer // for progress
	started time.Time

	mu   sync.Mutex               // of what follows, while batches are judged
	said time.Time                // when progress was last spoken of
	took map[string]time.Duration // by stage

	judged   []*result
	simplest []*simplest
}

// A result is what became of one program.
type result struct {
	lab.Result
	together judge.Verdict // what it was among all others of its module
	kind     *simplest     // the simplified program that explains it
}

// A simplest program still comes out as the one that it was made from.
type simplest struct {
	lab.Result
	features []string // beside those that every program has
	explains int      // programs that came out as badly and have all those features
	tries    int
}

// draw returns the programs of the measurement. Each has a pair of features of two dimensions that is drawn from all
// pairs, so rows of long tables are as common as those of short ones; everything else is drawn from the rows that fit.
func draw(n int, seed uint64, mode grammar.Mode) ([]*grammar.Program, error) {
	features := grammar.Features(mode)
	var out []*grammar.Program
	for i := range n {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		a, b := features[r.IntN(len(features))], features[r.IntN(len(features))]
		for a.Dimension == b.Dimension {
			b = features[r.IntN(len(features))]
		}
		name := fmt.Sprintf("p%05d", i)
		p, err := grammar.Make(grammar.Random(r.Uint64(), a, b), mode, name, lab.Module+"/"+name)
		if err != nil {
			return nil, fmt.Errorf("program %d of seed %d: %w", i, seed, err)
		}
		out = append(out, p)
	}
	return out, nil
}

// drawSingle returns n programs of each feature, in which all else is plainest.
func drawSingle(n int, seed uint64, mode grammar.Mode) ([]*grammar.Program, error) {
	var out []*grammar.Program
	plain := grammar.Plainest()
	for i, f := range grammar.Features(mode) {
		if plain[f.String()] {
			continue
		}
		for j := range n {
			name := fmt.Sprintf("p%03dx%d", i, j)
			p, err := grammar.Make(grammar.Single(rand.New(rand.NewPCG(seed, uint64(i*n+j))).Uint64(), f), mode, name, lab.Module+"/"+name)
			if err != nil {
				return nil, fmt.Errorf("program %d of %s: %w", j, f, err)
			}
			out = append(out, p)
		}
	}
	return out, nil
}

func (m *measurement) measure(ctx context.Context) error {
	m.took = map[string]time.Duration{}
	programs, err := draw(m.programs, m.seed, m.mode)
	if m.single > 0 {
		programs, err = drawSingle(m.single, m.seed, m.mode)
	}
	if err != nil {
		return err
	}
	programs = programs[min(m.first, len(programs)):]
	var kept *store
	if m.results != "" {
		if kept, err = openStore(m.results, m.config.tool, m.recheck); err != nil {
			return err
		}
		defer kept.Close()
	}
	if err := m.batches(ctx, programs, kept); err != nil {
		return err
	}
	return m.stage("simplify", func() error { return m.simplifySome(ctx) })
}

// stage notes how long something takes, in all modules together.
func (m *measurement) stage(name string, f func() error) error {
	start := time.Now()
	err := f()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.took[name] += time.Since(start)
	return err
}

// batches judges the programs, some in one module. Each batch is finished by itself, so that a measurement whose time is
// over, or that is ended, has the results of those that were begun before or had been written down.
func (m *measurement) batches(ctx context.Context, programs []*grammar.Program, kept *store) error {
	all := make([][]*result, 0, len(programs)/m.batch+1)
	var sum tally
	var wg sync.WaitGroup
	var failed error
	slots := make(chan bool, m.jobs)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for chunk := range slices.Chunk(programs, m.batch) {
		i := len(all)
		all = append(all, nil)
		if all[i] = kept.find(chunk); all[i] != nil {
			m.mu.Lock()
			for _, r := range all[i] {
				sum.add(r.Verdict)
			}
			m.mu.Unlock()
			continue
		}
		slots <- true
		if ctx.Err() != nil {
			break
		}
		if m.limit > 0 && time.Since(m.started) > m.limit {
			fmt.Fprintf(m.log, "the time is over after %d of %d programs\n", sum.all, len(programs))
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			results, err := m.whole(ctx, chunk)
			if err == nil {
				err = kept.add(chunk, results)
			}
			m.mu.Lock()
			defer m.mu.Unlock()
			if err != nil {
				failed = cmp.Or(failed, err)
				cancel()
				return
			}
			all[i] = results
			for _, r := range results {
				sum.add(r.Verdict)
				if r.Verdict == judge.Error {
					fmt.Fprintf(m.log, "%s, choices %v: %q\n", r.Program.Name, r.Program.Choices, r.Evidence)
				}
			}
			m.progress(sum, len(programs))
		})
	}
	wg.Wait()
	m.judged = slices.Concat(all...)
	return cmp.Or(failed, context.Cause(ctx))
}

// whole judges programs together, and then again those of which that says too little.
func (m *measurement) whole(ctx context.Context, programs []*grammar.Program) ([]*result, error) {
	results := make([]*result, len(programs))
	index := map[string]int{}
	for i, p := range programs {
		index[p.Name] = i
	}
	err := m.stage("together", func() error {
		judged, err := m.batchOf(ctx, programs, len(programs), true)
		for _, r := range judged {
			results[index[r.Program.Name]] = &result{Result: r, together: r.Verdict}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return results, m.stage("again", func() error { return m.again(ctx, results, index) })
}

// progress says how far the measurement is, at most once in some seconds: it can take an hour.
func (m *measurement) progress(t tally, all int) {
	if time.Since(m.said) < 10*time.Second && t.all < all {
		return
	}
	m.said = time.Now()
	var counts []string
	for _, v := range judge.Verdicts {
		if t.verdicts[v] > 0 {
			counts = append(counts, fmt.Sprintf("%s %d", v, t.verdicts[v]))
		}
	}
	fmt.Fprintf(m.log, "%s: %d of %d: %s\n", time.Since(m.started).Round(time.Second), t.all, all, strings.Join(counts, ", "))
}

func (m *measurement) batchOf(ctx context.Context, programs []*grammar.Program, n int, confirm bool) (results []lab.Result, err error) {
	dir, err := os.MkdirTemp(m.work, "lab")
	if err != nil {
		return nil, err
	}
	l := &lab.Lab{Dir: dir, Tool: m.tool, Tests: m.mode == grammar.Tests}
	defer l.Close()
	if confirm {
		mistakes, err := l.Confirm(ctx, programs)
		if err != nil {
			return nil, err
		}
		for _, p := range programs {
			if why := mistakes[p.Name]; why != "" {
				results = append(results, lab.Result{Program: p, Outcome: judge.Outcome{Verdict: judge.Error, Evidence: []string{why}}})
			}
		}
		programs = slices.DeleteFunc(slices.Clone(programs), func(p *grammar.Program) bool { return mistakes[p.Name] != "" })
	}
	if len(programs) == 0 {
		return results, nil
	}
	judged, err := l.Judge(ctx, programs, n)
	return append(results, judged...), err
}

// Ways to judge programs again: not at all, with nine others in a module, or then alone as well.
const (
	never  = "never"
	inTens = "tens"
	alone  = "alone"
)

// bad are the verdicts of programs that came out badly.
var bad = []judge.Verdict{judge.Wrong, judge.Silent, judge.False}

// again judges ten at a time those that were not made, as in a large module one place may have kept the tool from
// changing all others, and then alone those that still come out badly.
func (m *measurement) again(ctx context.Context, results []*result, index map[string]int) error {
	judge := func(n int, which func(r *result) bool) error {
		var programs []*grammar.Program
		for _, r := range results {
			if which(r) {
				programs = append(programs, r.Program)
			}
		}
		judged, err := m.batchOf(ctx, programs, n, false)
		for _, r := range judged {
			results[index[r.Program.Name]].Result = r
		}
		return err
	}
	if m.recheck == never {
		return nil
	}
	if err := judge(10, left); err != nil || m.recheck == inTens {
		return err
	}
	return judge(1, func(r *result) bool { return isBad(r.Verdict) })
}

// left reports whether a program was not made and others may be the reason.
func left(r *result) bool {
	return isBad(r.Verdict) || r.Verdict == judge.Said && r.Program.Expect.Class != judge.Report
}

func isBad(v judge.Verdict) bool { return slices.Contains(bad, v) }

// simplifySome makes some of the programs that came out badly simple. What a simple one explains is not made simple
// again.
func (m *measurement) simplifySome(ctx context.Context) error {
	for _, r := range m.judged {
		if !isBad(r.Verdict) {
			continue
		}
		if s := m.explained(r); s != nil {
			s.explains++
			r.kind = s
			continue
		}
		if len(m.simplest) >= m.simplify {
			if err := m.keepProgram(&simplest{Result: r.Result, features: r.Program.Features}); err != nil {
				return err
			}
			continue
		}
		s, err := m.makeSimple(ctx, r)
		if err != nil {
			return err
		}
		r.kind = s
		m.simplest = append(m.simplest, s)
		if err := m.keepProgram(s); err != nil {
			return err
		}
	}
	return nil
}

func (m *measurement) explained(r *result) *simplest {
	for _, s := range m.simplest {
		if s.Verdict == r.Verdict && len(s.features) > 0 && !slices.ContainsFunc(s.features, func(f string) bool { return !slices.Contains(r.Program.Features, f) }) {
			return s
		}
	}
	return nil
}

// makeSimple takes away what can be taken away, as long as the program comes out as it did. Simpler programs are tried
// some at a time, in one module; what comes out of that is judged alone at last.
func (m *measurement) makeSimple(ctx context.Context, r *result) (*simplest, error) {
	s := &simplest{Result: r.Result, explains: 1}
	seen := map[string]bool{}
	for s.tries < maxTries {
		candidates, err := m.candidates(s.Program, r.Program.Name, seen)
		if err != nil {
			return nil, err
		}
		if len(candidates) == 0 {
			break
		}
		s.tries += len(candidates)
		results, err := m.batchOf(ctx, candidates, atOnce, false)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(results, func(c lab.Result) bool { return c.Verdict == r.Verdict }); i >= 0 {
			s.Result = results[i]
		}
	}
	p, err := grammar.Make(grammar.Replay(s.Program.Choices), m.mode, r.Program.Name, lab.Module+"/"+r.Program.Name)
	if err != nil {
		return nil, err
	}
	results, err := m.batchOf(ctx, []*grammar.Program{p}, 1, true)
	if err != nil {
		return nil, err
	}
	if s.Result = results[0]; s.Verdict != r.Verdict {
		s.Result = r.Result // it took the company of others
	}
	plain := grammar.Plainest()
	for _, f := range s.Program.Features {
		if !plain[f] {
			s.features = append(s.features, f)
		}
	}
	return s, nil
}

// Bounds of how often one program is tried in a simpler form, and of how many of these are in one module.
const (
	maxTries  = 200
	atOnce    = 12
	nameOrder = "abcdefghijkl"
)

// candidates returns some programs that are simpler than p and have not been tried.
func (m *measurement) candidates(p *grammar.Program, name string, seen map[string]bool) ([]*grammar.Program, error) {
	var out []*grammar.Program
	for _, choices := range p.Simpler() {
		key := fmt.Sprint(choices)
		if len(out) == atOnce {
			break
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		name := name + nameOrder[len(out):len(out)+1]
		q, err := grammar.Make(grammar.Replay(choices), m.mode, name, lab.Module+"/"+name)
		if err != nil {
			return nil, err
		}
		// What the shorter list picks is not always simpler: a number may have come to mean something else.
		if size(q) < size(p) || len(q.Features) < len(p.Features) {
			out = append(out, q)
		}
	}
	return out, nil
}

func size(p *grammar.Program) (n int) {
	for _, text := range p.Before {
		n += len(text)
	}
	return n
}

// keepProgram writes a simple program with its evidence.
func (m *measurement) keepProgram(s *simplest) error {
	if m.keep == "" {
		return nil
	}
	dir := filepath.Join(m.keep, fmt.Sprintf("%s-%d-%s", s.Verdict, m.seed, s.Program.Name))
	var about strings.Builder
	fmt.Fprintf(&about, "%s, class %s\nfeatures: %s\nchoices: %v\n\n", s.Verdict, s.Program.Expect.Class, strings.Join(s.features, " "), s.Program.Choices)
	for _, e := range s.Evidence {
		fmt.Fprintf(&about, "- %s\n", e)
	}
	about.WriteString("\nlines:\n")
	for _, l := range s.Program.Expect.Lines {
		fmt.Fprintf(&about, "  %s => %s\n", l.Before, l.After)
	}
	about.WriteString("\n" + s.Log)
	files := map[string][]byte{"ABOUT.txt": []byte(about.String())}
	for name, text := range s.Program.Before {
		files["before/"+name] = text
	}
	for name, text := range s.After {
		if string(text) != string(s.Program.Before[name]) {
			files["after/"+name] = text
		}
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o666); err != nil {
			return err
		}
	}
	return nil
}
