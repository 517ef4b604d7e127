package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/lab"
)

// TestStore ends a measurement in the middle of a line and goes on with it.
func TestStore(t *testing.T) {
	programs, err := draw(4, 1, grammar.Plain)
	if err != nil {
		t.Fatal(err)
	}
	first, second := programs[:2], programs[2:]
	results := func(programs []*grammar.Program) (out []*result) {
		for i, p := range programs {
			r := &result{Result: lab.Result{Program: p, After: map[string][]byte{}}, together: judge.Said}
			for name, text := range p.Before {
				r.After[name] = text
			}
			r.Outcome = judge.Outcome{Verdict: judge.Made, Due: 3, Did: 3}
			if i == 1 {
				r.Outcome = judge.Outcome{Verdict: judge.Wrong, Evidence: []string{"it is"}, Due: 2, Did: 1}
				r.After["more.go"] = []byte("package more\n")
			}
			out = append(out, r)
		}
		return out
	}
	work := t.TempDir()
	tool, other, file := filepath.Join(work, "tool"), filepath.Join(work, "other"), filepath.Join(work, "results")
	for _, name := range []string{tool, other} {
		if err := os.WriteFile(name, []byte(filepath.Base(name)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	open := func(tool, recheck string) *store {
		s, err := openStore(file, tool, recheck)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	s := open(tool, never)
	for _, some := range [][]*grammar.Program{first, second} {
		if s.find(some) != nil {
			t.Error("an empty store has results")
		}
		if err := s.add(some, results(some)); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data[:len(data)-10], 0o666); err != nil {
		t.Fatal(err)
	}
	s = open(tool, never)
	if s.find(second) != nil {
		t.Error("results that were not written to their end are found")
	}
	if err := s.add(second, results(second)); err != nil {
		t.Fatal(err)
	}
	s = open(tool, never)
	for _, some := range [][]*grammar.Program{first, second} {
		if d := cmp.Diff(results(some), s.find(some), cmp.AllowUnexported(result{}), cmp.Comparer(func(p, q *grammar.Program) bool { return p == q })); d != "" {
			t.Errorf("-added +found:\n%s", d)
		}
	}
	for _, s := range []*store{open(tool, alone), open(other, never)} {
		if s.find(first) != nil {
			t.Error("results of another tool, or of another way to judge, are found")
		}
	}
	if s.find(programs[1:3]) != nil {
		t.Error("results of other programs are found")
	}
}
