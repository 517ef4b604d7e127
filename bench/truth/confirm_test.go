package main

import (
	"testing"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/lab"
)

// TestConfirm runs programs before and after the change that is said to be right, without any tool: each has to do what
// it is said to do. TestTruth confirms plain programs as well, so there are few of them here.
func TestConfirm(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs programs")
	}
	for mode, n := range []int{*count / 5, *count / 5} {
		t.Run([]string{"plain", "tests"}[mode], func(t *testing.T) {
			// Of other seeds than the programs of TestTruth.
			programs, err := draw(n, commitSeed()+1, grammar.Mode(mode))
			if err != nil {
				t.Fatal(err)
			}
			l := &lab.Lab{Dir: t.TempDir(), Tests: grammar.Mode(mode) == grammar.Tests}
			mistakes, err := l.Confirm(t.Context(), programs)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range programs {
				if why := mistakes[p.Name]; why != "" {
					t.Errorf("%s, choices %v, features %v: %s", p.Name, p.Choices, p.Features, why)
				}
			}
		})
	}
}
