package judge

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The program of most tests: what it prints is its two literals, the first of which should become "b", while the second
// has to stay.
const before = `package p

var path = "a"

var other = "o"
`

func TestJudge(t *testing.T) {
	fix := Expectation{
		Class:    Fix,
		Lines:    []Line{{Before: "a", After: "b"}, {Before: "o", After: "o"}},
		Literals: []Literal{{File: "p.go", Index: 0, Text: `"a"`, Due: Change}, {File: "p.go", Index: 1, Text: `"o"`, Due: Stay}},
	}
	keep := Expectation{
		Class:    Keep,
		Lines:    []Line{{Before: "a", After: "a"}},
		Literals: []Literal{{File: "p.go", Index: 0, Text: `"a"`, Due: Stay}, {File: "p.go", Index: 1, Text: `"o"`, Due: Free}},
	}
	argued := keep
	argued.Literals = []Literal{{File: "p.go", Index: 0, Text: `"a"`, Due: Argued}}
	report := Expectation{
		Class:    Report,
		Lines:    []Line{{Before: "a", After: "b", Free: true}},
		Literals: []Literal{{File: "p.go", Index: 0, Text: `"a"`, Due: Fixed}, {File: "p.go", Index: 1, Text: `"o"`, Due: Fixed}},
		Spoken:   [][]int{{0, 1}},
	}
	free := report
	free.Literals = []Literal{{File: "p.go", Index: 0, Text: `"a"`, Due: Free}, {File: "p.go", Index: 1, Text: `"o"`, Due: Fixed}}
	moved, all := strings.Replace(before, `"a"`, `"b"`, 1), strings.NewReplacer(`"a"`, `"b"`, `"o"`, `"p"`).Replace(before)
	// A constant of its own before the literal moves everything down.
	inserted := strings.Replace(moved, "var path", "const more = 1\n\nvar path", 1)
	for _, test := range []struct {
		name     string
		expect   Expectation
		after    string
		findings []int // lines
		old, new Run
		want     Verdict
	}{
		{"changed", fix, moved, nil, lines("a", "o"), lines("b", "o"), Made},
		{"changed, with a declaration more", fix, inserted, nil, lines("a", "o"), lines("b", "o"), Made},
		{"said", fix, before, []int{3}, lines("a", "o"), lines("a", "o"), Said},
		{"said elsewhere", fix, before, []int{4}, lines("a", "o"), lines("a", "o"), Silent},
		{"nothing", fix, before, nil, lines("a", "o"), lines("a", "o"), Silent},
		{"too much", fix, all, nil, lines("a", "o"), lines("b", "p"), Wrong},
		{"text that stays moved and nobody sees it", fix, all, nil, lines("a", "o"), lines("b", "o"), Wrong},
		{"does something else", fix, moved, nil, lines("a", "o"), lines("c", "o"), Wrong},
		{"does less", fix, moved, nil, lines("a", "o"), lines("b"), Wrong},
		{"does more", fix, moved, nil, lines("a", "o"), lines("b", "o", "o"), Wrong},
		{"fails", fix, moved, nil, lines("a", "o"), Run{Failed: "its tests fail"}, Wrong},
		{"a word too much", fix, moved, []int{5}, lines("a", "o"), lines("b", "o"), False},
		{"a word on a line of nothing", fix, moved, []int{1}, lines("a", "o"), lines("b", "o"), Made},
		{"does not do what is said", fix, moved, nil, lines("a"), lines("b"), Error},
		{"does not run", fix, moved, nil, Run{Failed: "it does not build"}, lines("b"), Error},
		{"kept", keep, before, nil, lines("a"), lines("a"), Kept},
		{"kept with a free literal changed", keep, strings.Replace(before, `"o"`, `"p"`, 1), nil, lines("a"), lines("a"), Kept},
		{"found where nothing is", keep, before, []int{3}, lines("a"), lines("a"), False},
		{"found where there is no literal", keep, before, []int{1}, lines("a"), lines("a"), False},
		{"changed where nothing is", keep, moved, nil, lines("a"), lines("a"), Wrong},
		{"an argument", argued, before, []int{3}, lines("a"), lines("a"), Arguable},
		{"an argument that changes text", argued, moved, nil, lines("a"), lines("b"), Wrong},
		{"spoken of", report, before, []int{5}, lines("a"), lines("a"), Said},
		{"not spoken of", report, before, nil, lines("a"), lines("a"), Silent},
		{"spoken of where it is made", report, before, []int{1}, lines("a"), lines("a"), Said},
		{"moved although it should only be spoken of", report, moved, nil, lines("a"), lines("b"), Wrong},
		{"made although nobody has to", free, moved, nil, lines("a"), lines("b"), Said},
	} {
		in := Input{Before: map[string][]byte{"p.go": []byte(before)}, After: map[string][]byte{"p.go": []byte(test.after)},
			Old: test.old, New: test.new, Expect: test.expect}
		for _, line := range test.findings {
			in.Findings = append(in.Findings, Finding{File: "p.go", Line: line, Message: "here"})
		}
		got := Judge(in)
		for range 5 {
			if again := Judge(in); !reflect.DeepEqual(got, again) {
				t.Errorf("%s: judged as %v, then as %v", test.name, got, again)
			}
		}
		if got.Verdict != test.want {
			t.Errorf("%s: %s, want %s: %q", test.name, got.Verdict, test.want, got.Evidence)
		}
		if calm := got.Verdict == Made || got.Verdict == Kept; calm != (len(got.Evidence) == 0) {
			t.Errorf("%s: %s with evidence %q", test.name, got.Verdict, got.Evidence)
		}
	}
}

func lines(l ...string) Run { return Run{Lines: l} }

// TestSomewhere judges programs whose literals nobody has named.
func TestSomewhere(t *testing.T) {
	e := Expectation{Class: Fix, Lines: []Line{{Before: "a", After: "b"}}, Somewhere: true}
	for _, test := range []struct {
		got     string
		found   bool
		lacking []string
		want    Verdict
	}{
		{"b", false, nil, Made},
		{"b", false, []string{"p.go lacks it"}, Silent},
		{"b", true, []string{"p.go lacks it"}, Said},
		{"a", true, nil, Said},
		{"a", false, nil, Silent},
		{"c", true, nil, Wrong},
	} {
		in := Input{Expect: e, Old: lines("a"), New: lines(test.got)}
		in.Expect.Lacking = test.lacking
		if test.found {
			in.Findings = []Finding{{File: "p.go", Line: 1}}
		}
		if got := Judge(in); got.Verdict != test.want {
			t.Errorf("%+v: %s: %q", test, got.Verdict, got.Evidence)
		}
	}
}

func TestDiffering(t *testing.T) {
	a := map[string][]byte{"p.go": []byte(before), "q.txt": []byte(`"a"`)}
	b := map[string][]byte{"p.go": []byte(strings.Replace(before, `"a"`, `"x" + "a"`, 1)), "q.txt": []byte(`"b"`)}
	var got []Due
	for _, l := range Differing(a, b) {
		got = append(got, l.Due)
	}
	// The first literal is still there, beside a new one.
	if want := []Due{Fixed, Fixed}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	b["p.go"] = []byte(strings.Replace(before, `"a"`, `"b"`, 1))
	if got := Differing(a, b); got[0].Due != Change || got[1].Due != Fixed || len(got) != 2 {
		t.Errorf("got %v", got)
	}
}
