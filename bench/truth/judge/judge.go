// Package judge says what a migration of a program was worth, from what the program did before and after and from
// what was found in it. It knows nothing of how the tool that migrated works: in go two trees of files, the findings
// that are left, the lines of both runs and what was expected; out comes one verdict with its evidence.
package judge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Verdict is what the migration of one program was worth.
type Verdict string

// The verdicts, worst first. A program has the worst one that holds.
const (
	Error  Verdict = "error"  // the program does not do before the migration what it is said to do: a fault of the test
	Wrong  Verdict = "wrong"  // it does what is neither old nor right, no longer builds or passes, or text that must stay moved
	Silent Verdict = "silent" // text that has to change, or to be spoken of, is as it was and nothing is said on its line
	False  Verdict = "false"  // a finding or a change where nothing is due
	Said   Verdict = "said"   // not changed, or not wholly, and each such place is named
	// Arguable is a finding where nothing is due, on text that spells v1 of the vendor for a host that nobody names, as
	// requests to and routes of the program's own server do: to speak of it is worth an argument, to change it is wrong.
	Arguable Verdict = "arguable"
	Made     Verdict = "made" // all that should change has changed
	Kept     Verdict = "kept" // nothing was due, and nothing was done or said
)

// Verdicts lists all verdicts, worst first.
var Verdicts = []Verdict{Error, Wrong, Silent, False, Said, Arguable, Made, Kept}

// A Class says what is due in a program.
type Class string

// The classes.
const (
	Fix    Class = "fix"    // everything that should change can be changed where it stands
	Mixed  Class = "mixed"  // some can, and some has to be spoken of or needs more than a change of literals
	Report Class = "report" // nothing can be changed, and it has to be spoken of
	Keep   Class = "keep"   // nothing is due
)

// A Due says what has to become of one literal.
type Due int

// What has to become of a literal.
const (
	Free   Due = iota // whatever the tool thinks best, as of text that nobody reads
	Stay              // it has to stay, and a finding on its line is out of place
	Change            // it has to change, or to have a finding on its line
	Fixed             // it has to stay, and a finding on its line is not out of place
	Argued            // it has to stay, and a finding on its line is arguable
)

// A Literal is a token of a Go file of the tree before the migration.
type Literal struct {
	File  string // slash-separated, relative to the tree
	Index int    // counts the literals of the file (strings, runes and numbers) from 0
	Text  string // for people
	Due   Due
}

// A Line is one line that the program prints, or one request that it makes.
type Line struct {
	Before, After string
	Free          bool // either is right
}

// An Expectation says what is right.
type Expectation struct {
	Class     Class
	Lines     []Line
	Literals  []Literal
	Spoken    [][]int  // indexes of literals: of each list one has to have changed, or to have a finding on its line
	Somewhere bool     // the literals are not known: that something is found anywhere is enough
	Lacking   []string // text that should be there afterwards and is not
}

// A Finding is what a tool left for people to read, at a place in the tree after the migration.
type Finding struct {
	File    string // slash-separated, relative to the tree
	Line    int    // from 1
	Message string
}

// A Run is what one execution of a program showed.
type Run struct {
	Lines  []string
	Failed string // why it did not build, run to its end or pass its tests, if so
}

// An Input is all that a verdict depends on.
type Input struct {
	Before, After map[string][]byte // files by slash-separated name
	Findings      []Finding
	Old, New      Run // of the tree before and after
	Expect        Expectation
}

// An Outcome is a verdict and what speaks for it.
type Outcome struct {
	Verdict  Verdict
	Evidence []string // the worst first, one sentence each
	Due, Did int      // lines that should change, and that did
}

// Judge returns the worst verdict that holds of a program.
func Judge(in Input) Outcome {
	j := &judgement{in: in, places: map[string]*alignment{}}
	if j.errors(); len(j.found[Error]) == 0 {
		j.behaviour()
		j.literals()
		j.findings()
	}
	return j.outcome()
}

type judgement struct {
	in       Input
	places   map[string]*alignment
	found    map[Verdict][]string
	due, did int
}

func (j *judgement) say(v Verdict, format string, args ...any) {
	if j.found == nil {
		j.found = map[Verdict][]string{}
	}
	j.found[v] = append(j.found[v], fmt.Sprintf(format, args...))
}

func (j *judgement) errors() {
	if j.in.Old.Failed != "" {
		j.say(Error, "before the migration: %s", j.in.Old.Failed)
		return
	}
	want := make([]string, len(j.in.Expect.Lines))
	for i, l := range j.in.Expect.Lines {
		want[i] = l.Before
	}
	if d := differ(want, j.in.Old.Lines); d != "" {
		j.say(Error, "before the migration %s", d)
	}
}

// behaviour compares the lines one by one: one place that was missed may not hide another that is wrong.
func (j *judgement) behaviour() {
	if j.in.New.Failed != "" {
		j.say(Wrong, "after the migration: %s", j.in.New.Failed)
	}
	lines := j.in.Expect.Lines
	for i, l := range lines {
		moves := l.Before != l.After && !l.Free
		if moves {
			j.due++
		}
		if i >= len(j.in.New.Lines) {
			break
		}
		switch got := j.in.New.Lines[i]; {
		case got == l.After:
			if moves {
				j.did++
			}
		case got != l.Before:
			j.say(Wrong, "line %d is %q, not %q as before or %q", i+1, got, l.Before, l.After)
		}
	}
	if j.in.New.Failed == "" && len(j.in.New.Lines) != len(lines) {
		j.say(Wrong, "there are %d lines after the migration instead of %d", len(j.in.New.Lines), len(lines))
	}
	if j.did < j.due && j.in.New.Failed == "" {
		j.say(Said, "%d of %d lines that should change did not", j.due-j.did, j.due)
	}
}

