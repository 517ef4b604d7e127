package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// The marks around the table in a file.
const begin, end = "<!-- requests of clients: go run ./bench/openapi -->\n", "<!-- end of requests of clients -->\n"

// The columns of the table.
const (
	colClient = iota
	colCommit
	colKnown
	colOperations
	colSolved
	colRecall
	colRequests
	colRight
	colWrong
	colPrecision
	colLeft
	colSeconds
	colMemory
	colStoppers
	columns
)

const header = "| client | commit | what is known | operations | solved | recall | requests | right | wrong | precision | left out | CPU s | MB | what stops it most |\n" +
	"|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n"

const leftOut = "Left out of "

// A table has a row for each client, and for some a line that names what is left out.
type table struct {
	rows  [][columns]string
	notes []string
}

// readTable reads the table between its marks in a file; an empty one if there is none.
func readTable(file string) (table, error) {
	var t table
	data, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return t, err
	}
	_, rest, _ := strings.Cut(string(data), begin)
	section, _, _ := strings.Cut(rest, end)
	for line := range strings.Lines(section) {
		line = strings.TrimSpace(line)
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if strings.HasPrefix(line, leftOut) {
			t.notes = append(t.notes, line)
		}
		if len(cells) != columns || strings.HasPrefix(line, "| client") || strings.HasPrefix(line, "|---") || strings.HasPrefix(line, "| **all**") {
			continue
		}
		var row [columns]string
		for i, cell := range cells {
			row[i] = strings.TrimSpace(cell)
		}
		t.rows = append(t.rows, row)
	}
	return t, nil
}

// put takes a result into the table, in the place of an earlier one.
func (t *table) put(r *result) {
	n := strconv.Itoa
	row := [columns]string{r.Name, fmt.Sprintf("%.10s", r.Commit), r.about(), n(r.methods), n(r.solved), percent(r.solved, r.methods),
		n(r.pairs), n(r.right), n(r.wrong), percent(r.right, r.right+r.wrong), n(len(r.left)), fmt.Sprintf("%.1f", r.seconds), n(int(r.bytes >> 20)),
		strings.ReplaceAll(strings.Join(r.commonest(2), "; "), "|", "/")}
	t.rows = slices.DeleteFunc(t.rows, func(have [columns]string) bool { return have[colClient] == r.Name })
	t.rows = append(t.rows, row)
	slices.SortFunc(t.rows, func(a, b [columns]string) int { return strings.Compare(a[colClient], b[colClient]) })
	t.notes = slices.DeleteFunc(t.notes, func(line string) bool { return strings.HasPrefix(line, leftOut+r.Name+",") })
	if len(r.left) > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%s%s, because nothing describes them: %s.", leftOut, r.Name, strings.Join(r.left, ", ")))
	}
	slices.Sort(t.notes)
}

// String is the table in Markdown, with sums and the client of which least is solved.
func (t table) String() string {
	var b strings.Builder
	b.WriteString(header)
	var sums [columns]int
	seconds := 0.0
	worst, least := "", 2.0
	for _, row := range t.rows {
		b.WriteString("| " + strings.Join(row[:], " | ") + " |\n")
		for i, cell := range row {
			n, _ := strconv.Atoi(cell) // texts count nothing
			sums[i] += n
		}
		s, _ := strconv.ParseFloat(row[colSeconds], 64)
		seconds += s
		solved, _ := strconv.ParseFloat(row[colSolved], 64)
		all, _ := strconv.ParseFloat(row[colOperations], 64)
		if share := solved / max(all, 1); share < least {
			worst, least = row[colClient], share
		}
	}
	fmt.Fprintf(&b, "| **all** | | | %d | %d | %s | %d | %d | %d | %s | %d | %.1f | | |\n", sums[colOperations], sums[colSolved], percent(sums[colSolved], sums[colOperations]),
		sums[colRequests], sums[colRight], sums[colWrong], percent(sums[colRight], sums[colRight]+sums[colWrong]), sums[colLeft], seconds)
	fmt.Fprintf(&b, "\nThe worst is %s.\n", worst)
	for _, line := range t.notes {
		fmt.Fprintf(&b, "\n%s\n", line)
	}
	return b.String()
}

// about says where the truth comes from.
func (r *result) about() string {
	text := map[string]string{"comments": "its own comments", "list": "its own list"}[r.Truth.Kind]
	if text == "" {
		text = strings.TrimSpace(cmp.Or(r.Truth.Repository, "its own description") + " " + fmt.Sprintf("%.10s", r.Truth.Commit))
	}
	return text
}

func percent(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}

// commonest lists the reasons why most operations are not solved.
func (r *result) commonest(n int) []string {
	reasons := make([]string, 0, len(r.stoppers))
	for reason := range r.stoppers {
		reasons = append(reasons, reason)
	}
	slices.SortFunc(reasons, func(a, b string) int {
		return cmp.Or(cmp.Compare(r.stoppers[b], r.stoppers[a]), cmp.Compare(a, b))
	})
	var out []string
	for _, reason := range reasons[:min(n, len(reasons))] {
		out = append(out, fmt.Sprintf("%s (%d)", reason, r.stoppers[reason]))
	}
	return out
}

// write puts the table between its marks in a file, or at its end.
func (t table) write(file string) error {
	data, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, closed := strings.Cut(rest, end)
	if ok && !closed {
		return fmt.Errorf("%s: %q has no end", file, strings.TrimSpace(begin))
	}
	if !ok && before != "" {
		before += "\n"
	}
	return os.WriteFile(file, []byte(before+begin+"\n"+t.String()+"\n"+end+after), 0o666)
}
