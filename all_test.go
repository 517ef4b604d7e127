package orbitmigrate_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/orbitmigrate/orbitmigrate/internal/driver"
)

var update = flag.Bool("update", false, "rewrite the flags table of README.md")

const module = "github.com/orbitmigrate/orbitmigrate/"

// arrows are the imports between packages of the module that code other than tests may
// have. A package without a row is not known, an empty row is a leaf.
var arrows = map[string][]string{
	"cmd/orbitmigrate":    {"internal/driver"},
	"bench":               {"bench/module"},
	"bench/checker":       {"analyzer"},
	"bench/generate":      {"bench/module"},
	"bench/module":        {},
	"bench/openapi":       {"internal/workspace"},
	"bench/reasons":       {},
	"bench/truth":         {"bench/truth/grammar", "bench/truth/judge", "bench/truth/lab"},
	"bench/truth/grammar": {"bench/truth/judge"},
	"bench/truth/judge":   {},
	"bench/truth/lab":     {"bench/truth/grammar", "bench/truth/judge"},
	"internal/driver":     {"analyzer", "fixer", "internal/disk", "internal/fault", "internal/report", "internal/spelling", "internal/workspace"},
	"analyzer/gclplugin":  {"analyzer"},
	"analyzer":            {"fixer", "internal/disk", "internal/endpoint", "internal/equation", "internal/extract", "internal/fault", "internal/sink", "internal/solve", "internal/spelling", "internal/strval"},
	"internal/extract":    {"internal/equation", "internal/sink", "internal/strval"},
	"internal/solve":      {"internal/equation", "internal/sink", "internal/strval"},
	"internal/equation":   {"internal/strval"},
	"internal/strval":     {},
	"internal/sink":       {"internal/disk", "internal/strictyaml"},
	"internal/endpoint":   {"internal/strictyaml"},
	"internal/growth":     {},
	"internal/hermetic":   {},
	"internal/sample":     {},
	"internal/strictyaml": {},
	"internal/report":     {},
	"internal/workspace":  {"internal/disk", "internal/fault"},
	"internal/disk":       {},
	"internal/fault":      {},
	"fixer":               {"internal/disk", "internal/fault"},
	"internal/spelling":   {},
}

// files returns the slash-separated names of all files that belong to the project, in
// order. Directories that git ignores are left out.
func files(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{".git", ".cache", "bin"}, name):
			return fs.SkipDir
		case d.Type().IsRegular():
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// goFiles returns the Go files outside of testdata. Those of nested modules are left out
// unless they are asked for.
func goFiles(t *testing.T, nested bool) []string {
	t.Helper()
	all := files(t)
	var modules []string
	for _, name := range all {
		if path.Base(name) == "go.mod" && name != "go.mod" {
			modules = append(modules, path.Dir(name)+"/")
		}
	}
	return slices.DeleteFunc(all, func(name string) bool {
		inside := func(dir string) bool { return strings.HasPrefix(name, dir) }
		return path.Ext(name) != ".go" || strings.Contains("/"+name, "/testdata/") || !nested && slices.ContainsFunc(modules, inside)
	})
}

// TestArrows reads the source, so it holds for every build configuration.
func TestArrows(t *testing.T) {
	found := map[string]bool{}
	for _, name := range goFiles(t, false) {
		dir := path.Dir(name)
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		allowed, known := arrows[dir]
		if !known && !found[dir] {
			t.Errorf("%s: the package has no row in arrows; say what it may import", dir)
		}
		found[dir] = true
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if imported, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(allowed, imported) {
				t.Errorf("%s imports %s; %s may import %q of the module", name, imported, dir, allowed)
			}
		}
	}
	for dir := range arrows {
		if !found[dir] {
			t.Errorf("%s: arrows has a row for a package that does not exist", dir)
		}
	}
}

// banned are modules that must not become part of the program, and why.
var banned = map[string]string{
	"github.com/spf13/cobra":            "its flags clash with those that go vet asks for",
	"github.com/charmbracelet":          "escape sequences need no library",
	"charm.land":                        "escape sequences need no library",
	"github.com/google/renameio":        "it replaces symbolic and hard links",
	"github.com/stretchr/testify":       "it is for tests",
	"github.com/goccy/go-yaml":          "it runs out of memory on nested brackets",
	"github.com/golangci/golangci-lint": "it belongs to the nested module",
}

func TestBannedDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "github.com/dave/dst") {
		t.Fatal("go list does not list the dependencies")
	}
	for _, dep := range deps {
		for prefix, why := range banned {
			if strings.HasPrefix(dep+"/", prefix+"/") {
				t.Errorf("the program depends on %s: %s", dep, why)
			}
		}
	}
}

