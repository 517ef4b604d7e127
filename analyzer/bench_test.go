package analyzer

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// module writes a module of one package and loads it.
func module(t testing.TB, source string) []Package {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/gen\n\ngo 1.24\n", "main.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return load(t, dir)
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
			b.Fatalf("%d findings, unsolved %q", len(res.Findings), res.Unsolved)
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
