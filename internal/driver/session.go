package driver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/report"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// A session is one run of the command over packages.
type session struct {
	*config
	env      *goEnv
	stderr   io.Writer // for timings
	progress *progress
	git      keeper
	from     string           // if it is part of another run: the directory that names are relative to
	odd      []report.Problem // mistakes of the analysis that a plan has shown

	interlock *fixer.Interlock
	hook      fault.Hook // may be nil
	scratch   string     // a directory for what has no other place while the program runs, or ""

	// Of the latest analysis:
	files *workspace.Inventory
	scope *scope
	// unread are Go files that nobody can read, as the go command spells them, and why.
	unread map[string]error

	// Of the first one:
	parsed bool             // it has looked for files that do not parse
	syntax []packages.Error // of these
}

// An analysis is what is known about the packages that the patterns name, over
// all build configurations in which they were loaded.
type analysis struct {
	start     seed
	programs  []*program // the current configuration first
	findings  []analyzer.Finding
	groups    []fixer.Group // ID is the index
	loose     []bool        // of these: no build so far uses the texts
	unsolved  []analyzer.Unsolved
	problems  []report.Problem
	unchecked []report.Unchecked
	hash      map[string][32]byte
	texts     map[string]bool       // files that are not Go
	passed    map[string]bool       // files that patterns with dots do not mean
	confirmed map[fixer.Change]bool // changes that some build so far wants, of groups that are not named as well
}

// stage returns a function to be called at the end of a stage, which prints
// how long it took if that is wanted.
func (s *session) stage(name string) func(format string, args ...any) {
	start := time.Now()
	return func(format string, args ...any) {
		if s.verbose {
			s.progress.clear()
			fmt.Fprintf(s.stderr, "orbitmigrate: %-8s %7.3fs  %s\n", name, time.Since(start).Seconds(), fmt.Sprintf(format, args...))
		}
	}
}

// count says how many there are of something.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// analyse finds what there is to find. The bytes of every Go file below the directories in
// question are looked at; packages are only loaded if some file holds text of the API, and
// then those with such files, whatever has to do with them, and the same in as many other
// build configurations as it takes to see every such file.
func (s *session) analyse(ctx context.Context) (*analysis, error) {
	a := &analysis{hash: map[string][32]byte{}, texts: map[string]bool{}, passed: map[string]bool{}, confirmed: map[fixer.Change]bool{}}
	list, err := s.survey(ctx)
	if err != nil {
		return nil, err
	}
	start, err := s.seeds(ctx, list)
	if err != nil {
		return nil, err
	}
	a.start = start
	prog, err := s.demand(ctx, list, start)
	if err != nil {
		return nil, err
	}
	a.problems = prog.problems
	if err := s.add(a, prog, s.texts(a)); err != nil {
		return nil, err
	}
	if err := s.otherBuilds(ctx, a, list); err != nil {
		return nil, err
	}
	if err := s.unparsed(ctx, a, list); err != nil {
		return nil, err
	}
	s.doubtUnread(a)
	slices.SortStableFunc(a.findings, func(x, y analyzer.Finding) int {
		return cmp.Or(cmp.Compare(x.Pos.Filename, y.Pos.Filename), cmp.Compare(x.Pos.Offset, y.Pos.Offset), cmp.Compare(x.Rule, y.Rule))
	})
	slices.SortFunc(a.unchecked, func(x, y report.Unchecked) int { return cmp.Compare(x.Name, y.Name) })
	return a, nil
}

