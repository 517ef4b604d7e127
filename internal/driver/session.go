package driver

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
)

// A session is one run of the command over packages.
type session struct {
	*config
	env    *goEnv
	loader loader
	stderr io.Writer // for timings
	git    keeper
}

// An analysis is what is known about the packages that the patterns name, over
// all build configurations in which they were loaded.
type analysis struct {
	programs  []*program // the current configuration first
	findings  []analyzer.Finding
	groups    []fixer.Group // ID is the index
	unsolved  []analyzer.Unsolved
	problems  []report.Problem
	unchecked []report.Unchecked
	hash      map[string][32]byte
	texts     map[string]bool // files that are not Go
}

// request is the one for the current build configuration.
func (s *session) request() request {
	tags := s.tags
	if tags == "" {
		tags, _ = s.env.flag("tags")
	}
	return request{dir: s.dir, patterns: s.patterns, tests: s.tests, build: build{tags: tags}}
}

// stage returns a function to be called at the end of a stage, which prints
// how long it took if that is wanted.
func (s *session) stage(name string) func(format string, args ...any) {
	start := time.Now()
	return func(format string, args ...any) {
		if s.verbose {
			fmt.Fprintf(s.stderr, "orbitmigrate: %-8s %7.3fs  %s\n", name, time.Since(start).Seconds(), fmt.Sprintf(format, args...))
		}
	}
}

// analyse loads and analyses the packages, and once more in as many other
// build configurations as it takes to see every file that may concern the API.
func (s *session) analyse(ctx context.Context) (*analysis, error) {
	a := &analysis{hash: map[string][32]byte{}, texts: map[string]bool{}}
	prog, err := s.load(ctx, s.request())
	if err != nil {
		return nil, err
	}
	a.problems = prog.problems
	if err := s.add(a, prog, build{}); err != nil {
		return nil, err
	}

	tried := map[string]bool{}
	for _, file := range s.leftOut(prog, false) {
		src, err := os.ReadFile(file)
		if err == nil && (a.unit(file) != nil || !analyzer.MayConcern(src)) {
			continue
		}
		why, err := s.otherBuild(ctx, a, file, tried, true)
		if err != nil {
			return nil, err
		}
		if why != "" {
			a.unchecked = append(a.unchecked, report.Unchecked{Name: s.name(file), Reason: why})
		}
	}
	// Files that do not name the API may still use what is about to change.
	for _, file := range s.leftOut(prog, true) {
		src, err := os.ReadFile(file)
		if err != nil || a.unit(file) != nil {
			continue
		}
		used := words(src)
		users := map[int]string{} // a name for each group
		for name, groups := range a.changedNames() {
			for _, i := range groups {
				if used[name] {
					users[i] = max(users[i], name)
				}
			}
		}
		if len(users) == 0 {
			continue
		}
		why, err := s.otherBuild(ctx, a, file, tried, false)
		if err != nil {
			return nil, err
		}
		for i, name := range users {
			if why != "" {
				a.doubt(i, fmt.Sprintf("%s may use %s and could not be looked at: %s", s.name(file), name, why))
			}
		}
	}
	slices.SortStableFunc(a.findings, func(x, y analyzer.Finding) int {
		return cmp.Or(cmp.Compare(x.Pos.Filename, y.Pos.Filename), cmp.Compare(x.Pos.Offset, y.Pos.Offset), cmp.Compare(x.Rule, y.Rule))
	})
	return a, nil
}

// otherBuild adds the packages in a build configuration that includes a file. If
// there is none, or the file was not included after all, it says why. tried are
// the requests that have been made so far. If the package of the file does not
// compile there, that is a problem of the run if it must, and else an answer.
func (s *session) otherBuild(ctx context.Context, a *analysis, file string, tried map[string]bool, must bool) (why string, err error) {
	req, err := s.buildFor(file)
	if err != nil {
		return err.Error(), nil
	}
	key := fmt.Sprintf("%+v", req)
	if tried[key] {
		return fmt.Sprintf("a load for %s did not include it", req.build), nil
	}
	tried[key] = true
	prog, err := s.load(ctx, req)
	if err != nil {
		if ctx.Err() != nil {
			return "", err
		}
		return fmt.Sprintf("loading for %s: %v", req.build, err), nil
	}
	u := prog.byFile[file]
	if u == nil {
		return fmt.Sprintf("a load for %s did not include it", req.build), nil
	}
	// Other packages may well not be meant for that configuration.
	for _, p := range prog.problems {
		if p.Package == u.path && must {
			p.Package += " (" + req.build.String() + ")"
			a.problems = append(a.problems, p)
		}
	}
	if u.broken && !must {
		why = fmt.Sprintf("package %s does not compile for %s", u.path, req.build)
	}
	return why, s.add(a, prog, req.build)
}

