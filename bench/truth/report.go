package main

import (
	"cmp"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/judge"
)

// A tally counts verdicts.
type tally struct {
	verdicts map[judge.Verdict]int
	all      int
}

func (t *tally) add(v judge.Verdict) {
	if t.verdicts == nil {
		t.verdicts = map[judge.Verdict]int{}
	}
	t.verdicts[v]++
	t.all++
}

// share is that of the verdicts among all, in percent.
func (t *tally) share(of ...judge.Verdict) float64 {
	n := 0
	for _, v := range of {
		n += t.verdicts[v]
	}
	if t.all == 0 {
		return 0
	}
	return 100 * float64(n) / float64(t.all)
}

func (t *tally) row(head string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | %d |", head, t.all)
	for _, v := range judge.Verdicts {
		fmt.Fprintf(&b, " %d |", t.verdicts[v])
	}
	return b.String() + "\n"
}

func heads(first string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | all |", first)
	for _, v := range judge.Verdicts {
		fmt.Fprintf(&b, " %s |", v)
	}
	b.WriteString("\n|---|--:|")
	for range judge.Verdicts {
		b.WriteString("--:|")
	}
	return b.String() + "\n"
}

// amongAll heads the row of what programs were before any was judged again.
const amongAll = "all, many in a module"

// report renders the measurement as Markdown.
func (m *measurement) report() string {
	var b strings.Builder
	args := fmt.Sprintf("-programs %d", len(m.judged))
	if m.single > 0 {
		args = fmt.Sprintf("-single %d", m.single)
	}
	if m.first > 0 {
		args = fmt.Sprintf("-programs %d -first %d", m.first+len(m.judged), m.first)
	}
	if m.mode == grammar.Tests {
		args = "-tests " + args
	}
	about := ""
	if m.source != "" {
		about = fmt.Sprintf(", orbitmigrate at %s", m.source)
	}
	fmt.Fprintf(&b, "%d programs of seed %d%s, %s, %s/%s, %s. Printed by\n\n```sh\ngo run ./bench/truth %s -seed %d -recheck %s -simplify %d\n```\n\n",
		len(m.judged), m.seed, about, runtime.Version(), runtime.GOOS, runtime.GOARCH, m.started.Format(time.DateOnly), args, m.seed, m.recheck, m.simplify)
	var all, together tally
	classes := map[judge.Class]*tally{}
	features := map[string]*tally{}
	pairs := map[[2]string]*tally{}
	due, did, blocked := 0, 0, 0
	for _, r := range m.judged {
		all.add(r.Verdict)
		together.add(r.together)
		class := r.Program.Expect.Class
		if classes[class] == nil {
			classes[class] = &tally{}
		}
		classes[class].add(r.Verdict)
		due, did = due+r.Due, did+r.Did
		if r.together == judge.Said && r.Verdict == judge.Made {
			blocked++
		}
		for i, f := range r.Program.Features {
			if features[f] == nil {
				features[f] = &tally{}
			}
			features[f].add(r.Verdict)
			for _, g := range r.Program.Features[i+1:] {
				if pairs[[2]string{f, g}] == nil {
					pairs[[2]string{f, g}] = &tally{}
				}
				pairs[[2]string{f, g}].add(r.Verdict)
			}
		}
	}
	b.WriteString(heads("class"))
	for _, c := range []judge.Class{judge.Fix, judge.Mixed, judge.Report, judge.Keep} {
		if classes[c] != nil {
			b.WriteString(classes[c].row(string(c)))
		}
	}
	b.WriteString(all.row("all"))
	b.WriteString(together.row(amongAll))
	fix := classes[judge.Fix]
	if fix == nil {
		fix = &tally{}
	}
	fmt.Fprintf(&b, "\nOf the programs that should change whole, %.1f %% did; of their requests and those of mixed ones, %.1f %% (%d of %d). Wrong are %.1f %% of all, silent %.1f %%, false %.1f %%. "+
		"%d programs were left for people only because of others in their module.\n",
		fix.share(judge.Made), 100*float64(did)/float64(max(due, 1)), did, due, all.share(judge.Wrong), all.share(judge.Silent), all.share(judge.False), blocked)
	m.kinds(&b)
	b.WriteString("\n### By feature\n\n")
	b.WriteString(heads("feature"))
	for _, f := range grammar.Features(m.mode) {
		t := features[f.String()]
		if t == nil {
			t = &tally{}
		}
		b.WriteString(t.row(fmt.Sprintf("%s: %s", f, f.Says)))
	}
	if m.single == 0 {
		worstPairs(&b, features, pairs)
	}
	return b.String()
}