func TestFormatted(t *testing.T) {
	for _, name := range goFiles(t, true) {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		formatted, err := format.Source(source)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !bytes.Equal(source, formatted) {
			t.Errorf("%s is not formatted; run gofmt -w %[1]s", name)
		}
	}
}

func TestPackageComments(t *testing.T) {
	documented := map[string]bool{}
	for _, name := range goFiles(t, false) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Error(err)
			continue
		}
		dir := path.Dir(name)
		documented[dir] = documented[dir] || describes(file, dir)
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s: no file has a comment that begins with %q", dir, opening(dir, ""))
		}
	}
}

// opening returns how the comment of the package in dir has to begin.
func opening(dir, name string) string {
	base := path.Base(dir)
	if name == "main" || strings.HasPrefix(dir, "cmd/") {
		return strings.ToUpper(base[:1]) + base[1:] + " "
	}
	return "Package " + base + " "
}

func describes(file *ast.File, dir string) bool {
	return strings.HasPrefix(file.Doc.Text(), opening(dir, file.Name.Name))
}

// homePath matches names below the home directories of Unix, macOS and Windows.
var homePath = regexp.MustCompile(`(?m)(?:^|[^\w.}])(?:/(?:home|Users)/[\w.-]+|/root/[\w.-]|[A-Za-z]:\\+Users\\+\w)`)

func TestNoHomePaths(t *testing.T) {
	for _, name := range files(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range homePath.FindAllIndex(data, -1) {
			t.Errorf("%s:%d: %q is a path of one machine", name, 1+bytes.Count(data[:at[0]], []byte("\n")), bytes.TrimSpace(data[at[0]:at[1]]))
		}
	}
}

// orbitmigrate runs the command in this process and returns what it prints.
func orbitmigrate(t *testing.T, want int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := driver.Main(context.Background(), args, &stdout, &stderr); got != want {
		t.Fatalf("orbitmigrate %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), got, want, &stdout, &stderr)
	}
	return stdout.String()
}

// A manualFlag is one entry of the flags section of the manual.
type manualFlag struct{ spelling, meaning string }

// manualFlags reads what -help prints. A test of the driver holds that text against the
// flags themselves.
func manualFlags(t *testing.T) []manualFlag {
	t.Helper()
	_, section, found := strings.Cut(orbitmigrate(t, 0, "-help"), "\n# Flags\n")
	section, _, closed := strings.Cut(section, "\n# ")
	if !found || !closed {
		t.Fatal("the manual has no section of flags")
	}
	var flags []manualFlag
	for line := range strings.Lines(section) {
		line = strings.TrimSpace(line)
		spelling, meaning, ok := strings.Cut(line, "  ")
		switch {
		case strings.HasPrefix(line, "-") && ok:
			flags = append(flags, manualFlag{spelling, strings.TrimSpace(meaning)})
		case line != "" && len(flags) > 0:
			flags[len(flags)-1].meaning += " " + line
		case line != "":
			t.Fatalf("the manual has an explanation without a flag: %s", line)
		}
	}
	return flags
}

// names returns the names of the flags, without dashes and values.
func names(flags []manualFlag) []string {
	var out []string
	for _, f := range flags {
		for spelling := range strings.SplitSeq(f.spelling, ", ") {
			name, _, _ := strings.Cut(strings.TrimPrefix(spelling, "-"), " ")
			name, _, _ = strings.Cut(name, "=")
			out = append(out, name)
		}
	}
	return out
}

// TestReadmeFlags wants the table of README.md to say what the manual says.
func TestReadmeFlags(t *testing.T) {
	const begin, end = "<!-- flags: go test -run TestReadmeFlags . -update -->\n", "<!-- end of flags -->\n"
	readme := read(t, "README.md")
	before, rest, ok := strings.Cut(readme, begin)
	table, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("README.md has no flags table between %q and %q", begin, end)
	}
	var want strings.Builder
	want.WriteString("| flag | meaning |\n|---|---|\n")
	for _, f := range manualFlags(t) {
		fmt.Fprintf(&want, "| `%s` | %s |\n", f.spelling, strings.ReplaceAll(f.meaning, "|", `\|`))
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(before+begin+want.String()+end+after), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want.String(), table); diff != "" {
		t.Errorf("flags table of README.md (-manual +README.md); -update rewrites it:\n%s", diff)
	}
}

// TestReadmeDiff wants the changes that README.md shows to be changes that the command
// makes of the sample application.
func TestReadmeDiff(t *testing.T) {
	blocks := fenced(read(t, "README.md"), "diff")
	if len(blocks) == 0 {
		t.Fatal("README.md shows no diff")
	}
	diff := orbitmigrate(t, 3, "-C", "testdata/acme", "-diff", "./...")
	for _, block := range blocks {
		if !strings.Contains(diff, block) {
			t.Errorf("README.md shows a change that -diff does not print:\n%s", block)
		}
	}
}

