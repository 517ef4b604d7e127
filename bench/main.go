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
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A config is what the command line says.
type config struct {
	on, tools, caches []string
	rounds            int
	scale             float64
	timeout           time.Duration
	work              string
	write, add        bool
}

func parse(args []string) (config, error) {
	var c config
	list := func(to *[]string, known []string) func(string) error {
		*to = known
		return func(text string) error {
			*to = strings.Split(text, ",")
			for _, word := range *to {
				if !slices.Contains(known, word) {
					return fmt.Errorf("%q is not one of %s", word, strings.Join(known, ", "))
				}
			}
			return nil
		}
	}
	var subjectNames, toolNames []string
	for _, s := range subjects {
		subjectNames = append(subjectNames, s.name)
	}
	for _, t := range tools {
		toolNames = append(toolNames, t.name)
	}
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.Func("on", "what to run on, separated by commas, instead of all of "+strings.Join(subjectNames, ", "), list(&c.on, subjectNames))
	fs.Func("tools", "what to run, instead of all of "+strings.Join(toolNames, ", "), list(&c.tools, toolNames))
	fs.Func("cache", "state of the build cache, instead of both warm and cold", list(&c.caches, []string{"warm", "cold"}))
	fs.IntVar(&c.rounds, "rounds", 3, "how often everything runs")
	fs.Float64Var(&c.scale, "scale", 1, "make the synthetic modules so many times larger")
	fs.DurationVar(&c.timeout, "timeout", 20*time.Minute, "longest time for one run")
	fs.StringVar(&c.work, "work", "", "directory for what is built and generated, which is kept and used again, instead of a temporary one")
	fs.BoolVar(&c.write, "write", false, "write the table to bench/RESULTS.md as well")
	fs.BoolVar(&c.add, "add", false, "add the table to bench/RESULTS.md")
	if err := fs.Parse(args); err != nil {
		return c, err
	}
	switch {
	case fs.NArg() > 0:
		return c, fmt.Errorf("%q is not a flag; -help lists them", fs.Arg(0))
	case c.rounds < 1:
		return c, fmt.Errorf("-rounds: %d is less than 1", c.rounds)
	case !(c.scale > 0 && c.scale <= 10):
		return c, fmt.Errorf("-scale: %v is not between 0 and 10", c.scale)
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
		if c.work, err = os.MkdirTemp("", "bench"); err != nil {
			return err
		}
		defer os.RemoveAll(c.work)
	} else if c.work, err = filepath.Abs(c.work); err != nil {
		return err
	}
	b, err := prepare(ctx, c)
	if err != nil {
		return err
	}
	var out strings.Builder
	out.WriteString(heading(c))
	for _, s := range b.subjects {
		for _, cache := range c.caches {
			rows, err := b.compare(ctx, s, cache == "cold")
			if err != nil {
				return err
			}
			text := table(s, cache, rows)
			fmt.Print(text)
			out.WriteString(text)
		}
	}
	if !c.write && !c.add {
		return nil
	}
	dir, err := output(ctx, "go", "list", "-f", "{{.Dir}}", project+"/bench")
	if err != nil {
		return err
	}
	name, results := filepath.Join(dir, "RESULTS.md"), []byte(nil)
	if c.add {
		if results, err = os.ReadFile(name); err != nil {
			return fmt.Errorf("-add: %w; use -write for the first table", err)
		}
		results = append(results, '\n')
	}
	return os.WriteFile(name, append(results, out.String()...), 0o666)
}

func heading(c config) string {
	args := []string{"-on", strings.Join(c.on, ","), "-tools", strings.Join(c.tools, ","), "-cache", strings.Join(c.caches, ","), "-rounds", strconv.Itoa(c.rounds)}
	if c.scale != 1 {
		args = append(args, "-scale", strconv.FormatFloat(c.scale, 'g', -1, 64))
	}
	title, flag := "# Results\n\n", "-write"
	if c.add {
		title, flag = "", "-add"
	}
	for i, arg := range args {
		if strings.Contains(arg, " ") {
			args[i] = "'" + arg + "'"
		}
	}
	return fmt.Sprintf(`%s%s, %s/%s, %d cores, %s. [doc.go](doc.go) says what is measured. Medians over rounds: %d. Printed by

`+"```sh\ngo run ./bench %s %s\n```\n", title, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), time.Now().Format(time.DateOnly), c.rounds,
		strings.Join(args, " "), flag)
}

// table renders the rows of one comparison as Markdown. Ratios are to the first tool that runs.
func table(s subject, cache string, rows []row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s, %s build cache\n\n%s\n\n", s.name, cache, s.about)
	b.WriteString("| program | wall | × | CPU | × | own peak | largest child | largest of the tree | exit code |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	var floor *row
	for i, r := range rows {
		if r.problem == "" {
			floor = &rows[i]
			break
		}
	}
	for _, r := range rows {
		if r.problem != "" {
			fmt.Fprintf(&b, "| %s | %s | | | | | | | |\n", r.tool, strings.ReplaceAll(r.problem, "|", `\|`))
			continue
		}
		fmt.Fprintf(&b, "| %s | %.2f s | %s | %.2f s | %s | %s | %s | %s | %d |\n", r.tool,
			r.wall.Seconds(), ratio(r.wall, floor.wall), r.cpu.Seconds(), ratio(r.cpu, floor.cpu),
			megabytes(r.self), megabytes(r.child), megabytes(r.tree), r.exit)
	}
	return b.String()
}

func ratio(a, b time.Duration) string {
	if b <= 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", a.Seconds()/b.Seconds())
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return "" // not known, or it had ended before it could be looked at
	}
	return fmt.Sprintf("%d MB", (n+1<<19)>>20)
}

// output returns what a command prints, without the line end.
func output(ctx context.Context, name string, args ...string) (string, error) {
	var stderr strings.Builder
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, &stderr)
	}
	return strings.TrimSpace(string(out)), nil
}
