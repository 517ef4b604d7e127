package driver

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"go/token"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// parseRequestFlags reads the command line of orbitmigrate requests, without that word. All
// errors are usage errors.
func parseRequestFlags(args []string) (*config, error) {
	c := &config{requests: true, context: -1}
	var dir string
	fs := newRequestFlagSet(c, &dir)
	if err := parse(fs, args, "requests"); err != nil {
		return nil, err
	}
	if c.help {
		return c, nil
	}
	return c, c.settle(fs, args, dir)
}

func newRequestFlagSet(c *config, dir *string) *flag.FlagSet {
	fs := emptyFlagSet("orbitmigrate requests")
	commonFlags(fs, c, dir)
	fs.BoolVar(&c.json, "json", false, "print the list as JSON")
	fs.BoolVar(&c.deps, "deps", false, "add the modules among the dependencies that send v1 of the API")
	return fs
}

// listRequests is the subcommand that says what the packages send.
func (s *session) listRequests(ctx context.Context, stdout io.Writer) (int, error) {
	list, err := s.survey(ctx)
	if err != nil {
		return 0, err
	}
	s.files.Prepare(ctx)
	named := s.namedIn(list)
	if len(named) == 0 {
		return 0, fmt.Errorf("the patterns name no package")
	}
	isNamed := func(path string) bool { return named[strings.TrimSuffix(path, "_test")] || named[path] }
	start := seed{whole: append(slices.Sorted(maps.Keys(named)), locals(list, isNamed)...), parts: look{}, focus: isNamed}
	var spelling []string
	if s.deps {
		spelling = evidence(list)
		start.whole = append(start.whole, spelling...)
	}
	prog, err := s.demand(ctx, list, start)
	if err != nil {
		return 0, err
	}
	done := s.stage("solve")
	found := &analyzer.Requests{}
	if err := fault.Catch(func() { found = prog.checker.Requests(isNamed) }); err != nil {
		prog.problems = append(prog.problems, report.Problem{Message: err.Error()})
	}
	done("%s", count(len(found.Requests), "request"))
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	out := report.Requests{}
	for _, r := range found.Requests {
		if r.Dependency == "" && (s.tests || !r.Test) {
			out.Requests = append(out.Requests, s.request(r))
		}
	}
	for _, u := range found.Unsolved {
		out.Unsolved = append(out.Unsolved, report.Unfollowed{At: s.spot(u.Pos), Reason: u.Reason})
	}
	if s.deps {
		inside := &analyzer.Requests{}
		ofDependency := func(path string) bool { return slices.Contains(spelling, path) }
		if err := fault.Catch(func() { inside = prog.checker.Requests(ofDependency) }); err != nil {
			prog.problems = append(prog.problems, report.Problem{Message: err.Error()})
		}
		out.Modules = s.modules(list, spelling, inside)
	}
	s.progress.clear()
	if s.json {
		err = report.RequestsJSON(stdout, out)
	} else {
		err = report.RequestsText(stdout, s.stderr, out)
	}
	if err != nil {
		return 0, fmt.Errorf("writing the report: %w", err)
	}
	var rest report.Report
	for _, p := range prog.problems {
		p.Pos = s.place(p.Pos)
		rest.Problems = append(rest.Problems, p)
	}
	// If the summary cannot be written there is nowhere left to say so.
	_ = report.Summary(s.stderr, rest)
	if len(prog.problems) > 0 || len(found.Unsolved) > 0 {
		return exitFailed, nil
	}
	return exitClean, nil
}

// locals lists the import paths of packages that are worked on and that named ones import,
// directly or not, and that are not named themselves: what they send is what those call.
func locals(list *workspace.Listing, named func(path string) bool) []string {
	var out []string
	seen := map[*packages.Package]bool{}
	var visit func(p *packages.Package)
	visit = func(p *packages.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		if path := workspace.ListPath(p); workspace.IsLocal(p) && !named(path) {
			out = append(out, path)
		}
		for _, imp := range p.Imports {
			visit(imp)
		}
	}
	for _, p := range list.All() {
		if named(workspace.ListPath(p)) {
			visit(p)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// modules says which of the dependencies with packages that spell a base of the API send v1.
func (s *session) modules(list *workspace.Listing, spelling []string, found *analyzer.Requests) []report.Module {
	out := []report.Module{}
	at := map[string]int{}
	for _, path := range spelling {
		p := list.Largest(path)
		if p == nil || p.Module == nil {
			continue
		}
		name := strings.TrimSuffix(p.Module.Path+"@"+p.Module.Version, "@")
		if _, ok := at[name]; !ok {
			at[name] = len(out)
			out = append(out, report.Module{Module: name})
		}
		out[at[name]].Spells = append(out[at[name]].Spells, path)
	}
	for _, r := range found.Requests {
		if i, ok := at[r.Dependency]; ok && r.V1 {
			out[i].Requests = append(out[i].Requests, s.request(r))
		}
	}
	slices.SortFunc(out, func(a, b report.Module) int { return cmp.Compare(a.Module, b.Module) })
	return out
}

func (s *session) spot(pos token.Position) report.Place {
	if pos.Line == 0 {
		return report.Place{}
	}
	return report.Place{Path: pos.Filename, Name: s.name(pos.Filename), Line: pos.Line, Column: pos.Column}
}

// request is a request as the report takes it.
func (s *session) request(r analyzer.Request) report.Request {
	out := report.Request{Method: r.Method, URL: r.URL, Sink: r.Sink, Package: r.Package, At: s.spot(r.Pos), Test: r.Test}
	for _, p := range r.Parts {
		part := report.RequestPart{Of: "url", Text: p.Text, Hole: p.Hole, Reason: p.Reason, At: s.spot(p.Pos)}
		if p.InMethod {
			part.Of = "method"
		}
		for _, h := range p.Via {
			part.Via = append(part.Via, report.RequestHop{Kind: h.Kind, Name: h.Name, Func: h.Func, At: s.spot(h.Pos)})
		}
		out.Parts = append(out.Parts, part)
	}
	for _, calls := range r.Calls {
		var list []report.RequestCall
		for _, c := range calls {
			list = append(list, report.RequestCall{Func: c.Func, Name: c.Name, At: s.spot(c.Pos)})
		}
		out.Calls = append(out.Calls, list)
	}
	return out
}
