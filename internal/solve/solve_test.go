package solve

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

var update = flag.Bool("update", false, "rewrite golden files")

// words make "api" a needle and everything with a slash a path.
var words = Words{
	Needle: func(text string) bool { return strings.Contains(text, "api") },
	Path:   func(text string) bool { return strings.Contains(text, "/") },
	Alone:  func(text string) bool { return strings.HasPrefix(text, "/") },
}

// TestSolve solves the equations of every file in the archives. What comes out stands behind
// it, in a file of the same name with " solved" at its end.
func TestSolve(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out := &txtar.Archive{Comment: ar.Comment}
			for _, f := range ar.Files {
				if strings.HasSuffix(f.Name, " solved") {
					continue
				}
				pkg, err := equation.Parse(expand(string(f.Data)))
				if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
				out.Files = append(out.Files, f, txtar.File{Name: f.Name + " solved", Data: []byte(solved(Link([]*equation.Package{pkg}, words)))})
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(out), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if d := cmp.Diff(string(txtar.Format(ar)), string(txtar.Format(out))); d != "" {
				t.Errorf("%s (-want +got); go test -update rewrites it:\n%s", name, d)
			}
		})
	}
}

// expand puts in front of equations what all of them have: the package app, its initialiser,
// and a literal for every word of a line that begins with "spell".
func expand(src string) string {
	var b strings.Builder
	b.WriteString("package \"app\"\nfile \"a.go\"\n")
	var rest []string
	at := 0
	for line := range strings.Lines(src) {
		words, ok := strings.CutPrefix(line, "spell ")
		if !ok {
			rest = append(rest, line)
			continue
		}
		for _, w := range strings.Fields(words) {
			at++
			fmt.Fprintf(&b, "lit \"a.go\" %d:1:%d %q\n", at, 100*at, fmt.Sprintf("%q", w))
		}
	}
	b.WriteString("function \"app.init\" \"package initialisation\" params 0\n")
	b.WriteString(strings.Join(rest, ""))
	return b.String()
}

// solved writes down what every use can be, which holes have lost which literals, what is not
// in sight, and which ends the literals go to.
func solved(p *Program) string {
	var b strings.Builder
	for _, u := range p.Uses() {
		fmt.Fprintf(&b, "%s touched %v pathlike %v\n", u.Sink, u.Touched(), u.Pathlike())
		var lines []string
		complete := u.Solve(func(s Solved) {
			line := "\t" + strings.TrimSpace(s.Method+" "+show(p, s.URL))
			if s.Other != nil {
				line += " with " + show(p, s.Other)
			}
			lines = append(lines, line)
		})
		b.WriteString(strings.Join(lines, "\n") + "\n")
		if !complete {
			b.WriteString("\tand more\n")
		}
	}
	var lits []*strval.Literal
	for i := range p.pkgs[0].Lits {
		lits = append(lits, &p.pkgs[0].Lits[i])
	}
	_, ends := p.Reached(lits)
	for _, e := range ends {
		fmt.Fprintf(&b, "end %s unseen %v meets %v\n", e.To, e.Unseen(), e.Meets(p, func(part strval.Part) bool { return part.Lit != nil }))
	}
	for _, w := range p.Frontier(func(string) bool { return true }) {
		fmt.Fprintf(&b, "wants %d %s %s %s\n", w.Kind, w.Package, w.Name, w.Methods)
	}
	return b.String()
}

// show is a template with its holes in braces, and behind each the literals that it may hold.
func show(p *Program, t strval.Template) string {
	var b strings.Builder
	for _, part := range t {
		if part.Gap == nil {
			b.WriteString(part.Text)
			continue
		}
		b.WriteString("{" + part.Gap.Reason)
		for i := range p.pkgs[0].Lits {
			if l := &p.pkgs[0].Lits[i]; p.Loses(l, part.Gap) {
				b.WriteString(" of " + l.Source)
			}
		}
		b.WriteString("}")
	}
	return b.String()
}

// TestComponents compares the components of small graphs with those that reachability gives.
func TestComponents(t *testing.T) {
	const n = 7
	for seed := range 200 {
		x := uint32(seed*2654435761 + 1)
		edges := [2][][]int32{make([][]int32, n), make([][]int32, n)}
		for range 9 {
			x ^= x << 13
			x ^= x >> 17
			x ^= x << 5
			e := edges[x>>8%2]
			e[x%n] = append(e[x%n], int32(x>>16%n))
		}
		rep, sibling := components(edges[0], edges[1])
		var to [n][]int
		for i := range n {
			to[i] = reach([]int{i}, edges[0], edges[1])
		}
		for i := range n {
			for j := range n {
				together := slices.Contains(to[i], j) && slices.Contains(to[j], i)
				if (rep[i] == rep[j]) != together {
					t.Fatalf("seed %d: %d and %d: one component %v, want %v", seed, i, j, rep[i] == rep[j], together)
				}
			}
			var chain []int
			for m := rep[i]; m >= 0; m = sibling[m] {
				chain = append(chain, int(m))
			}
			if !slices.Contains(chain, i) {
				t.Fatalf("seed %d: %d is not in the chain of its component %v", seed, i, chain)
			}
		}
	}
}
