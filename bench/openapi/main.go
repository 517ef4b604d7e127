package main

import (
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
	var err error
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
	var t table
	if *write != "" {
		if t, err = readTable(*write); err != nil {
			return err
		}
	}
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
		t.put(r)
		if *write != "" { // after each, because all of them take a while
			if err := t.write(*write); err != nil {
				return err
			}
		}
	}
	if *write == "" {
		_, err := os.Stdout.WriteString(t.String())
		return err
	}
	return nil
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
