package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/bench/module"
)

const project = "github.com/orbitmigrate/orbitmigrate"

// A subject is something to run on.
type subject struct {
	name     string
	about    string
	packages int // of the synthetic module, 0 for the standard library
	single   bool
	dir      string
	patterns []string
}

var subjects = []subject{
	{name: "std", about: "The standard library and the go command with their tests: nothing to find."},
	{name: "small", packages: 200},
	{name: "large", packages: 2000},
	{name: "single", packages: 2000, single: true},
}

// A tool is a program to run. A word of its command that is {name} stands for the program that was built or installed,
// {patterns} for the package patterns, {dir} for the directory of all of them.
type tool struct {
	name    string
	command []string
	codes   []int // exit codes of runs that did their work
}

// The first is the floor: nothing that looks at packages can know them for less.
var tools = []tool{
	{"go list", []string{"go", "list", "-deps", "-test", "{patterns}"}, []int{0}},
	{"grep", []string{"grep", "-rliE", "--include=*.go", "orbitflare|customer/v1", "{dir}"}, []int{0, 1}},
	{"orbitmigrate", []string{"{orbitmigrate}", "{patterns}"}, []int{0, 3}},
	{"checker", []string{"{checker}", "{patterns}"}, []int{0, 3}},
	{"go vet", []string{"go", "vet", "-vettool={orbitmigrate}", "{patterns}"}, []int{0, 1}},
	{"ast-grep", []string{"{ast-grep}", "run", "--lang", "go", "--pattern", "http.Get($URL)", "{dir}"}, []int{0, 1}},
}

// A bench is what has been built and generated for a run.
type bench struct {
	config
	subjects []subject
	programs map[string]string // by the word that stands for them
	missing  map[string]string // why a program is not there
	env      []string
}

// A row is the median cost of one tool on one subject.
type row struct {
	tool    string
	problem string // why there is nothing to say
	cost
}

func prepare(ctx context.Context, c config) (*bench, error) {
	b := &bench{config: c, programs: map[string]string{}, missing: map[string]string{}}
	b.env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	for name, pkg := range map[string]string{"orbitmigrate": "/cmd/orbitmigrate", "checker": "/bench/checker"} {
		exe := filepath.Join(c.work, name+exeSuffix())
		if _, err := output(ctx, "go", "build", "-o", exe, project+pkg); err != nil {
			return nil, err
		}
		b.programs[name] = exe
	}
	if slices.Contains(c.tools, "ast-grep") {
		if exe, err := astGrep(ctx, c.work); err != nil {
			b.missing["ast-grep"] = "not available: " + err.Error()
		} else {
			b.programs["ast-grep"] = exe
		}
	}
	if slices.Contains(c.caches, "warm") {
		// None of the programs compiles what it looks at, but whoever works on a module has.
		if _, err := output(ctx, "go", "build", "std"); err != nil {
			return nil, err
		}
	}
	for _, s := range subjects {
		if !slices.Contains(c.on, s.name) {
			continue
		}
		if err := s.make(ctx, c); err != nil {
			return nil, err
		}
		b.subjects = append(b.subjects, s)
	}
	return b, nil
}

func exeSuffix() string {
	if os.PathSeparator == '\\' {
		return ".exe"
	}
	return ""
}

// astGrep installs ast-grep by npm, which comes with a ready program.
func astGrep(ctx context.Context, work string) (string, error) {
	dir := filepath.Join(work, "npm")
	exe := filepath.Join(dir, "node_modules", ".bin", "ast-grep")
	if _, err := os.Stat(exe); err == nil {
		return exe, nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return "", fmt.Errorf("there is no npm")
	}
	if _, err := output(ctx, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", dir, "@ast-grep/cli"); err != nil {
		return "", fmt.Errorf("npm cannot install it")
	}
	if _, err := output(ctx, exe, "--version"); err != nil {
		return "", fmt.Errorf("it does not run")
	}
	return exe, nil
}

