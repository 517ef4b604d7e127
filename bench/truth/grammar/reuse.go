package grammar

import (
	"fmt"
	"strings"
)

// A reuse is something else that the program does with a constant of the URL.
type reuse struct {
	id, says string
	text     func(x *scope, t text, name string, f fact) *event
	number   func(x *scope, t text, name string, f fact) *event
}

func nothing(*scope, text, string, fact) *event { return nil }

// compared compares with what lies outside of the program.
func compared(kind string) func(x *scope, t text, name string, f fact) *event {
	return func(x *scope, t text, name string, f fact) *event {
		env := x.env()
		x.settings = append(x.settings, fmt.Sprintf("os.Setenv(%q, %q)", env, f.old))
		if kind == "number" {
			v := x.name("n")
			x.do("%s, _ := strconv.Atoi(os.Getenv(%q))", v, env)
			x.do("fmt.Println(\"as stored\", %s == %s)", v, name)
		} else {
			x.do("fmt.Println(\"as stored\", os.Getenv(%q) == %s)", env, name)
		}
		pin(t.lits)
		return &event{before: "as stored true", after: "as stored true"}
	}
}

var reuses = []reuse{
	{"none", "nothing else", nothing, nothing},
	{"again-none", "nothing else, as most are", nothing, nothing},
	{"stored", "compared with what lies outside of the program", compared("text"), compared("number")},
	{"other-request", "part of a request to another host", func(x *scope, t text, name string, f fact) *event {
		host := api.foreign[1].host
		at := x.lit(host, host, roleBase, false)
		if !strings.HasPrefix(f.old, "/") || strings.ContainsAny(f.old, "{%") {
			at = x.lit(host+"/search?q=", host+"/search?q=", roleBase, false)
		}
		if strings.ContainsAny(f.old, "{% ") {
			return nil
		}
		x.do("http.Get(%s + %s)", at.src, name)
		pin(t.lits)
		line := "GET " + at.old + f.old
		return &event{before: line, after: line}
	}, func(x *scope, t text, name string, f fact) *event {
		host := api.foreign[1].host + "/gateway?v="
		x.do("http.Get(fmt.Sprint(%s, %s))", x.lit(host, host, roleURL, false).src, name)
		pin(t.lits)
		return &event{before: "GET " + host + f.old, after: "GET " + host + f.old}
	}},
	{"count", "a number of rounds, or a length", func(x *scope, t text, name string, f fact) *event {
		x.do("fmt.Println(\"length\", len(%s) == %d)", name, len(f.old))
		pin(t.lits)
		return &event{before: "length true", after: "length true"}
	}, func(x *scope, t text, name string, f fact) *event {
		v := x.name("rounds")
		x.do("%s := 0", v)
		x.do("for range %s {\n%s++\n}", name, v)
		x.do("fmt.Println(\"rounds\", %s)", v)
		pin(t.lits)
		return &event{before: "rounds " + f.old, after: "rounds " + f.old}
	}},
}