// survey lists the packages that the patterns name and takes the inventory, side by side.
func (s *session) survey(ctx context.Context) (*workspace.Listing, error) {
	done := s.stage("survey")
	scope, err := s.newScope()
	if err != nil {
		return nil, err
	}
	s.scope = scope
	s.unread = nil
	var list *workspace.Listing
	listing, listed := context.WithCancel(ctx)
	asking, stop := context.WithCancel(ctx)
	context.AfterFunc(ctx, stop) // and no sooner, as more is listed later on
	go func() {
		defer listed()
		list, err = workspace.List(asking, s.listing(s.build()), scope.patterns)
	}()
	s.files = workspace.NewInventory(func(src []byte) bool { return analyzer.MayConcern(src, s.docs) })
	s.files.Hook = s.hook
	roots := scope.roots()
	if len(scope.patterns) > 0 {
		roots = append(append(roots, s.env.root(s.dir)), s.env.uses...)
	}
	s.files.Walk(ctx, listing, roots...)
	if s.unread = s.unreadable(roots); len(s.unread) > 0 || len(s.files.Shut()) > 0 {
		// The go command waits for ever to read a pipe, and gives up a pattern for others.
		stop()
		<-listing.Done()
		list, err = workspace.List(ctx, s.listing(s.build()), s.spread(scope.patterns))
	}
	if len(s.files.Hits()) > 0 {
		s.files.Prepare(listing) // while the go command is at work
	}
	<-listing.Done()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err != nil {
		return nil, s.unlisted(err)
	}
	if err := s.wrong(list); err != nil {
		return nil, err
	}
	scope.listed(list)
	// What the go command knows besides: modules of a replace directive that are elsewhere, and
	// packages that are named, or linked into a module, without being below.
	var elsewhere, files []string
	for _, p := range list.All() {
		if workspace.IsLocal(p) && p.Module != nil && !slices.ContainsFunc(roots, func(root string) bool {
			return p.Module.Dir == root || within(root, p.Module.Dir)
		}) && !slices.Contains(elsewhere, p.Module.Dir) {
			elsewhere = append(elsewhere, p.Module.Dir)
		}
	}
	s.files.Walk(ctx, listing, elsewhere...)
	for _, p := range list.Roots() {
		files = append(files, p.GoFiles...)
	}
	for _, p := range list.All() {
		if workspace.IsLocal(p) {
			files = append(files, p.GoFiles...)
		}
	}
	for dir := range scope.loose {
		files = append(files, goFiles(dir)...)
	}
	s.files.Add(ctx, files...)
	for _, p := range list.All() {
		if workspace.IsLocal(p) {
			s.files.Name(p.Dir, workspace.ListPath(p))
			for _, file := range p.GoFiles {
				if s.files.Err(file) != nil {
					s.files.Import(file, slices.Sorted(maps.Keys(p.Imports))...)
				}
			}
		}
	}
	done("%s, %d with text of the API", count(s.files.Len(), "Go file"), len(s.files.Hits()))
	return list, ctx.Err()
}

// unreadable returns the Go files that neither this program nor the go command can read, which
// would look at them, as that spells them.
func (s *session) unreadable(roots []string) map[string]error {
	if _, ok := s.env.flag("overlay"); ok {
		return nil // the go command takes one
	}
	unread := map[string]error{}
	for _, file := range s.files.Hits() {
		err := s.files.Err(file)
		if p := (*fs.PathError)(nil); !errors.As(err, &p) || errors.As(err, new(*disk.SizeError)) {
			continue
		}
		if slices.ContainsFunc(roots, func(root string) bool {
			return within(root, file) && workspace.PassedOver(root, file) == ""
		}) {
			unread[s.env.spelled(file)] = err
		}
	}
	return unread
}

// listing is how the go command is asked for packages in a build configuration.
func (s *session) listing(b workspace.Build) workspace.Config {
	// Tests are read in any case before anything moves: a mock may have to move with its client.
	c := workspace.Config{Dir: s.dir, Tests: s.tests || !s.requests, Build: b, Hook: s.hook, Unread: s.unread, Scratch: s.scratch}
	c.ModFile, c.GoFlags = s.env.without("modfile")
	return c
}

// build is the current build configuration.
func (s *session) build() workspace.Build {
	tags := s.tags
	if tags == "" {
		tags, _ = s.env.flag("tags")
	}
	return workspace.Build{Tags: tags}
}

// seeds decides what the look at the packages starts from: those with text of the API. If
// packages that no pattern names have some, they may hand it to those that are named, which
// are then of interest as a whole.
func (s *session) seeds(ctx context.Context, list *workspace.Listing) (seed, error) {
	named := s.namedIn(list)
	owner := map[string]string{}
	for _, p := range list.All() {
		for _, name := range p.GoFiles {
			owner[name] = workspace.ListPath(p)
		}
	}
	start := seed{whole: evidence(list), parts: look{}, focus: func(string) bool { return false }}
	whole := len(start.whole) == 0
	for _, name := range s.files.Hits() {
		path, listed := owner[name]
		if !listed {
			// Left to other builds, if it is meant at all.
			if mod, _ := s.files.Module(name); s.worksOn(mod) && !s.scope.means(name) && workspace.PassedOver(mod, name) == "" {
				whole = false
			}
			continue
		}
		switch {
		case !named[path]:
			whole = false
			if s.docs { // a file that is not Go may name the same base
				start.parts[path] = append(start.parts[path], workspace.Bodies(name, analyzer.Concerns)...)
			}
		case s.docs:
			start.whole = append(start.whole, path) // comments count, wherever they are
		default:
			start.parts[path] = append(start.parts[path], workspace.Bodies(name, analyzer.Concerns)...)
		}
	}
	if !whole {
		start.open = true
		start.focus = func(path string) bool { return named[strings.TrimSuffix(path, "_test")] || named[path] }
		start.whole = append(start.whole, slices.Collect(maps.Keys(named))...)
	}
	return start, ctx.Err()
}

