package analyzer

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// standard imports packages of the standard library from source, once for all tests.
var standard = sync.OnceValue(func() types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "source", nil)
})

// module type-checks a program of one file without asking the go command, which would
// compile it.
func module(t testing.TB, source string) []Package {
	t.Helper()
	name := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(name, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{}}
	conf := types.Config{Importer: standard()}
	pkg, err := conf.Check("example.com/gen", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return []Package{{Path: "example.com/gen", Fset: fset, Files: []*ast.File{file}, Types: pkg, Info: info, Module: "example.com/gen"}}
}

// callSites is a program that calls one wrapper n times.
func callSites(n int) string {
	var b strings.Builder
	b.WriteString(`package main

import (
	"fmt"
	"net/http"
)

type client struct{ base string }

func (c *client) do(method, path string) {
	req, _ := http.NewRequest(method, c.base+path, nil)
	http.DefaultClient.Do(req)
}

func (c *client) get(path string) { c.do("GET", path) }

func main() {
	c := &client{base: "https://api.orbitflare.com/customer/v1"}
`)
	for i := range n {
		if i%100 == 0 {
			fmt.Fprintf(&b, "\tpart%d(c, fmt.Sprint(1))\n", i/100)
		}
	}
	b.WriteString("}\n")
	for i := range n {
		if i%100 == 0 {
			if i > 0 {
				b.WriteString("}\n")
			}
			fmt.Fprintf(&b, "\nfunc part%d(c *client, id string) {\n", i/100)
		}
		switch i % 4 {
		case 0:
			b.WriteString("\tc.get(\"/licenses/\" + id)\n")
		case 1:
			b.WriteString("\tc.get(\"/locations\")\n")
		case 2:
			b.WriteString("\tc.get(fmt.Sprintf(\"/licenses/%s/ips\", id))\n")
		case 3:
			b.WriteString("\tc.do(\"POST\", \"/licenses/\"+id+\"/reset-key\")\n")
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func benchmark(b *testing.B, pkgs []Package, sites int) {
	b.ReportAllocs()
	var extract, solve time.Duration
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n := 0
	for b.Loop() {
		n++
		prog, err := NewProgram(Options{})
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		for _, p := range pkgs {
			prog.Add(p)
		}
		mid := time.Now()
		res := prog.Result()
		extract += mid.Sub(start)
		solve += time.Since(mid)
		if len(res.Findings) == 0 || len(res.Unsolved) > 0 {
			b.Fatalf("%d findings, unsolved %v", len(res.Findings), res.Unsolved)
		}
	}
	runtime.ReadMemStats(&after)
	per := float64(n) * float64(sites)
	b.ReportMetric(float64(extract.Nanoseconds())/per, "extract-ns/site")
	b.ReportMetric(float64(solve.Nanoseconds())/per, "solve-ns/site")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/per, "allocs/site")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/per, "B/site")
}

// BenchmarkSample runs on the sample application, which has about 60 call sites.
func BenchmarkSample(b *testing.B) {
	dir, err := filepath.Abs("../testdata/acme")
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, load(b, dir), 60)
}

// BenchmarkCallSites shows that the cost grows linearly with the call sites of one
// wrapper.
func BenchmarkCallSites(b *testing.B) {
	for _, n := range []int{1_000, 2_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmark(b, module(b, callSites(n)), n) })
	}
}

// TestCallSites keeps the generator of the benchmark alive.
func TestCallSites(t *testing.T) {
	prog, err := NewProgram(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range module(t, callSites(8)) {
		prog.Add(p)
	}
	// The base, and the two calls of the endpoint that moved.
	if res := prog.Result(); len(res.Findings) != 3 || len(res.Unsolved) != 0 {
		t.Errorf("findings %v, unsolved %v", res.Findings, res.Unsolved)
	}
}