// TestDocumentedCommands wants everything that a command in the documentation names to
// exist: directories, files, scripts, flags, tests and fuzz targets.
func TestDocumentedCommands(t *testing.T) {
	known := names(manualFlags(t))
	for _, document := range []string{"README.md", "CONTRIBUTING.md"} {
		text := read(t, document)
		blocks := fenced(text, "sh")
		if len(blocks) == 0 {
			t.Errorf("%s shows no commands", document)
		}
		for _, block := range blocks {
			for line := range strings.Lines(block) {
				for _, complaint := range checkLine(line, known) {
					t.Errorf("%s: %s: %s", document, strings.TrimSpace(line), complaint)
				}
			}
		}
		for _, link := range links.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(link[1]); err != nil && !strings.Contains(link[1], "://") {
				t.Errorf("%s: the link to %s leads nowhere", document, link[1])
			}
		}
	}
}

// TestCheckLine shows that the check of commands can fail.
func TestCheckLine(t *testing.T) {
	known := []string{"C", "diff"}
	for line, want := range map[string]int{
		"go run ./cmd/orbitmigrate -C testdata/acme -diff ./...":    0,
		"orbitmigrate -diff ./... | git apply --directory=testdata": 0,
		"(cd internal/sink/libraries && go test ./...)  # -nothing": 0,
		"go test -run TestArrows .":                                 0,
		"go test -fuzz FuzzMatch ./internal/endpoint":               0,
		"go run ./cmd/nothing":                                      1,
		"orbitmigrate -nothing":                                     1,
		"orbitmigrate -C nothing -diff":                             1,
		"cd nothing && go test ./...":                               1,
		"go test -run TestNothing .":                                1,
		"go test -fuzz FuzzMatch ./fixer":                           1,
		"./nothing.sh":                                              1,
	} {
		if got := checkLine(line, known); len(got) != want {
			t.Errorf("checkLine(%q) = %q, want %d complaints", line, got, want)
		}
	}
}

var (
	links      = regexp.MustCompile(`\]\(([^)#]+)\)`)
	separator  = regexp.MustCompile(`&&|[|;()]`)
	substitute = regexp.MustCompile(`\$\([^)]*\)`)
)

// checkLine returns what is wrong with one line of shell commands. known are the names
// of the flags of orbitmigrate.
func checkLine(line string, known []string) []string {
	line, _, _ = strings.Cut(line, "#")
	// What $(...) stands for is a name outside of the project.
	line = substitute.ReplaceAllString(line, "")
	var wrong []string
	dir := "."
	exists := func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			wrong = append(wrong, "there is no "+path.Join(dir, name))
		}
		return err == nil
	}
	for _, command := range separator.Split(line, -1) {
		words := strings.Fields(command)
		ours := false
		for i, word := range words {
			previous := ""
			if i > 0 {
				previous = words[i-1]
			}
			base := strings.TrimSuffix(path.Base(word), "@latest")
			switch {
			case previous == "cd":
				if exists(word) {
					dir = path.Join(dir, word)
				}
			case ours && strings.HasPrefix(word, "-"):
				name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
				if !slices.Contains(known, name) {
					wrong = append(wrong, "there is no flag "+word)
				}
			case ours && previous == "-C":
				exists(word)
			case previous == "-run", previous == "-fuzz", previous == "-bench":
				pkg := dir
				if at := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, ".") }); at >= 0 {
					pkg = path.Join(dir, words[at])
				}
				if !declared(pkg, word) {
					wrong = append(wrong, fmt.Sprintf("no test file in %s declares %s", pkg, word))
				}
			case strings.HasPrefix(word, "./"), strings.HasPrefix(word, ".ci/"):
				exists(strings.TrimSuffix(strings.TrimSuffix(word, "..."), "/"))
			}
			if base == "orbitmigrate" && (previous == "" || previous == "run") {
				ours = true
			}
		}
	}
	return wrong
}

// declared reports whether a test file of the directory declares the function.
func declared(dir, function string) bool {
	tests, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(tests, func(name string) bool {
		data, err := os.ReadFile(name)
		return err == nil && bytes.Contains(data, []byte("\nfunc "+function+"("))
	})
}

// fenced returns the contents of the code blocks of Markdown in one language.
func fenced(text, language string) []string {
	var blocks []string
	for {
		_, rest, ok := strings.Cut(text, "\n```"+language+"\n")
		block, after, closed := strings.Cut(rest, "```")
		if !ok || !closed {
			return blocks
		}
		blocks = append(blocks, block)
		text = after
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
