package analyzer

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// stubs declare what generated programs use of the standard library: type-checking the
// real one takes longer than everything else.
type stubs map[string]string

var library = stubs{
	"fmt":      "func Sprint(...any) string; func Sprintf(string, ...any) string",
	"net/http": "type Request struct{}; func NewRequest(method, url string, body any) (*Request, error)",
	"os":       "func Getenv(string) string",
	"path":     "func Join(...string) string",
	"strings":  "func Join([]string, string) string; func HasPrefix(s, p string) bool; func HasSuffix(s, p string) bool; func TrimSuffix(s, p string) string; func TrimPrefix(s, p string) string; func TrimRight(s, p string) string",
}

func (s stubs) Import(name string) (*types.Package, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", "package "+filepath.Base(name)+"; "+s[name], 0)
	if err != nil {
		return nil, err
	}
	return (&types.Config{IgnoreFuncBodies: true}).Check(name, fset, []*ast.File{file}, nil)
}

const fuzzFile = "fuzz.go"

// check type-checks a program of one file.
func check(source string) (Package, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, fuzzFile, source, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return Package{}, err
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{}}
	pkg, err := (&types.Config{Importer: library}).Check("example.com/fuzz", fset, []*ast.File{file}, info)
	return Package{Path: "example.com/fuzz", Fset: fset, Files: []*ast.File{file}, Types: pkg, Info: info, Module: "example.com/fuzz"}, err
}

// program extracts a program of one file without a disk.
func program(t *testing.T, source string) *Program {
	t.Helper()
	pkg, err := check(source)
	if err != nil {
		t.Fatalf("the generated program is wrong: %v\n%s", err, source)
	}
	p, err := NewProgram(Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.pkgs = []*equation.Package{p.extract(pkg, func(string) ([]byte, error) { return []byte(source), nil })}
	return p
}

// seedChoices adds random choices for generated programs.
func seedChoices(f *testing.F) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for i := range 150 {
		choices := make([]byte, 10+3*i)
		for k := range choices {
			choices[k] = byte(rnd.IntN(256))
		}
		f.Add(choices)
	}
}

// Generated programs are of use only if the solver knows much of what they send, and if
// there is something in them to fix.
func TestGenerated(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	known, fixed := 0, 0
	for range 100 {
		choices := make([]byte, 200)
		for k := range choices {
			choices[k] = byte(rnd.IntN(256))
		}
		g := generate(choices)
		source, _ := g.source()
		p := program(t, source)
		every := func(string) bool { return true }
		for _, u := range solve.Link(p.pkgs, solve.Words{Needle: every, Path: every}).Uses() {
			u.Solve(func(s solve.Solved) {
				if _, ok := s.URL.Known(); ok {
					known++
				}
			})
		}
		if after, _ := migrated(t, source, p.Result()); after != source {
			fixed++
		}
	}
	t.Logf("%d known URLs, %d of 100 programs with a fix", known, fixed)
	if known < 100 || fixed < 20 {
		t.Errorf("%d known URLs and %d programs with a fix are too few", known, fixed)
	}
}

// matches reports whether holes can be filled so that the template is the text.
func matches(flat, text string) bool {
	parts := strings.Split(flat, string(strval.Hole))
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	ok, err := regexp.MatchString(`(?s)\A`+strings.Join(parts, ".*")+`\z`, text)
	return err == nil && ok
}

// FuzzSolver compares what the solver says about generated programs with what they send
// when they run.
func FuzzSolver(f *testing.F) {
	seedChoices(f)
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) > 600 {
			return
		}
		g := generate(choices)
		source, lines := g.source()
		all, runs := g.runs()
		sent := map[int][]string{}
		for _, run := range runs {
			for _, r := range run {
				sent[r.use] = append(sent[r.use], r.method+" "+r.url)
			}
		}
		p := program(t, source)
		every := func(string) bool { return true }
		for _, u := range solve.Link(p.pkgs, solve.Words{Needle: every, Path: every}).Uses() {
			if u.Kind != equation.Request {
				continue // the comparisons of conditions
			}
			n, ok := lines[u.Pos.Line]
			if !ok {
				t.Fatalf("there is no request in line %d\n%s", u.Pos.Line, source)
			}
			var answers []string
			complete := u.Solve(func(s solve.Solved) { answers = append(answers, s.Method+" "+s.URL.Flat()) })
			if len(answers) > 1<<20 {
				t.Fatalf("%d answers", len(answers))
			}
			if len(sent[n]) == 0 {
				continue
			}
			if all && !g.inexact {
				for _, a := range answers {
					if !strings.ContainsRune(a, strval.Hole) && !slices.Contains(sent[n], a) {
						t.Errorf("line %d is solved to %q, but sends %q\n%s", u.Pos.Line, a, sent[n], source)
					}
				}
			}
			if !complete {
				continue
			}
			for _, s := range sent[n] {
				if !slices.ContainsFunc(answers, func(a string) bool { return matches(a, s) }) {
					t.Errorf("line %d sends %q, but is solved to %q\n%s", u.Pos.Line, s, answers, source)
				}
			}
		}
	})
}