func (s *session) load(ctx context.Context, req request) (*program, error) {
	done := s.stage("load")
	prog, err := s.loader.load(ctx, req)
	if err != nil {
		return nil, err
	}
	done("%d packages %s", len(prog.units), req.build)
	return prog, nil
}

// add analyses a program and merges what comes out.
func (s *session) add(a *analysis, prog *program, b build) error {
	done := s.stage("analyse")
	checker, err := analyzer.NewProgram(analyzer.Options{Rules: s.rules, Docs: s.docs, SinkFile: s.sinks})
	if err != nil {
		return err // the file of rows has changed since the run began
	}
	for _, u := range prog.units {
		if u.types == nil || len(u.syntax) == 0 {
			continue
		}
		pkg := analyzer.Package{Path: u.path, Fset: u.Fset, Files: u.syntax, Types: u.types, Info: u.info}
		if u.Module != nil {
			pkg.Module = u.Module.Path
			if !u.local {
				pkg.Dependency = strings.TrimSuffix(u.Module.Path+"@"+u.Module.Version, "@")
			}
		}
		if err := guard(func() { checker.Add(pkg) }); err != nil {
			a.problems = append(a.problems, report.Problem{Package: u.path, Message: err.Error()})
		}
	}
	if b == (build{}) { // once is enough: they are the same in every build
		a.addTexts(checker, s.texts())
	}
	result := &analyzer.Result{}
	if err := guard(func() { result = checker.Result() }); err != nil {
		a.problems = append(a.problems, report.Problem{Message: err.Error()})
	}
	a.merge(prog, result, b)
	done("%d findings, %d groups of changes", len(result.Findings), len(result.Groups))
	return nil
}

// guard turns a panic into an error, so that one package that trips a mistake
// of this program does not take the findings of all others with it.
func guard(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error, please report it with the source that causes it: %v", r)
		}
	}()
	f()
	return nil
}

// merge adds the result of a program, as far as it is about packages that the
// patterns name. A place that is found twice is one finding.
func (a *analysis) merge(prog *program, result *analyzer.Result, b build) {
	files := prog.byFile
	named := func(file string) bool { u := files[file]; return u != nil && u.named || a.texts[file] }
	maps.Copy(a.hash, prog.hash)

	// The groups, each with its ID here.
	ids := map[int]int{}
	earlier := map[fixer.Change]bool{}
	for _, g := range a.groups {
		for _, c := range g.Changes {
			earlier[c] = true
		}
	}
	own := map[fixer.Change]bool{}
	for _, g := range result.Groups {
		for _, c := range g.Changes {
			own[c] = true
		}
		if !slices.ContainsFunc(g.Changes, func(c fixer.Change) bool { return named(c.File) }) {
			continue
		}
		i := slices.IndexFunc(a.groups, func(old fixer.Group) bool { return slices.Equal(old.Changes, g.Changes) })
		if i < 0 {
			i = len(a.groups)
			a.groups = append(a.groups, g)
			a.groups[i].ID = i
		} else if g.Applicability > a.groups[i].Applicability {
			a.groups[i].Applicability, a.groups[i].Reason = g.Applicability, g.Reason
		}
		ids[g.ID] = i
	}
	// A change of a file that several configurations build has to be wanted in
	// all of them: the other uses may need the text as it is.
	if len(a.programs) > 0 {
		for i, g := range a.groups {
			for _, c := range g.Changes {
				u := files[c.File]
				switch {
				case !own[c] && u != nil && !u.broken:
					a.doubt(i, fmt.Sprintf("the build for %s does not confirm the change of line %d of %s", b, u.line(c), filepath.Base(c.File)))
				case own[c] && !earlier[c] && a.unit(c.File) != nil && !a.unit(c.File).broken:
					a.doubt(i, fmt.Sprintf("only the build for %s confirms the change of line %d of %s", b, a.unit(c.File).line(c), filepath.Base(c.File)))
				}
			}
		}
	}
	a.programs = append(a.programs, prog)

	type place struct {
		file       string
		start, end int
		rule       string
	}
	seen := map[place]int{}
	for i, f := range a.findings {
		seen[place{f.Pos.Filename, f.Pos.Offset, f.End.Offset, f.Rule}] = i
	}
	for _, f := range result.Findings {
		if !named(f.Pos.Filename) {
			continue
		}
		if id, ok := ids[f.Group]; ok {
			f.Group = id
		} else {
			f.Group = -1
		}
		at := place{f.Pos.Filename, f.Pos.Offset, f.End.Offset, f.Rule}
		if i, ok := seen[at]; !ok {
			seen[at] = len(a.findings)
			a.findings = append(a.findings, f)
		} else if f.Applicability > a.findings[i].Applicability {
			a.findings[i] = f
		}
	}
	for _, u := range result.Unsolved {
		if named(u.Pos.Filename) && !slices.Contains(a.unsolved, u) {
			a.unsolved = append(a.unsolved, u)
		}
	}
}

