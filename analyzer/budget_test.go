package analyzer

import (
	"fmt"
	"strings"
	"testing"
)

// Programs that try to make the search explode. Each must end, and what is cut off must
// be said.
var hostile = map[string]func() string{
	"fields": func() string { // 200 fields with 50 assignments each, all in one URL
		var b strings.Builder
		b.WriteString("package main\n\nimport \"net/http\"\n\ntype t struct {\n")
		for i := range 200 {
			fmt.Fprintf(&b, "\tf%d string\n", i)
		}
		b.WriteString("}\n\nfunc set(x *t, i int) {\n")
		for i := range 200 {
			for k := range 50 {
				fmt.Fprintf(&b, "\tif i == %d { x.f%d = \"/%d\" }\n", k, i, k)
			}
		}
		b.WriteString("}\n\nfunc main() {\n\tx := &t{}\n\tset(x, 1)\n\thttp.Get(\"https://api.orbitflare.com/customer/v1\"")
		for i := range 200 {
			fmt.Fprintf(&b, " + x.f%d", i)
		}
		b.WriteString(")\n}\n")
		return b.String()
	},
	"recursion": func() string {
		return `package main

import "net/http"

const base = "https://api.orbitflare.com/customer/v1"

func a(n int, p string) string { if n > 0 { return b(n-1, p+"/x") }; return p }
func b(n int, p string) string { if n > 1 { return a(n-1, p+"/y") }; return b(n, p) }

type node struct{ parent *node; name string }

func (n *node) path() string { if n.parent == nil { return n.name }; return n.parent.path() + "/" + n.name }

var loop = loop2 + "x"
var loop2 = func() string { return base + other() }()

func other() string { return loop3 }

var loop3 string

func send(n int, u string) { if n > 0 { send(n-1, u+"/z") }; http.Get(u) }

func main() {
	loop3 = loop
	http.Get(base + a(3, "/licenses"))
	http.Get(base + (&node{&node{nil, "/licenses"}, "x"}).path())
	http.Get(loop)
	send(3, base)
}
`
	},
	"constants": func() string { // 26 constants, each twice the one before
		var b strings.Builder
		b.WriteString("package main\n\nimport \"net/http\"\n\nconst c0 = \"/customer/v1\"\n")
		for i := 1; i <= 26; i++ {
			fmt.Fprintf(&b, "const c%d = c%d + c%d\n", i, i-1, i-1)
		}
		b.WriteString("\nfunc main() { http.Get(c26) }\n")
		return b.String()
	},
	"locals": func() string {
		var b strings.Builder
		b.WriteString("package main\n\nimport \"net/http\"\n\nfunc main() {\n\ts := \"/customer/v1\"\n")
		for range 40 {
			b.WriteString("\ts = s + s\n")
		}
		b.WriteString("\thttp.Get(s)\n}\n")
		return b.String()
	},
	"chain": func() string {
		return "package main\n\nimport \"net/http\"\n\nfunc main() {\n\tx := \"\"\n\thttp.Get(\"https://api.orbitflare.com/customer/v1/licenses?\"" +
			strings.Repeat(" +\n\t\t\"a\" + x", 15_000) + ")\n}\n"
	},
	"branches": func() string { // 2^40 ways
		var b strings.Builder
		b.WriteString("package main\n\nimport (\n\t\"net/http\"\n\t\"os\"\n)\n\nfunc main() {\n\tu := \"https://api.orbitflare.com/customer/v1\"\n")
		for i := range 40 {
			fmt.Fprintf(&b, "\tif os.Args[%d] != \"\" {\n\t\tu += \"/a%d\"\n\t}\n", i, i)
		}
		b.WriteString("\thttp.Get(u)\n}\n")
		return b.String()
	},
	"padding": func() string {
		return "package main\n\nimport (\n\t\"fmt\"\n\t\"net/http\"\n\t\"strings\"\n)\n\nfunc main() {\n" +
			"\thttp.Get(fmt.Sprintf(\"https://api.orbitflare.com/customer/v1/%999999999s\", \"x\"))\n" +
			"\thttp.Get(\"https://api.orbitflare.com/customer/v1/\" + strings.Repeat(\"a\", 1<<40))\n" +
			"\thttp.Get(\"https://api.orbitflare.com/customer/v1/\" + strings.Repeat(\"a\", -1))\n}\n"
	},
	"setters": func() string { // 300 setters of one field, and 300 requests that read it
		var b strings.Builder
		b.WriteString("package main\n\nimport \"net/http\"\n\ntype t struct{ base, path string }\n\nfunc (x *t) send() { http.Get(x.base + x.path) }\n\n")
		for i := range 300 {
			fmt.Fprintf(&b, "func f%d(x *t) {\n\tx.path = \"/licenses/%d\"\n\tx.send()\n}\n\n", i, i)
		}
		b.WriteString("func main() {\n\tx := &t{base: \"https://api.orbitflare.com/customer/v1\"}\n")
		for i := range 300 {
			fmt.Fprintf(&b, "\tf%d(x)\n", i)
		}
		b.WriteString("}\n")
		return b.String()
	},
}

func TestHostilePrograms(t *testing.T) {
	for name, source := range hostile {
		t.Run(name, func(t *testing.T) {
			prog, err := NewProgram(Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range module(t, source()) {
				prog.Add(p)
			}
			res := prog.Result()
			if len(res.Findings)+len(res.Unsolved) == 0 {
				t.Error("nothing is said about v1")
			}
			for _, u := range res.Unsolved {
				t.Logf("%s: %s", u.Pos, u.Reason)
			}
			for _, f := range res.Findings[:min(3, len(res.Findings))] {
				t.Logf("%.200s", f.Message)
			}
		})
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, source := range hostile {
		b.Run(name, func(b *testing.B) {
			pkgs := module(b, source())
			b.ReportAllocs()
			for b.Loop() {
				prog, err := NewProgram(Options{})
				if err != nil {
					b.Fatal(err)
				}
				for _, p := range pkgs {
					prog.Add(p)
				}
				prog.Result()
			}
		})
	}
}
