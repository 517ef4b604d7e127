package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// list is what the comparison needs of orbitmigrate requests -json.
type list struct {
	Requests []struct {
		Method string
		Parts  []struct{ Of, Text, Hole, Reason, Posn string }
		Calls  [][]struct{ Func string }
	}
	Unsolved []struct{ Posn, Reason string }
}

// A result is what the comparison of one client gives.
type result struct {
	subject
	methods  int      // operations of the client that count
	solved   int      // of these
	pairs    int      // different methods and paths, by operation
	right    int      // of these
	wrong    int      // of these: no operation of the description is like it
	left     []string // operations that the description lacks
	missed   []string // operations that are not solved, with why
	invented []string // pairs that are wrong
	stoppers map[string]int
	seconds  float64 // of CPU
	bytes    int64
}

// run lists the requests of a client and measures what that takes.
func run(ctx context.Context, tool string, s subject) (*list, float64, int64, error) {
	args := append([]string{"requests", "-json", "-test=false", "-C", s.dir}, s.Packages...)
	cmd := exec.CommandContext(ctx, tool, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		return nil, 0, 0, fmt.Errorf("%s: %v: %s", s.Name, err, &errs)
	}
	var l list
	if err := json.Unmarshal(out.Bytes(), &l); err != nil {
		return nil, 0, 0, fmt.Errorf("%s: the list cannot be read: %v: %s", s.Name, err, &errs)
	}
	state := cmd.ProcessState
	return &l, (state.UserTime() + state.SystemTime()).Seconds(), maxResident(state), nil
}

// maxLeft is how many operations of a client may be left out because its description lacks
// them, in percent.
const maxLeft = 3

// compareClient compares what is listed for a client with what is known.
func compareClient(c *client, known *truth, l *list, s subject) *result {
	r := &result{subject: s, stoppers: map[string]int{}}
	made := map[string][]request{} // by full name of a function that leads to them
	for _, q := range l.Requests {
		req := request{method: q.Method, reasons: map[string]string{}}
		url, method := "", ""
		for _, p := range q.Parts {
			text := p.Text
			if p.Hole != "" {
				text = hole
				req.reasons[p.Reason] = p.Posn
			}
			if p.Of == "method" {
				method += text
			} else {
				url += text
			}
		}
		req.method, req.path = method, pathOf(url)
		req.text = method + " /" + strings.ReplaceAll(strings.Join(req.path, "/"), hole, "{}")
		seen := map[string]bool{}
		for _, calls := range q.Calls {
			for _, call := range calls {
				if !seen[call.Func] {
					seen[call.Func] = true
					made[call.Func] = append(made[call.Func], req)
				}
			}
		}
	}
	bases := [][]string{nil}
	for _, b := range s.Bases {
		bases = append(bases, segments(b))
	}
	all := c.operations()
	for _, f := range all {
		operations := known.operations
		if known.of != nil {
			operations = known.of[f.short]
		}
		if len(operations) == 0 || slices.Contains(s.Lacks, f.short) {
			if 100*(len(r.left)+1) <= maxLeft*len(all) {
				r.left = append(r.left, f.short)
				continue
			}
			operations = known.operations // more than that count as any other
		}
		r.methods++
		verdicts := map[string]verdict{}
		reason := ""
		for _, req := range made[f.name] {
			if _, ok := verdicts[req.text]; ok {
				continue
			}
			v := judge(req, operations, bases)
			verdicts[req.text] = v
			r.pairs++
			switch v {
			case right:
				r.right++
			case wrong:
				r.wrong++
				r.invented = append(r.invented, f.short+": "+req.text)
			default:
				for _, why := range slices.Sorted(maps.Keys(req.reasons)) {
					reason = cmp.Or(reason, why)
				}
			}
		}
		solved := len(verdicts) > 0
		for _, v := range verdicts {
			solved = solved && v == right
		}
		if known.of != nil {
			for _, o := range operations { // each of them has to be among the requests
				solved = solved && slices.ContainsFunc(made[f.name], func(q request) bool { return judge(q, []operation{o}, bases) == right })
			}
		}
		if solved {
			r.solved++
			continue
		}
		switch {
		case reason != "":
		case len(verdicts) > 0:
			reason = "the request is another one"
		case len(l.Unsolved) > 0:
			reason = l.Unsolved[0].Reason
		default:
			reason = "it is not listed"
		}
		r.stoppers[general(reason)]++
		r.missed = append(r.missed, f.short+": "+reason)
	}
	return r
}

// general is a reason without the names in it.
func general(reason string) string {
	for _, cut := range []string{"it is an argument of ", "it is returned by ", "the variable ", "the field ", "the constant ", "nobody in sight calls "} {
		if rest, ok := strings.CutPrefix(reason, cut); ok {
			if _, after, ok := strings.Cut(rest, " "); ok {
				return cut + "X " + after
			}
			return cut + "X"
		}
	}
	return reason
}

// truthOf reads what is known about the API of a client.
func truthOf(c *client, s subject, descriptions string) (*truth, error) {
	switch s.Truth.Kind {
	case "comments":
		return fromComments(c), nil
	case "list":
		return fromList(filepath.Join(s.dir, s.Truth.Files[0]))
	}
	var files []string
	for _, f := range s.Truth.Files {
		if s.Truth.Repository == "" {
			files = append(files, filepath.Join(s.root, filepath.FromSlash(f)))
		} else {
			files = append(files, filepath.Join(descriptions, strings.ReplaceAll(s.Truth.Repository, "/", "+"), filepath.FromSlash(f)))
		}
	}
	return description(files)
}