// kinds lists the simple programs.
func (m *measurement) kinds(b *strings.Builder) {
	if len(m.simplest) == 0 {
		return
	}
	b.WriteString("\n### Simplest programs that come out badly\n\nA program is counted with the first simple one that comes out as it does and has no feature that it lacks.\n\n| verdict | features beside the plainest | programs | evidence |\n|---|---|--:|---|\n")
	for _, s := range slices.SortedStableFunc(slices.Values(m.simplest), func(x, y *simplest) int {
		return cmp.Or(cmp.Compare(slices.Index(judge.Verdicts, x.Verdict), slices.Index(judge.Verdicts, y.Verdict)), cmp.Compare(y.explains, x.explains))
	}) {
		fmt.Fprintf(b, "| %s | %s | %d | %s |\n", s.Verdict, strings.Join(s.features, ", "), s.explains, cell(s.Evidence))
	}
}

// cell makes the first piece of evidence fit into a table.
func cell(evidence []string) string {
	if len(evidence) == 0 {
		return ""
	}
	text := strings.ReplaceAll(strings.ReplaceAll(evidence[0], "\n", " "), "|", `\|`)
	if r := []rune(text); len(r) > 200 {
		text = string(r[:200]) + " ..."
	}
	return text
}

// worstPairs lists pairs that come out badly more often than both of their features do.
func worstPairs(b *strings.Builder, features map[string]*tally, pairs map[[2]string]*tally) {
	type row struct {
		pair       [2]string
		t          *tally
		bad, worse float64
	}
	var rows []row
	plain := grammar.Plainest()
	for p, t := range pairs {
		if t.all < 4 || plain[p[0]] || plain[p[1]] {
			continue
		}
		bad := t.share(bad...)
		worse := bad - max(features[p[0]].share(judge.Wrong, judge.Silent, judge.False), features[p[1]].share(judge.Wrong, judge.Silent, judge.False))
		rows = append(rows, row{p, t, bad, worse})
	}
	slices.SortFunc(rows, func(x, y row) int {
		return cmp.Or(cmp.Compare(y.worse, x.worse), cmp.Compare(y.t.all, x.t.all), cmp.Compare(x.pair[0]+x.pair[1], y.pair[0]+y.pair[1]))
	})
	b.WriteString("\n### Worst pairs\n\nPairs in at least four programs that come out badly more often than either feature does.\n\n" + heads("pair"))
	for _, r := range rows[:min(30, len(rows))] {
		b.WriteString(r.t.row(r.pair[0] + " + " + r.pair[1]))
	}
}

// begins is the line before a section.
func begins(name string) string { return fmt.Sprintf("<!-- %s: go run ./bench/truth -->\n", name) }

// replaceSection writes one section of a Markdown file, and leaves the others as they are.
func replaceSection(file, name, text string) error {
	begin, end := begins(name), fmt.Sprintf("<!-- end of %s -->\n", name)
	data, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	before, rest, found := strings.Cut(string(data), begin)
	_, after, closed := strings.Cut(rest, end)
	if found && !closed {
		return fmt.Errorf("%s: %q is not followed by %q", file, strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	if !found {
		before, after = string(data), ""
		if before == "" {
			before = "# Truth\n"
		}
		before = strings.TrimRight(before, "\n") + "\n\n## " + strings.ToUpper(name[:1]) + name[1:] + "\n\n"
	}
	return os.WriteFile(file, []byte(before+begin+"\n"+text+"\n"+end+after), 0o666)
}
