// Truth measures a migration by programs that nobody has tuned it for. It generates programs of which it knows by
// construction what they do and what is right, runs the tool on them, runs them before and after, and counts what the
// migration was worth: by feature, by pair of features, and by class.
//
//	go run ./bench/truth -programs 100 -seed 1
//	go run ./bench/truth -programs 2000 -seed 7 -keep /tmp/kept -write bench/TRUTH.md
//	go run ./bench/truth -programs 10000 -seed 7 -recheck never -simplify 0 -results FILE -write bench/TRUTH.md
//	go run ./bench/truth -cases DIR
//
// Programs are judged a hundred at a time. Those that come out badly are judged again alone; some of them are made as
// simple as they can be while they still come out as they did, and those are kept.
//
// A long measurement writes what it knows into the file of -results, and can be ended at any moment: the same command
// goes on with it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/orbitmigrate/orbitmigrate/bench/truth/grammar"
	"github.com/orbitmigrate/orbitmigrate/bench/truth/lab"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "truth:", err)
		os.Exit(1)
	}
}

// A config is what the command line says.
type config struct {
	programs, batch, simplify, jobs int
	single, first                   int
	seed                            uint64
	limit                           time.Duration
	mode                            grammar.Mode
	tool, keep, write, cases, work  string
	results                         string // file
	source                          string // commit that the tool was built from, if it is known
	recheck                         string // never, inTens or alone
}

func parse(args []string) (config, error) {
	var c config
	fs := flag.NewFlagSet("truth", flag.ContinueOnError)
	fs.IntVar(&c.programs, "programs", 100, "how many programs to generate")
	fs.IntVar(&c.single, "single", 0, "generate this many programs of each feature instead, in which all else is plainest")
	fs.IntVar(&c.first, "first", 0, "leave out those before the program of this number")
	tests := fs.Bool("tests", false, "generate programs with tests, which are run as well")
	fs.Uint64Var(&c.seed, "seed", 1, "what they are drawn from")
	fs.IntVar(&c.batch, "batch", 100, "how many are in one module")
	fs.StringVar(&c.recheck, "recheck", alone, "judge what was not made again: never, tens (with nine others) or alone (and then alone, if it still comes out badly)")
	fs.IntVar(&c.simplify, "simplify", 20, "how many of those that come out badly are made as simple as they can be")
	fs.DurationVar(&c.limit, "for", 0, "begin no more programs after this time, and report those that were judged")
	fs.IntVar(&c.jobs, "j", runtime.NumCPU(), "how many modules are judged at once")
	fs.StringVar(&c.tool, "tool", "", "binary to measure, instead of one that is built from this module")
	fs.StringVar(&c.keep, "keep", "", "directory for the programs that came out badly and were made simple")
	fs.StringVar(&c.results, "results", "", "file in which the results are written down module by module; what is in it already is not judged again")
	fs.StringVar(&c.write, "write", "", "Markdown file in which the section of this measurement is written or replaced")
	fs.StringVar(&c.cases, "cases", "", "judge the cases below this directory instead: modules with a case.json")
	fs.StringVar(&c.work, "work", "", "directory to work in, instead of a temporary one")
	if err := fs.Parse(args); err != nil {
		return c, err
	}
	if *tests {
		c.mode = grammar.Tests
	}
	switch {
	case fs.NArg() > 0:
		return c, fmt.Errorf("%q is not a flag; -help lists them", fs.Arg(0))
	case c.recheck != never && c.recheck != inTens && c.recheck != alone:
		return c, fmt.Errorf("-recheck has to be never, tens or alone, not %q", c.recheck)
	case c.programs < 1 || c.batch < 1 || c.jobs < 1:
		return c, fmt.Errorf("-programs, -batch and -j have to be at least 1")
	}
	return c, nil
}

func run(ctx context.Context, args []string) error {
	c, err := parse(args)
	if err == flag.ErrHelp {
		return nil
	}
	if err != nil {
		return err
	}
	if c.work == "" {
		if c.work, err = os.MkdirTemp("", "truth"); err != nil {
			return err
		}
		defer os.RemoveAll(c.work)
	}
	if c.work, err = filepath.Abs(c.work); err != nil {
		return err
	}
	// A directory that is reached by a link has two names, and tools print one of them.
	if err := os.MkdirAll(c.work, 0o777); err != nil {
		return err
	}
	if c.work, err = filepath.EvalSymlinks(c.work); err != nil {
		return err
	}
	if c.tool == "" {
		c.tool = filepath.Join(c.work, "orbitmigrate")
		// Without directories and the state of the repository, the same source makes the same tool: see store.
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-o", c.tool, "github.com/orbitmigrate/orbitmigrate/cmd/orbitmigrate")
		if text, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", build, err, text)
		}
		// Somebody who has the source without its repository still has figures.
		head, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty", "--exclude=*").Output()
		if c.source = strings.TrimSpace(string(head)); err != nil {
			c.source = ""
		}
	}
	if c.cases != "" {
		return judgeCases(ctx, c)
	}
	start := time.Now()
	m := &measurement{config: c, tool: lab.Command(c.tool), log: os.Stderr, started: start}
	if err := m.measure(ctx); err != nil {
		return err
	}
	text := m.report()
	fmt.Print(text)
	if c.write == "" {
		return nil
	}
	section := "programs"
	if c.single > 0 {
		section = "programs with one feature"
	}
	if c.mode == grammar.Tests {
		section += " and tests"
	}
	return replaceSection(c.write, section, text)
}
