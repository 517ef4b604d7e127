package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Summary writes the closing lines of a run: what was fixed and what was not,
// what could not be analysed, and how many findings there are. A run without
// any of these writes nothing.
func Summary(w io.Writer, r Report) error {
	var b strings.Builder
	for _, p := range r.Problems {
		switch {
		case p.Follows:
		case p.Pos != "":
			fmt.Fprintf(&b, "%s: %s\n", Line(p.Pos), Escape(p.Message))
		case p.Package != "":
			fmt.Fprintf(&b, "%s: %s\n", Line(p.Package), Escape(p.Message))
		default:
			fmt.Fprintf(&b, "%s\n", Escape(p.Message))
		}
	}
	b.WriteString(r.consequences())
	for _, u := range r.Unsolved {
		fmt.Fprintf(&b, "%s\n", Line(u))
	}
	for _, u := range r.Unchecked {
		fmt.Fprintf(&b, "%s: not checked: %s\n", Line(u.Name), Line(u.Reason))
	}
	for _, s := range r.Skipped {
		place := Line(s.Name)
		if s.Line > 0 {
			place = fmt.Sprintf("%s:%d:%d", place, s.Line, s.Column)
		}
		if place != "" {
			place += ": "
		}
		fmt.Fprintf(&b, "%snot fixed (%s): %s\n", place, s.Code, Line(s.Reason))
	}
	b.WriteString(r.applied())
	for _, c := range r.Checks {
		fmt.Fprintf(&b, "%s\n", Line(c.text()))
	}
	b.WriteString(r.count())
	b.WriteString(r.incomplete())
	_, err := io.WriteString(w, b.String())
	return err
}

// text names the first places only: they tell where to begin.
func (c Check) text() string {
	const most = 5
	var names []string
	for _, p := range c.Places[:min(most, len(c.Places))] {
		names = append(names, fmt.Sprintf("%s:%d", p.Name, p.Line))
	}
	where := strings.Join(names, ", ")
	if n := len(c.Places) - most; n > 0 {
		where += " and " + count(n, "more place", "more places")
	}
	return fmt.Sprintf("check %s at %s: %s", c.Subject, where, c.Why)
}

// consequences counts the problems that follow from packages that are missing.
func (r Report) consequences() string {
	n := 0
	packages := map[string]bool{}
	for _, p := range r.Problems {
		if p.Follows {
			n++
			packages[p.Package] = true
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s in %s %s from what is missing; run go mod download, or go mod tidy if go.mod or go.sum lacks something\n",
		count(n, "more error", "more errors"), count(len(packages), "package", "packages"), choose(n, "follows", "follow"))
}

func (r Report) applied() string {
	if !r.Wrote || r.AppliedFixes == 0 && len(r.Skipped) == 0 {
		return ""
	}
	text := "applied nothing"
	if r.AppliedFixes > 0 {
		text = "applied " + r.fixes()
	}
	if len(r.Skipped) > 0 {
		text += fmt.Sprintf(", skipped %d: %s", len(r.Skipped), r.codes())
	}
	return text + "\n"
}

func (r Report) fixes() string {
	return count(r.AppliedFixes, "fix", "fixes") + " in " + count(r.AppliedFiles, "file", "files")
}

// codes counts what was skipped by code, the most frequent first.
func (r Report) codes() string {
	counts := map[string]int{}
	for _, s := range r.Skipped {
		counts[s.Code]++
	}
	codes := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for i, code := range codes {
		codes[i] = fmt.Sprintf("%d %s", counts[code], code)
	}
	return strings.Join(codes, ", ")
}

func (r Report) count() string {
	if len(r.Findings) == 0 {
		return ""
	}
	files := map[string]bool{}
	fixable, review := 0, 0
	for _, f := range r.Findings {
		files[f.Path] = true
		if f.Fixable {
			fixable++
		}
		if f.Review {
			review++
		}
	}
	text := count(len(r.Findings), "finding", "findings")
	if r.Wrote {
		text += " left"
	}
	text += " in " + count(len(files), "file", "files")
	if !r.Wrote {
		text += fmt.Sprintf(", %d can be fixed with -fix", fixable)
		// Several findings may be of one fix: that is what -fix counts.
		if r.AppliedFixes > 0 {
			text += " (" + r.fixes() + ")"
		}
	}
	if review > 0 {
		text += fmt.Sprintf(", %s a review (-fix -unsafe)", count(review, "needs", "need"))
	}
	return text + "\n"
}

// incomplete names what was not analysed, and what to do next.
func (r Report) incomplete() string {
	var b strings.Builder
	if len(r.Problems) > 0 {
		var names []string
		seen := map[string]bool{}
		for _, p := range r.Problems {
			if p.Package != "" && !seen[p.Package] {
				seen[p.Package] = true
				names = append(names, Line(p.Package))
			}
		}
		if len(names) > 0 {
			advice := "make the code compile and run again"
			switch other := func(p Problem) bool { return !p.Missing && !p.Follows && !p.Unread }; {
			case slices.ContainsFunc(r.Problems, other):
			case slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Unread }):
				advice = "make the files above such that they can be read, and run again"
			default:
				advice = "run go mod download, or go mod tidy, and run again"
			}
			fmt.Fprintf(&b, "incomplete: %s could not be analysed as a whole: %s; %s\n",
				count(len(names), "package", "packages"), strings.Join(names, ", "), advice)
		}
	}
	if n := r.Uses; n > 0 {
		fmt.Fprintf(&b, "incomplete: %s of HTTP could not be followed; look at the lines above that are not findings\n", count(n, "use", "uses"))
	}
	unbuilt, other := 0, 0
	for _, u := range r.Unchecked {
		if u.Unbuilt {
			unbuilt++
		} else {
			other++
		}
	}
	if unbuilt > 0 {
		fmt.Fprintf(&b, "incomplete: %s not checked; run again with the -tags, GOOS or GOARCH that builds %s\n",
			count(unbuilt, "file was", "files were"), choose(unbuilt, "it", "them"))
	}
	if other > 0 {
		fmt.Fprintf(&b, "incomplete: %s not checked, for the %s above\n", count(other, "file was", "files were"), choose(other, "reason", "reasons"))
	}
	return b.String()
}

func count(n int, one, many string) string { return fmt.Sprintf("%d %s", n, choose(n, one, many)) }

func choose(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
