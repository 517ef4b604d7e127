package driver

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"go/token"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

//go:embed manual.txt
var manual string

const maxRounds = 4 // of fixing and analysing again

// A subcommand reads its own command line and does something else than to look for findings.
type subcommand struct {
	parse func(args []string) (*config, error)
	run   func(s *session, ctx context.Context, stdout io.Writer) (int, error)
}

const requestsCommand = "requests"

// subcommands are known by the first argument. A package of that name is ./name .
var subcommands = map[string]subcommand{
	requestsCommand: {parseRequestFlags, (*session).listRequests},
}

// run does what a command line asks for. The interlock is told of what it writes, the hook,
// which may be nil, of what it does. The scratch directory is for what has no other place.
func run(ctx context.Context, args []string, stdout, stderr io.Writer, interlock *fixer.Interlock, hook fault.Hook, scratch string) (int, error) {
	command := subcommand{parseFlags, (*session).run}
	if len(args) > 0 {
		if named, ok := subcommands[args[0]]; ok {
			command, args = named, args[1:]
		}
	}
	c, err := command.parse(args)
	if err != nil {
		return 0, err
	}
	switch {
	case c.help:
		_, err := io.WriteString(stdout, manual+"\n"+analyzer.Doc)
		return exitClean, err
	case c.version:
		_, err := fmt.Fprintln(stdout, version())
		return exitClean, err
	}
	if _, err := analyzer.NewProgram(analyzer.Options{Rules: c.rules}); err != nil {
		return 0, usagef("-rules: %v", err)
	}
	if _, err := analyzer.NewProgram(analyzer.Options{SinkFile: c.sinks}); err != nil {
		return 0, usagef("-sinks: %v", err)
	}
	s := &session{config: c, stderr: stderr, progress: newProgress(stderr), interlock: interlock, hook: hook, scratch: scratch}
	defer s.progress.clear()
	if s.env, err = readGoEnv(ctx, c.dir); err != nil {
		return 0, err
	}
	if err := s.supported(ctx); err != nil {
		return 0, err
	}
	if _, ok := s.env.flag("overlay"); ok && (c.fix || c.diff) {
		return 0, usagef("-fix and -diff cannot be used with -overlay in GOFLAGS (%s): what is analysed is not what is on disk", s.env.GOFLAGS)
	}
	return command.run(s, ctx, stdout)
}

func version() string {
	text := "orbitmigrate (unknown version)"
	if info, ok := debug.ReadBuildInfo(); ok {
		text = "orbitmigrate " + cmp.Or(info.Main.Version, "(devel)")
	}
	return text + " " + runtime.Version()
}

