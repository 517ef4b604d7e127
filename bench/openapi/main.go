package main

import (
	"cmp"
	"context"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed clients.yaml
var clientsFile []byte

// A subject is a client and where the truth about it is.
type subject struct {
	Name       string   // the last element of the repository is its directory
	Repository string   // "owner/name"
	Commit     string   // that was measured last
	Dir        string   // of the module in the repository; empty for its root
	Packages   []string // patterns
	Truth      struct {
		Kind       string   // openapi, comments or list
		Repository string   // empty for that of the client
		Commit     string   // or version
		Files      []string // list: in the directory of the module
	}
	Bases []string // what may stand before the paths of the description
	Lacks []string // operations of the client that are not in the description, looked up by hand

	root, dir string // of the repository and of the module, on this machine
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("openapi", flag.ExitOnError)
	dir := fs.String("client", "", "compare the client in `dir`")
	pkg := fs.String("pkg", "./...", "its packages, `patterns` separated by commas")
	specs := fs.String("spec", "", "with `files`, separated by commas: OpenAPI descriptions")
	operations := fs.String("operations", "openapi", "what is known: `kind` openapi, comments (//meta:operation) or list (the file of -spec, in Markdown)")
	bases := fs.String("bases", "", "`paths` that may stand before those of the description, separated by commas")
	clients := fs.String("clients", "", "compare the clients of clients.yaml that are in directories below `dir`")
	descriptions := fs.String("specs", "", "the descriptions that they need are below `dir`, as OWNER+NAME")
	only := fs.String("only", "", "of these, only those with the `names`, separated by commas")
	tool := fs.String("tool", "", "use the `program` rather than to build it")
	write := fs.String("write", "", "write the table into `file`")
	list := fs.Bool("list", false, "print every operation that is not solved, not right or not described")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var subjects []subject
	switch {
	case *dir != "":
		s := subject{Name: filepath.Base(*dir), Packages: strings.Split(*pkg, ","), root: *dir, dir: *dir}
		s.Truth.Kind = *operations
		for _, f := range split(*specs) {
			if s.Truth.Kind == "list" {
				s.Truth.Files = append(s.Truth.Files, f)
				continue
			}
			abs, err := filepath.Abs(f)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(s.root, abs)
			if err != nil {
				return err
			}
			s.Truth.Files = append(s.Truth.Files, rel)
		}
		s.Bases = split(*bases)
		subjects = append(subjects, s)
	case *clients != "":
		if err := yaml.Unmarshal(clientsFile, &subjects); err != nil {
			return fmt.Errorf("clients.yaml: %w", err)
		}
		for i := range subjects {
			s := &subjects[i]
			s.root = filepath.Join(*clients, path.Base(s.Repository))
			s.dir = filepath.Join(s.root, filepath.FromSlash(s.Dir))
		}
		subjects = slices.DeleteFunc(subjects, func(s subject) bool {
			_, err := os.Stat(s.dir)
			return err != nil || *only != "" && !slices.Contains(split(*only), s.Name)
		})
	}
	if len(subjects) == 0 {
		return fmt.Errorf("nothing to compare; use -client or -clients")
	}
	if *tool == "" {
		temp, err := os.MkdirTemp("", "openapi")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		*tool = filepath.Join(temp, "orbitmigrate")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", *tool, "github.com/orbitmigrate/orbitmigrate/cmd/orbitmigrate").CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %v: %s", err, out)
		}
	}
	var results []*result
	for _, s := range subjects {
		r, err := compareOne(ctx, *tool, s, *descriptions)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s: %d of %d operations, %d pairs, %d right, %d wrong, %d left out, %.1f s, %d MB\n", s.Name, r.solved, r.methods, r.pairs, r.right, r.wrong, len(r.left), r.seconds, r.bytes>>20)
		if *list {
			for _, text := range [][]string{r.left, r.invented, r.missed} {
				fmt.Println(strings.Join(text, "\n"))
				fmt.Println()
			}
		}
		results = append(results, r)
	}
	table := tableOf(results)
	if *write == "" {
		_, err := os.Stdout.WriteString(table)
		return err
	}
	return replaceSection(*write, table)
}

func split(list string) []string {
	return slices.DeleteFunc(strings.Split(list, ","), func(s string) bool { return s == "" })
}

func compareOne(ctx context.Context, tool string, s subject, descriptions string) (*result, error) {
	c, err := load(ctx, s.dir, s.Packages)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	known, err := truthOf(c, s, descriptions)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	l, seconds, bytes, err := run(ctx, tool, s)
	if err != nil {
		return nil, err
	}
	r := compareClient(c, known, l, s)
	r.seconds, r.bytes = seconds, bytes
	return r, nil
}

// The marks around the table in a file.
const begin, end = "<!-- requests of clients: go run ./bench/openapi -->\n", "<!-- end of requests of clients -->\n"

func tableOf(results []*result) string {
	var b strings.Builder
	b.WriteString("| client | commit | what is known | operations | solved | recall | requests | right | wrong | precision | left out | CPU s | MB | what stops it most |\n")
	b.WriteString("|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n")
	var sum result
	var worst *result
	for _, r := range results {
		fmt.Fprintf(&b, "| %s | %.10s | %s | %d | %d | %s | %d | %d | %d | %s | %d | %.1f | %d | %s |\n", r.Name, r.Commit, r.about(), r.methods, r.solved, percent(r.solved, r.methods),
			r.pairs, r.right, r.wrong, percent(r.right, r.right+r.wrong), len(r.left), r.seconds, r.bytes>>20, strings.Join(r.commonest(2), "; "))
		sum.methods, sum.solved, sum.pairs = sum.methods+r.methods, sum.solved+r.solved, sum.pairs+r.pairs
		sum.right, sum.wrong, sum.seconds = sum.right+r.right, sum.wrong+r.wrong, sum.seconds+r.seconds
		sum.left = append(sum.left, r.left...)
		if worst == nil || share(r) < share(worst) {
			worst = r
		}
	}
	fmt.Fprintf(&b, "| **all** | | | %d | %d | %s | %d | %d | %d | %s | %d | %.1f | | |\n\n", sum.methods, sum.solved, percent(sum.solved, sum.methods), sum.pairs, sum.right, sum.wrong,
		percent(sum.right, sum.right+sum.wrong), len(sum.left), sum.seconds)
	fmt.Fprintf(&b, "The worst is %s.\n", worst.Name)
	for _, r := range results {
		if len(r.left) > 0 && len(r.left) <= 40 {
			fmt.Fprintf(&b, "Left out of %s, because nothing describes them: %s.\n", r.Name, strings.Join(r.left, ", "))
		}
	}
	return b.String()
}

func share(r *result) float64 { return float64(r.solved) / float64(max(r.methods, 1)) }

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

// replaceSection writes the table between its marks in a file, or at its end.
func replaceSection(file, table string) error {
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
	return os.WriteFile(file, []byte(before+begin+"\n"+table+"\n"+end+after), 0o666)
}