// doubt makes a group that was safe one for review.
func (a *analysis) doubt(i int, reason string) {
	if a.groups[i].Applicability == fixer.Safe {
		a.groups[i].Applicability, a.groups[i].Reason = fixer.Review, reason
	}
}

// line returns the line of a change in one of the unit's files.
func (u *unit) line(c fixer.Change) int {
	for _, f := range u.syntax {
		if tf := u.Fset.File(f.FileStart); tf.Name() == c.File && c.Start <= tf.Size() {
			return tf.PositionFor(tf.Pos(c.Start), false).Line
		}
	}
	return 0
}

// unit returns the package of a file, of the current configuration if possible.
func (a *analysis) unit(file string) *unit {
	for _, p := range a.programs {
		if u := p.byFile[file]; u != nil {
			return u
		}
	}
	return nil
}

// plan decides which groups can be carried out.
func (s *session) plan(ctx context.Context, a *analysis) (*fixer.Plan, error) {
	done := s.stage("plan")
	if err := s.askGit(ctx, a); err != nil {
		return nil, err
	}
	plan, err := fixer.NewPlan(a.groups, fixer.Options{
		Unsafe: s.unsafe,
		Root:   s.env.root(s.dir),
		Editable: func(file string) error {
			if err := s.editable(a, file); err != nil {
				return err
			}
			return s.git.refusal(file)
		},
		Check: func(overlay map[string][]byte) map[string]error {
			errs := map[string]error{}
			for _, p := range a.programs {
				for file, err := range p.check(overlay) {
					if errs[file] == nil {
						errs[file] = err
					}
				}
			}
			return errs
		},
		Hash: a.hash,
	})
	if err != nil {
		return nil, err
	}
	done("%d groups", len(a.groups))
	return plan, nil
}

// editable refuses files that are not the user's to change, or that this run
// has not been asked to change.
func (s *session) editable(a *analysis, file string) error {
	refuse := func(code, format string, args ...any) error {
		return &fixer.Refusal{Code: code, Reason: fmt.Sprintf(format, args...)}
	}
	u := a.unit(file)
	switch {
	case a.texts[file]:
		return nil
	case u == nil:
		return refuse("policy", "it is not a source file of the packages that were loaded")
	case within(s.env.GOROOT, file) || within(s.env.GOMODCACHE, file):
		return refuse("policy", "it belongs to the Go installation or to the module cache")
	case slices.Contains(strings.Split(filepath.ToSlash(file), "/"), "vendor"):
		return refuse("policy", "it is vendored; change it where it comes from")
	case !u.local:
		return refuse("policy", "package %s is not part of the modules that are being worked on", u.path)
	case !u.named:
		return refuse("unnamed", "the change concerns package %s too; name it as well, for example by ./...", u.path)
	case u.broken && !s.unsafe:
		return refuse("broken", "package %s does not compile; make it compile first, or use -unsafe", u.path)
	}
	return nil
}

// within says whether a file is below a directory.
func within(dir, file string) bool {
	rel, err := filepath.Rel(dir, file)
	return dir != "" && err == nil && filepath.IsLocal(rel)
}

// name is a path for people: relative to the directory of the run.
func (s *session) name(path string) string {
	if rel, err := filepath.Rel(s.dir, path); err == nil {
		return rel
	}
	return path
}
