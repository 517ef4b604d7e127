package driver

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/spelling"
	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// config is a checked command line.
type config struct {
	dir      string // canonical: where patterns and printed names start
	here     string // the same, absolute, as the user gets there
	patterns []string
	tags     string
	tests    bool
	rules    []string
	sinks    string // absolute: a file with rows for HTTP libraries; empty for none

	fix, diff, unsafe bool
	allowDirty        bool
	docs              bool
	nested            bool // modules below the directories of the run
	json              bool
	context           int // lines; negative for none
	verbose           bool

	requests bool // list requests rather than findings
	deps     bool // with requests: look into dependencies

	version, help bool
}

// A usageError says what is wrong with the command line.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// words are first arguments that mean what a flag does, as with other commands. None of them
// can be a package: without a dot it would be part of the standard library.
var words = map[string]string{"help": "-help", "version": "-version"}

// parseFlags reads a command line. All errors are usage errors.
func parseFlags(args []string) (*config, error) {
	c := &config{}
	var dir, rules string
	fs := newFlagSet(c, &dir, &rules)
	if len(args) > 0 && words[args[0]] != "" {
		args = []string{words[args[0]]}
	}
	if err := parse(fs, args, ""); err != nil {
		return nil, err
	}
	if c.help || c.version {
		return c, nil
	}
	set := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { set[f.Name] = true })
	switch {
	case c.json && (c.fix || c.diff):
		return nil, usagef("-json cannot be used with -fix or -diff")
	case c.unsafe && !c.fix && !c.diff:
		return nil, usagef("-unsafe says what -fix or -diff may do: use it with one of them")
	case c.allowDirty && !c.fix:
		return nil, usagef("-allow-dirty says what -fix may do: use it with -fix")
	case set["c"] && c.context < 0:
		return nil, usagef("-c %d: the number of lines cannot be negative", c.context)
	}
	if set["rules"] {
		for rule := range strings.SplitSeq(rules, ",") {
			if rule = strings.TrimSpace(rule); rule == "" {
				return nil, usagef("-rules %q: empty rule ID", rules)
			}
			c.rules = append(c.rules, rule)
		}
	}
	return c, c.settle(fs, args, dir)
}

// parse reads the flags of a subcommand, "" for the command itself, and says what to write
// instead of what it does not take.
func parse(fs *flag.FlagSet, args []string, subcommand string) error {
	err := fs.Parse(args)
	if err == nil {
		return nil
	}
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: "); ok {
		other := newFlagSet(&config{}, new(string), new(string))
		if subcommand != "" && other.Lookup(strings.TrimLeft(name, "-")) != nil {
			return usagef("%s takes no %s: it only lists, and orbitmigrate %s [packages] is another run", subcommand, name, name)
		}
		return usagef("there is no flag %s%s", name, instead(nearestFlag(fs, name)))
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: "); ok {
		kind, _ := flag.UnquoteUsage(fs.Lookup(strings.TrimLeft(name, "-")))
		return usagef("%s lacks what it is about, as in %s %s", name, name, kind)
	}
	return usagef("%s", text)
}

// settle checks what every command line has: where it works, and on which packages. It is given
// the flags and the words that they were read from.
func (c *config) settle(flags *flag.FlagSet, given []string, dir string) error {
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if set["C"] && dir == "" {
		return usagef("-C: empty directory name")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("working directory: %w", err)
	}
	c.dir, c.here = workspace.CanonicalDir(abs), abs
	if set["sinks"] && c.sinks == "" {
		return usagef("-sinks: empty file name")
	} else if c.sinks != "" && !filepath.IsAbs(c.sinks) {
		c.sinks = filepath.Join(abs, c.sinks)
	}
	if info, err := os.Stat(abs); errors.Is(err, fs.ErrNotExist) {
		nearest := nearestPath(abs, false)
		if nearest != "" && !filepath.IsAbs(dir) {
			if wd, err := filepath.Abs(""); err == nil {
				nearest = relative(wd, nearest)
			}
		}
		return usagef("-C %s: there is no such directory%s", dir, instead(nearest))
	} else if err != nil {
		return usagef("-C %s: %v", dir, err)
	} else if !info.IsDir() {
		return usagef("-C %s: not a directory", dir)
	}
	c.patterns = flags.Args()
	for _, p := range c.patterns {
		switch {
		case strings.TrimSpace(p) == "":
			return usagef("empty package pattern %q", p)
		case strings.HasPrefix(p, "-"):
			name, _, _ := strings.Cut(strings.TrimLeft(p, "-"), "=")
			if flags.Lookup(name) == nil {
				return usagef("flags come before packages, and there is no flag %s%s", p, instead(nearestFlag(flags, name)))
			}
			return usagef("%s: flags come before packages, as in: %s", p, c.ordered(flags, given))
		case strings.HasPrefix(p, "–"), strings.HasPrefix(p, "—"), strings.HasPrefix(p, "−"):
			name, _, _ := strings.Cut(strings.TrimLeft(p, "–—−-"), "=")
			nearest := nearestFlag(flags, name)
			if flags.Lookup(name) != nil {
				nearest = "-" + name
			}
			return usagef("there is no flag %s%s", p, instead(nearest))
		case strings.HasPrefix(p, "$"):
			return usagef("%s: the shell puts nothing in the place of a name in single quotes", p)
		}
		if nearest := strings.Trim(p, " \t“”„‘’`\"'"); nearest != p {
			if _, err := os.Lstat(filepath.Join(c.here, p)); err != nil {
				return usagef("%q: there is no such package%s", p, instead(nearest))
			}
		}
		if word, rest, ok := strings.Cut(p, " "); ok && word == requestsCommand {
			return usagef("%q is one argument; did you mean orbitmigrate %s %s?", p, word, rest)
		}
	}
	if len(c.patterns) == 0 {
		c.patterns = []string{"."}
	}
	return nil
}