func (s *session) run(ctx context.Context, stdout io.Writer) (int, error) {
	a, err := s.analyse(ctx)
	if err != nil {
		return 0, err
	}
	plan, err := s.settledPlan(ctx, a)
	if err != nil {
		return 0, err
	}
	w := &work{}
	if s.fix && !s.diff {
		a, plan, err = s.write(ctx, a, plan, w)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil && w.fixes > 0 {
		err = &afterWriting{w.fixes, len(w.files), err}
	}
	if err != nil {
		return 0, err
	}
	r := s.report(a, plan, w)
	s.progress.clear()
	if err := s.print(stdout, r, plan); err != nil {
		return 0, fmt.Errorf("writing the report: %w", err)
	}
	return s.exitCode(r, w), nil
}

// work is what became of the fixes of a run.
type work struct {
	fixes  int             // groups that were carried out
	files  map[string]bool // that were written
	failed []report.Skipped
	checks []report.Check // what they leave to be looked at
	err    error          // of the last attempt to write
}

// An afterWriting ends a run that has made some of its fixes.
type afterWriting struct {
	fixes, files int
	err          error
}

func (e *afterWriting) Error() string { return fmt.Sprintf("after %s: %v", e.made(), e.err) }

func (e *afterWriting) Unwrap() error { return e.err }

// made is what has been done, in words.
func (e *afterWriting) made() string {
	fixes := "1 fix"
	if e.fixes > 1 {
		fixes = fmt.Sprintf("%d fixes", e.fixes)
	}
	return fmt.Sprintf("%s in %s", fixes, count(e.files, "file"))
}

// write carries the plan out, and analyses and plans again until there is
// nothing left that could be carried out.
func (s *session) write(ctx context.Context, a *analysis, plan *fixer.Plan, w *work) (*analysis, *fixer.Plan, error) {
	w.files = map[string]bool{}
	fixer.Sweep(s.env.root(s.dir), s.workplaces(a))
	planned := func(outcomes []fixer.Outcome) (n int) {
		for _, o := range outcomes {
			if o.Status == fixer.Applied {
				n++
			}
		}
		return n
	}
	for round := 0; planned(plan.Outcomes()) > 0; round++ {
		if round == maxRounds {
			if len(w.failed) == 0 { // those say what to do
				w.err = fmt.Errorf("after %d rounds of fixing there is still something to fix; run again, and please report it", round)
			}
			break
		}
		before := plan.Outcomes()
		done := s.stage("write")
		outcomes, err := plan.Write(ctx)
		done("%d of %s", planned(outcomes), count(len(outcomes), "group"))
		if ctx.Err() != nil && planned(outcomes) == 0 {
			return nil, nil, ctx.Err()
		}
		w.err, w.failed = err, nil
		w.checks = s.checksOf(w.checks, a, plan, outcomes)
		for i, o := range outcomes {
			switch {
			case o.Status == fixer.Applied:
				w.fixes++
				s.git.wrote(o.Files)
				for _, file := range o.Files {
					w.files[file] = true
				}
			case before[i].Status == fixer.Applied:
				w.failed = append(w.failed, s.skipped(a, o))
			}
		}
		if planned(outcomes) == 0 {
			break
		}
		if a, err = s.analyse(ctx); err != nil {
			return nil, nil, err
		}
		if plan, err = s.settledPlan(ctx, a); err != nil {
			return nil, nil, err
		}
	}
	return a, plan, nil
}

// workplaces returns the directories in which fixes are made, now or in other runs.
func (s *session) workplaces(a *analysis) []string {
	set := map[string]bool{}
	for _, file := range s.files.All() {
		if dir := filepath.Dir(file); s.scope.meansSome(dir) {
			set[dir] = true
		}
	}
	for _, g := range a.groups {
		for _, c := range g.Changes {
			set[filepath.Dir(c.File)] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// skipped says where an outcome belongs.
func (s *session) skipped(a *analysis, o fixer.Outcome) report.Skipped {
	out := report.Skipped{Code: o.Code, Reason: o.Reason}
	for _, f := range a.findings {
		if f.Group == o.Group {
			out.Name, out.Line, out.Column = s.name(f.Pos.Filename), f.Pos.Line, f.Pos.Column
			return out
		}
	}
	if len(o.Files) > 0 {
		out.Name = s.name(o.Files[0])
	}
	return out
}

// report puts together what the run has to say, in plain data.
func (s *session) report(a *analysis, plan *fixer.Plan, w *work) *report.Report {
	r := &report.Report{
		Wrote:        s.fix && !s.diff,
		AppliedFixes: w.fixes,
		AppliedFiles: len(w.files),
		Unchecked:    a.unchecked,
		Checks:       w.checks,
	}
	for _, p := range a.problems {
		if file, _ := splitPos(p.Pos); s.files != nil && file != "" {
			p.Unread = s.files.Err(file) != nil
			// The package of the file is told already.
			r.Unchecked = slices.DeleteFunc(slices.Clone(r.Unchecked), func(u report.Unchecked) bool { return u.Name == s.name(file) })
		}
		p.Pos = s.place(p.Pos)
		r.Problems = append(r.Problems, p)
	}
	uses := map[token.Position]bool{}
	for _, u := range a.unsolved {
		uses[u.Of] = true
		r.Unsolved = append(r.Unsolved, fmt.Sprintf("%s:%d:%d: %s", s.place(u.Pos.Filename), u.Pos.Line, u.Pos.Column, u.Reason))
	}
	r.Uses = len(uses)
	for _, p := range s.odd {
		p.Pos = s.place(p.Pos)
		r.Problems = append(r.Problems, p)
	}
	outcomes := plan.Outcomes()
	if !r.Wrote {
		files := map[string]bool{}
		for _, o := range outcomes {
			if o.Status == fixer.Applied {
				r.AppliedFixes++
				for _, file := range o.Files {
					files[file] = true
				}
			}
		}
		r.AppliedFiles = len(files)
	}
	for _, f := range a.findings {
		out := report.Finding{
			Package: f.Pos.Filename, Path: s.path(f.Pos.Filename), Name: s.name(f.Pos.Filename),
			Line: f.Pos.Line, Column: f.Pos.Column, EndLine: f.End.Line, EndColumn: f.End.Column,
			Rule: f.Rule, Message: f.Message, Old: f.Old, New: f.New,
			Checks: s.addChecks(nil, f.Checks),
		}
		if u := a.unit(f.Pos.Filename); u != nil {
			out.Package = u.path
		}
		if f.Group >= 0 {
			o := outcomes[f.Group]
			out.Message = judged(f, a.groups[f.Group], o).Message
			out.Fixable = o.Status == fixer.Applied
			out.Review = o.Code == "review"
			if out.Fixable && len(o.Files) == 1 && o.Files[0] == f.Pos.Filename {
				for _, c := range a.groups[f.Group].Changes {
					out.Fix = append(out.Fix, report.Edit{Path: s.path(c.File), Start: c.Start, End: c.End, New: c.New})
				}
			}
		}
		r.Findings = append(r.Findings, out)
	}
	if s.diff {
		r.Checks = s.checksOf(nil, a, plan, outcomes)
	}
	if s.fix || s.diff {
		r.Skipped = slices.Clone(w.failed)
		for _, o := range outcomes {
			if o.Status == fixer.Skipped {
				r.Skipped = append(r.Skipped, s.skipped(a, o))
			}
		}
		slices.SortStableFunc(r.Skipped, func(x, y report.Skipped) int {
			return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
		})
		r.Skipped = slices.Compact(r.Skipped)
	}
	if w.err != nil {
		r.Problems = append(r.Problems, report.Problem{Message: w.err.Error()})
	}
	return r
}

// judged is a finding with what has become of its group.
func judged(f analyzer.Finding, g fixer.Group, o fixer.Outcome) analyzer.Finding {
	switch {
	case o.Status == fixer.Applied || o.Code == "review" || o.Code == "manual":
		return f.Judged(g.Applicability, g.Reason)
	}
	return f.Judged(fixer.Manual, o.Reason)
}

// place makes the file name at the start of a text relative.
func (s *session) place(text string) string {
	if rest, ok := strings.CutPrefix(text, s.dir+string(filepath.Separator)); ok {
		return rest
	}
	return text
}

func (s *session) print(stdout io.Writer, r *report.Report, plan *fixer.Plan) error {
	tty := isTerminal(stdout)
	text := report.TextOptions{
		Context: s.context,
		Snippet: tty && s.context < 0,
		Color:   tty && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		Source:  disk.Source,
		Redact:  analyzer.Redact,
	}
	var err error
	switch {
	case s.json:
		err = report.JSON(stdout, r.Findings)
		quiet := *r
		quiet.Findings = nil
		r = &quiet
	case s.diff:
		diff, dir := s.diffText(plan)
		if dir != s.dir {
			fmt.Fprintf(s.stderr, "orbitmigrate: the changes reach beyond %s: apply the diff in %s\n", s.dir, report.Line(dir))
		}
		_, err = io.WriteString(stdout, diff)
		left := slices.DeleteFunc(slices.Clone(r.Findings), func(f report.Finding) bool { return f.Fixable })
		text.Snippet, text.Color = false, false
		_ = report.Text(s.stderr, left, text)
	default:
		err = report.Text(stdout, r.Findings, text)
	}
	if err != nil {
		return err
	}
	// If the summary cannot be written there is nowhere left to say so.
	_ = report.Summary(s.stderr, *r)
	return nil
}

// diffText returns the planned changes with names relative to the directory of
// the run if all of them are below it, or else to the root.
func (s *session) diffText(plan *fixer.Plan) (diff, dir string) {
	for _, o := range plan.Outcomes() {
		for _, file := range o.Files {
			if o.Status == fixer.Applied && !within(s.dir, file) {
				root := s.env.root(s.dir)
				return plan.Diff(root), root
			}
		}
	}
	return plan.Diff(s.dir), s.dir
}

func isTerminal(w io.Writer) bool {
	if o, ok := w.(*outlet); ok {
		w = o.w
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// soft are the codes of fixes that were not made because somebody has to look
// at them first, or because they must never be made. With any other code
// something went wrong.
var soft = [...]string{"manual", "review", "empty", "generated", "cgo", "directive", "policy", "unnamed", "outside", "conflict"}

func (s *session) exitCode(r *report.Report, w *work) int {
	failed := w.err != nil || len(w.failed) > 0 || len(r.Problems) > 0 || len(r.Unsolved) > 0 || len(r.Unchecked) > 0
	for _, o := range r.Skipped {
		failed = failed || !slices.Contains(soft[:], o.Code)
	}
	switch {
	case failed:
		return exitFailed
	case len(r.Findings) > 0 && !s.json:
		return exitLeft
	}
	return exitClean
}