func (j *judgement) literals() {
	for _, l := range j.in.Expect.Literals {
		switch changed := j.changed(l); {
		case (l.Due == Stay || l.Due == Fixed || l.Due == Argued) && changed:
			j.say(Wrong, "%s: %s has to stay and was changed", l.File, l.Text)
		case l.Due != Change || changed:
		case j.named(l):
			j.say(Said, "%s: %s is left for people", l.File, l.Text)
		default:
			j.say(Silent, "%s: %s is as it was, and nothing is said on its line", l.File, l.Text)
		}
	}
	at := j.spots()
	general := slices.ContainsFunc(j.in.Findings, func(f Finding) bool {
		_, known := at[spot{f.File, f.Line}]
		return !known
	})
	for _, group := range j.in.Expect.Spoken {
		heard := func(i int) bool {
			l := j.in.Expect.Literals[i]
			return j.changed(l) || j.named(l)
		}
		if len(group) > 0 && !general && !slices.ContainsFunc(group, heard) {
			var texts []string
			for _, i := range group {
				texts = append(texts, j.in.Expect.Literals[i].Text)
			}
			j.say(Silent, "a request that stays is spoken of at none of %s", strings.Join(texts, ", "))
		}
	}
	if e := j.in.Expect; e.Somewhere && len(j.in.Findings) == 0 && (e.Class == Report || j.did < j.due || len(e.Lacking) > 0) {
		j.say(Silent, "something is due, and nothing is said")
	}
	for _, l := range j.in.Expect.Lacking {
		j.say(Said, "%s", l)
	}
	if j.in.Expect.Class == Report {
		j.say(Said, "it is left for people by right")
	}
}

// A spot is a line of a file after the migration.
type spot struct {
	file string
	line int
}

// spots returns the lines on which the known literals are. The value says what a finding is there: nothing if it is in its
// place, or else False or Arguable.
func (j *judgement) spots() map[spot]Verdict {
	out := map[spot]Verdict{}
	for _, l := range j.in.Expect.Literals {
		v := map[Due]Verdict{Stay: False, Argued: Arguable}[l.Due]
		first, last, ok := j.align(l.File).lines(l.Index)
		for n := first; ok && n <= last; n++ {
			at := spot{l.File, n}
			if have, known := out[at]; !known || have == False || v == "" {
				out[at] = v // what speaks best for a finding on the line
			}
		}
	}
	return out
}

// findings looks for what is said or done where nothing is due.
func (j *judgement) findings() {
	spots := j.spots()
	for _, f := range j.in.Findings {
		v, known := spots[spot{f.File, f.Line}]
		switch {
		case v != "":
			j.say(v, "%s:%d: nothing is due, but: %s", f.File, f.Line, f.Message)
		case j.in.Expect.Class == Keep && !known:
			j.say(False, "%s:%d: nothing is due in the program, but: %s", f.File, f.Line, f.Message)
		}
	}
	if j.in.Expect.Class == Keep && len(j.in.Expect.Literals) == 0 {
		for _, name := range slices.Sorted(maps.Keys(j.in.After)) {
			if string(j.in.Before[name]) != string(j.in.After[name]) {
				j.say(False, "%s was changed, but nothing is due", name)
			}
		}
	}
}

func (j *judgement) align(file string) *alignment {
	if j.places[file] == nil {
		j.places[file] = align(j.in.Before[file], j.in.After[file])
	}
	return j.places[file]
}

func (j *judgement) changed(l Literal) bool {
	_, _, same := j.align(l.File).lines(l.Index)
	return !same
}

func (j *judgement) named(l Literal) bool {
	first, last, ok := j.align(l.File).lines(l.Index)
	return ok && slices.ContainsFunc(j.in.Findings, func(f Finding) bool { return f.File == l.File && f.Line >= first && f.Line <= last })
}

func (j *judgement) outcome() Outcome {
	out := Outcome{Due: j.due, Did: j.did}
	for _, v := range Verdicts {
		if out.Evidence = append(out.Evidence, j.found[v]...); len(j.found[v]) > 0 {
			out.Verdict = cmp.Or(out.Verdict, v)
		}
	}
	switch {
	case out.Verdict != "":
	case j.in.Expect.Class == Keep:
		out.Verdict = Kept
	default:
		out.Verdict = Made
	}
	return out
}

// differ says in what two lists of lines differ first.
func differ(want, got []string) string {
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(want):
			return fmt.Sprintf("line %d is %q, and should not be", i+1, got[i])
		case i >= len(got):
			return fmt.Sprintf("line %d is missing: %q", i+1, want[i])
		case want[i] != got[i]:
			return fmt.Sprintf("line %d is %q instead of %q", i+1, strings.TrimSpace(got[i]), want[i])
		}
	}
	return ""
}