// ordered is the command line with the flags in front, each with its value.
func (c *config) ordered(flags *flag.FlagSet, args []string) string {
	words, rest := []string{"orbitmigrate"}, []string(nil)
	if c.requests {
		words = append(words, requestsCommand)
	}
	for i := 0; i < len(args); i++ {
		name, value := strings.CutPrefix(args[i], "-")
		if !value {
			rest = append(rest, args[i])
			continue
		}
		words = append(words, args[i])
		f := flags.Lookup(strings.TrimPrefix(name, "-"))
		if f == nil {
			continue // it has its value behind a sign, or is none
		}
		if b, ok := f.Value.(interface{ IsBoolFlag() bool }); (!ok || !b.IsBoolFlag()) && i+1 < len(args) {
			i++
			words = append(words, args[i])
		}
	}
	return strings.Join(append(words, rest...), " ")
}

// nearestFlag returns the flag that somebody may have meant.
func nearestFlag(fs *flag.FlagSet, name string) string {
	var names []string
	fs.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	nearest := spelling.Nearest(strings.TrimLeft(name, "-"), names)
	if nearest == "" {
		return ""
	}
	return "-" + nearest
}

func newFlagSet(c *config, dir, rules *string) *flag.FlagSet {
	fs := emptyFlagSet("orbitmigrate")
	commonFlags(fs, c, dir)
	fs.BoolVar(&c.fix, "fix", false, "apply all safe fixes")
	fs.BoolVar(&c.diff, "diff", false, "print the fixes as a unified diff and write nothing")
	fs.BoolVar(&c.unsafe, "unsafe", false, "with -fix or -diff, include fixes that need a review")
	fs.BoolVar(&c.allowDirty, "allow-dirty", false, "with -fix, change files that git could not give back")
	fs.StringVar(rules, "rules", "", "report only the rules with these `IDs`, separated by commas")
	fs.BoolVar(&c.docs, "docs", false, "look at comments and at files that are not Go as well")
	fs.BoolVar(&c.nested, "nested", false, "look at nested modules below the directories of the run as well")
	fs.BoolVar(&c.json, "json", false, "print findings in the form of go vet -json")
	fs.IntVar(&c.context, "c", -1, "show each finding with `N` lines of context")
	fs.BoolVar(&c.version, "version", false, "print the version and exit")
	return fs
}

func emptyFlagSet(name string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	return fs
}

// commonFlags are those that mean the same to every subcommand.
func commonFlags(fs *flag.FlagSet, c *config, dir *string) {
	fs.StringVar(dir, "C", "", "work in `dir`")
	fs.StringVar(&c.tags, "tags", "", "build `tags`, separated by commas")
	fs.BoolVar(&c.tests, "test", true, "report and change test files as well")
	fs.StringVar(&c.sinks, "sinks", "", "know the rows for HTTP libraries in `file` as well")
	fs.BoolVar(&c.verbose, "v", false, "print timings of the stages to standard error")
	fs.BoolVar(&c.help, "help", false, "print the manual and exit")
	fs.BoolVar(&c.help, "h", false, "same as -help")
}