// make finds or generates what the subject is about.
func (s *subject) make(ctx context.Context, c config) error {
	if s.packages == 0 {
		root, err := output(ctx, "go", "env", "GOROOT")
		s.dir, s.patterns = filepath.Join(root, "src"), []string{"std", "cmd"}
		return err
	}
	m := module.Config{
		Packages: max(2, int(math.Round(float64(s.packages)*c.scale))),
		Files:    10, Lines: 250, Share: 0.01, Depth: 3, Seed: 1,
	}
	// Subjects of one size share a module. What it is like is told by a file beside it, which is written last.
	s.dir = filepath.Join(c.work, fmt.Sprintf("module%d", m.Packages))
	note := s.dir + ".txt"
	if _, err := os.Stat(note); err != nil {
		if err := os.RemoveAll(s.dir); err != nil {
			return err
		}
		w, err := module.Write(s.dir, m)
		if err != nil {
			return err
		}
		text := fmt.Sprintf("A synthetic module of %d packages, %d files and %d lines; %d files use v1 in %d places.\n%s",
			w.Packages, w.Files, w.Lines, w.Affected, w.Requests, w.Single)
		if err := os.WriteFile(note, []byte(text), 0o666); err != nil {
			return err
		}
	}
	text, err := os.ReadFile(note)
	if err != nil {
		return err
	}
	about, single, _ := strings.Cut(string(text), "\n")
	s.about, s.patterns = about, []string{"./..."}
	if s.single {
		s.about, s.patterns = "One package with one use: "+strings.ToLower(about[:1])+about[1:], []string{single}
	}
	return nil
}

// compare runs all tools on a subject, one after the other in every round.
func (b *bench) compare(ctx context.Context, s subject, cold bool) ([]row, error) {
	costs := map[string][]cost{}
	problems := map[string]string{}
	first := 0
	if !cold {
		first = -1 // which warms the caches up and is forgotten
	}
	for round := first; round < b.rounds; round++ {
		for _, t := range tools {
			if !slices.Contains(b.config.tools, t.name) || problems[t.name] != "" {
				continue
			}
			fmt.Fprintf(os.Stderr, "%s, round %d of %d: %s\n", s.name, round+1, b.rounds, t.name)
			c, problem, err := b.once(ctx, s, t, cold)
			if err != nil {
				return nil, err
			}
			if problem != "" {
				problems[t.name] = problem
			} else if round >= 0 {
				costs[t.name] = append(costs[t.name], c)
			}
		}
	}
	var rows []row
	for _, t := range tools {
		switch {
		case problems[t.name] != "":
			rows = append(rows, row{tool: t.name, problem: problems[t.name]})
		case len(costs[t.name]) > 0:
			rows = append(rows, row{tool: t.name, cost: median(costs[t.name])})
		}
	}
	return rows, nil
}

// once runs a tool. A problem is something to say in its row.
func (b *bench) once(ctx context.Context, s subject, t tool, cold bool) (c cost, problem string, err error) {
	if why, ok := b.missing[t.name]; ok {
		return c, why, nil
	}
	env := b.env
	if cold {
		cache, err := os.MkdirTemp(b.work, "cache")
		if err != nil {
			return c, "", err
		}
		defer os.RemoveAll(cache)
		env = append(slices.Clone(env), "GOCACHE="+cache)
	}
	runCtx, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	c, err = measure(runCtx, s.dir, env, b.argv(s, t)...)
	switch {
	case ctx.Err() != nil:
		return c, "", ctx.Err()
	case runCtx.Err() != nil:
		return c, fmt.Sprintf("more than %s", b.timeout), nil
	case err != nil:
		return c, err.Error(), nil
	case !slices.Contains(t.codes, c.exit):
		fmt.Fprintf(os.Stderr, "%s on %s:\n%s\n", t.name, s.name, tail(c.stderr, 20))
		return c, fmt.Sprintf("exit code %d", c.exit), nil
	}
	return c, "", nil
}

func (b *bench) argv(s subject, t tool) []string {
	var out []string
	for _, word := range t.command {
		if word == "{patterns}" {
			out = append(out, s.patterns...)
			continue
		}
		if s.single {
			word = strings.ReplaceAll(word, "{dir}", s.patterns[0])
		}
		word = strings.ReplaceAll(word, "{dir}", ".")
		for name, exe := range b.programs {
			word = strings.ReplaceAll(word, "{"+name+"}", exe)
		}
		out = append(out, word)
	}
	return out
}

// median takes the median of every figure by itself, and the exit code of the last run.
func median(costs []cost) cost {
	return cost{
		wall:  middle(costs, func(c cost) int64 { return int64(c.wall) }).wall,
		cpu:   middle(costs, func(c cost) int64 { return int64(c.cpu) }).cpu,
		self:  middle(costs, func(c cost) int64 { return c.self }).self,
		child: middle(costs, func(c cost) int64 { return c.child }).child,
		tree:  middle(costs, func(c cost) int64 { return c.tree }).tree,
		exit:  costs[len(costs)-1].exit,
	}
}

func middle(costs []cost, figure func(cost) int64) cost {
	sorted := slices.SortedFunc(slices.Values(costs), func(a, b cost) int { return cmp.Compare(figure(a), figure(b)) })
	return sorted[(len(sorted)-1)/2]
}

func tail(text string, lines int) string {
	all := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}