// FuzzConstant holds the solver against go/constant.
func FuzzConstant(f *testing.F) {
	files, err := filepath.Glob("../testdata/corpus/*/*.go")
	if err != nil || len(files) == 0 {
		f.Fatal("no corpus: ", err)
	}
	seen := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			f.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && strings.Contains(l.Value, "/v") && !seen[l.Value] {
				seen[l.Value] = true
				if len(seen)%4 == 0 {
					f.Add("a + (" + l.Value + ") + b")
				}
			}
			return true
		})
	}
	for _, s := range []string{`string('a') + a`, `string(rune(47)) + string(b)`, `text("x") + c`, "`\r\n`+\"\\xff\"", `"é"+"\u00e9"`, `string(a+b) + (("v1"))`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, expr string) {
		if len(expr) > 1<<10 {
			return
		}
		if _, err := parser.ParseExpr(expr); err != nil {
			return
		}
		source := "package main\n\nimport \"net/http\"\n\ntype text string\n\nconst a, b, c = \"https://h\" + `/v1`, \"/\\x61\", text(\"/c\")\n\n" +
			"const d = " + expr + "\n\nfunc main() {\n\thttp.NewRequest(\"GET\", string(d), nil)\n}\n"
		pkg, err := check(source)
		if err != nil || len(pkg.Files[0].Decls) != 6 {
			return
		}
		value := pkg.Types.Scope().Lookup("d").(*types.Const).Val()
		if value.Kind() != constant.String {
			return // string(65) is a constant as well, of an integer
		}
		want := constant.StringVal(value)
		if strings.ContainsRune(want, strval.Hole) || len(want) > strval.MaxLen {
			return
		}
		p := program(t, source)
		every := func(string) bool { return true }
		uses := solve.Link(p.pkgs, solve.Words{Needle: every, Path: every}).Uses()
		if len(uses) != 1 {
			t.Fatalf("%d requests in\n%s", len(uses), source)
		}
		complete := uses[0].Solve(func(s solve.Solved) {
			if got, known := s.URL.Known(); !known || got != want {
				t.Errorf("%s is solved to %q, want %q", expr, s.URL.Flat(), want)
			}
			for _, part := range s.URL {
				if part.Lit == nil {
					continue
				}
				if value, _, err := part.Lit.Decode(); err != nil || part.At+len(part.Text) > len(value) || value[part.At:part.At+len(part.Text)] != part.Text {
					t.Errorf("%s: %q does not stand at %d of %s", expr, part.Text, part.At, part.Lit.Source)
				}
			}
		})
		if !complete {
			t.Errorf("%s is too hard", expr)
		}
	})
}

// FuzzMigrate fixes generated programs and runs them before and after: every request is
// the old one or the one that the endpoint table wants, and nothing is left to fix.
func FuzzMigrate(f *testing.F) {
	seedChoices(f)
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) > 600 {
			return
		}
		g := generate(choices)
		source, _ := g.source()
		_, before := g.runs()
		res := program(t, source).Result()
		checkFindings(t, res)
		fixed, offsets := migrated(t, source, res)
		if fixed == source {
			return
		}
		for _, l := range g.lits {
			moved := offsets(l.offset)
			spelling, err := strconv.QuotedPrefix(fixed[moved:])
			if err != nil {
				t.Fatalf("there is no literal at %d\n%s", moved, fixed)
			}
			if l.value, err = strconv.Unquote(spelling); err != nil {
				t.Fatalf("%s: %v", spelling, err)
			}
		}
		_, after := g.runs()
		table := endpoint.Default()
		for i, run := range before {
			if i >= len(after) || g.inexact && len(after[i]) != len(run) {
				break // the program looks at its own strings and now goes another way
			}
			if len(after[i]) != len(run) {
				t.Fatalf("%d requests become %d\n%s\n%s", len(run), len(after[i]), source, fixed)
			}
			for k, r := range run {
				now := after[i][k]
				want := table.Match(r.method, r.url)
				if want.Kind == endpoint.NotOurs && strings.Contains(r.url, "orbitflare.com/") {
					continue // a literal is a URL of the API by itself, whatever else is sent with it
				}
				if now.url != r.url && (now.use == r.use || !g.inexact) && now.url != endpoint.Apply(r.url, want.Edits) {
					t.Errorf("%s %s becomes %s, which is not the mapped one: %s\n%s\n%s", r.method, r.url, now.url, want.Reason, source, fixed)
				}
			}
		}
		// What has moved may be what kept something else from moving: the command fixes until
		// nothing is left, and it is soon.
		const rounds = 4
		for range rounds {
			again := program(t, fixed).Result()
			checkFindings(t, again)
			next, _ := migrated(t, fixed, again)
			if next == fixed {
				return
			}
			fixed = next
		}
		t.Errorf("after %d rounds there is still something to fix:\n%s", rounds, fixed)
	})
}

// checkFindings checks what holds for every result.
func checkFindings(t *testing.T, res *Result) {
	t.Helper()
	for _, f := range res.Findings {
		if f.Rule == "" || f.Message == "" || strings.ContainsAny(f.Message, "\n\x00") || (f.Applicability == fixer.Safe) != (f.Reason == "") {
			t.Errorf("a finding says %+v", f)
		}
	}
}

// migrated makes the safe changes. offsets says where a place of the source has gone.
func migrated(t *testing.T, source string, res *Result) (fixed string, offsets func(int) int) {
	t.Helper()
	var changes []fixer.Change
	for _, g := range res.Groups {
		if g.Applicability == fixer.Safe {
			changes = append(changes, g.Changes...)
		}
	}
	slices.SortFunc(changes, func(a, b fixer.Change) int { return a.Start - b.Start })
	last := 0
	var out strings.Builder
	for _, c := range changes {
		if c.Start < last || source[c.Start:c.End] != c.Old {
			t.Fatalf("change %+v does not fit\n%s", c, source)
		}
		out.WriteString(source[last:c.Start])
		out.WriteString(c.New)
		last = c.End
	}
	out.WriteString(source[last:])
	return out.String(), func(offset int) int {
		moved := offset
		for _, c := range changes {
			if c.End <= offset {
				moved += len(c.New) - len(c.Old)
			}
		}
		return moved
	}
}