// worksOn says whether a directory is that of a module that is being worked on: a main one,
// whatever the patterns reach of it.
func (s *session) worksOn(dir string) bool {
	return dir != "" && (slices.Contains(s.env.mains(), dir) || s.scope != nil && s.scope.joined[dir])
}

// add solves a program and merges what comes out.
func (s *session) add(a *analysis, prog *program, texts map[string][]byte) error {
	done := s.stage("solve")
	a.addTexts(prog.checker, texts)
	prog.texts = len(texts) > 0
	result := &analyzer.Result{}
	if len(prog.units) > 0 || len(texts) > 0 {
		result = prog.checker.Result()
		a.problems = append(a.problems, prog.leftOut()...)
	}
	prog.result = result
	a.merge(prog, result)
	done("%s, %s of changes", count(len(result.Findings), "finding"), count(len(result.Groups), "group"))
	return nil
}

// plan decides which groups can be carried out.
func (s *session) plan(ctx context.Context, a *analysis) (*fixer.Plan, error) {
	done := s.stage("plan")
	if err := s.askGit(ctx, a); err != nil {
		return nil, err
	}
	opts := fixer.Options{
		Unsafe: s.unsafe,
		Root:   s.env.root(s.dir),
		Editable: func(file string) error {
			if err := s.editable(a, file); err != nil {
				return err
			}
			if err := s.git.refusal(file); err != nil {
				return liftable(err)
			}
			return nil
		},
		Hash: a.hash,

		Interlock: s.interlock,
		Hook:      s.hook,
	}
	for _, p := range a.programs {
		p.after = nil
	}
	// What is said about a fix is what would become of it, whether it is to be made or not.
	if slices.ContainsFunc(a.groups, func(g fixer.Group) bool {
		return g.Applicability == fixer.Safe || g.Applicability == fixer.Review && s.unsafe
	}) {
		if err := a.complete(ctx); err != nil {
			return nil, err
		}
		opts.Check = func(overlay map[string][]byte) map[string]error {
			errs := map[string]error{}
			for _, p := range a.programs {
				for file, err := range p.check(ctx, p.files, overlay) {
					if errs[file] == nil {
						errs[file] = err
					}
				}
			}
			return errs
		}
	}
	plan, err := fixer.NewPlan(a.groups, opts)
	if err != nil {
		return nil, err
	}
	done("%s", count(len(a.groups), "group"))
	return plan, nil
}

// liftable says of a refusal that the user can lift it.
func liftable(err error) error {
	var r *fixer.Refusal
	if !errors.As(err, &r) {
		r = &fixer.Refusal{Code: "policy", Reason: err.Error()}
	}
	return &fixer.Refusal{Code: r.Code, Reason: r.Reason, Liftable: true}
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
	case vendored(file):
		return refuse("policy", "it is vendored; change it where it comes from")
	case a.passed[file]:
		return refuse("policy", "%s; name it to have it fixed", workspace.PassedOver(s.env.root(s.dir), file))
	case u == nil:
		return refuse("policy", "it is not a source file of the packages that were loaded")
	case within(s.env.GOROOT, file) || within(s.env.GOMODCACHE, file):
		return refuse("policy", "it belongs to the Go installation or to the module cache")
	case !u.local:
		return refuse("policy", "package %s is not part of the modules that are being worked on", u.path)
	case !u.named:
		also := "for example by ./..."
		if mod := moduleAt(filepath.Dir(file)); mod != moduleAt(s.dir) {
			also = "by " + u.path // no ./... of this directory reaches another module
		}
		return refuse("unnamed", "the change concerns package %s too; name it as well, %s", u.path, also)
	case u.scope.code && strings.HasSuffix(file, "_test.go"):
		return refuse("unnamed", "the change concerns this file too; leave out -test=false")
	case !u.names(file):
		return refuse("unnamed", "the change concerns this file too; name it as well, or its package")
	case u.unparsable(file):
		return refuse("broken", "it does not parse; correct it first")
	case u.broken && !s.unsafe:
		return &fixer.Refusal{Code: "broken", Reason: fmt.Sprintf("package %s does not compile; make it compile first, or use -unsafe", u.path), Liftable: true}
	}
	return nil
}

// within says whether a file is below a directory.
func within(dir, file string) bool { return workspace.Within(dir, file) }

// path is an absolute path as the user gets there.
func (s *session) path(path string) string {
	if s.here != s.dir && within(s.dir, path) {
		return filepath.Join(s.here, relative(s.dir, path))
	}
	return path
}

// name is a path for people: relative to the directory of the run.
func (s *session) name(path string) string {
	return relative(cmp.Or(s.from, s.dir), path)
}
