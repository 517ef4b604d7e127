package workspace

import (
	"bytes"
	"context"
	"fmt"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// hermetic makes the go command ask nobody, and take no settings of whoever runs the test.
func hermetic(t *testing.T) {
	t.Helper()
	for name, value := range map[string]string{"GOFLAGS": "", "GOPROXY": "off", "GOWORK": "", "GOENV": "off", "GOTOOLCHAIN": "local", "GO111MODULE": ""} {
		t.Setenv(name, value)
	}
}

func listed(t *testing.T, dir string, build Build, patterns ...string) *Listing {
	t.Helper()
	l, err := List(t.Context(), Config{Dir: dir, Tests: true, Build: build}, patterns)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// checked checks packages, with their external tests, as a whole.
func checked(t *testing.T, c *Checker, paths ...string) map[string]*Unit {
	t.Helper()
	var pkgs []Part
	for _, path := range paths {
		for _, variant := range []string{path, path + "_test"} {
			if p := c.list.Largest(variant); p != nil {
				pkgs = append(pkgs, Part{Package: p})
			}
		}
	}
	units := map[string]*Unit{}
	var mu sync.Mutex
	if err := c.Check(t.Context(), pkgs, func(u *Unit) {
		mu.Lock()
		defer mu.Unlock()
		units[u.Path] = u
	}); err != nil {
		t.Fatal(err)
	}
	return units
}

func problems(u *Unit) string {
	var b strings.Builder
	for _, e := range u.Problems {
		fmt.Fprintln(&b, e.Msg)
	}
	return b.String()
}

// uses says what each identifier of a package means.
func uses(u *Unit) []string {
	var out []string
	for id, obj := range u.Info.Uses {
		pos := u.Fset.Position(id.Pos())
		out = append(out, fmt.Sprintf("%s:%d:%d %s", filepath.Base(pos.Filename), pos.Line, pos.Column, types.ObjectString(obj, nil)))
	}
	for e, tv := range u.Info.Types {
		pos := u.Fset.Position(e.Pos())
		out = append(out, fmt.Sprintf("%s:%d:%d-%d %s %v", filepath.Base(pos.Filename), pos.Line, pos.Column, int(e.End()-e.Pos()), tv.Type, tv.Value))
	}
	slices.Sort(out)
	return out
}

// TestOrigins checks a package with the types of its imports from export data and from
// source: they are the same.
func TestOrigins(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("export data is not asked for")
	}
	hermetic(t)
	dir := tree(t, `
-- go.mod --
module example.com/m

go 1.24
-- base/base.go --
package base

import "net/http"

type Client struct {
	*http.Client
	Base string
}
-- m.go --
package m

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"example.com/m/base"
)

const path = "/a" + http.MethodGet

func Get(ctx context.Context, c base.Client, v url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Base+path, strings.NewReader(v.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("A", http.StatusText(http.StatusOK))
	for name, values := range v {
		req.URL.Query()[name] = values
	}
	if http.DefaultTransport.(*http.Transport).TLSClientConfig.ClientAuth == 0 {
		return c.Do(req)
	}
	return c.Client.Get(path)
}
`)
	if out, err := exec.Command("go", "build", "net/http").CombinedOutput(); err != nil {
		t.Fatalf("go build net/http: %v\n%s", err, out)
	}
	list := listed(t, dir, Build{}, "./...")
	exported, source := NewChecker(list, runtime.GOARCH), NewChecker(list, runtime.GOARCH)
	source.forget(true)
	one, two := checked(t, exported, "example.com/m")["example.com/m"], checked(t, source, "example.com/m")["example.com/m"]
	same(t, "origin", "export data", exported.Origin())
	same(t, "origin", "source", source.Origin())
	for _, u := range []*Unit{one, two} {
		if len(u.Problems) > 0 {
			t.Fatal(problems(u))
		}
	}
	if n := len(uses(one)); n < 50 {
		t.Errorf("only %d expressions", n)
	}
	same(t, "types from export data and from source", uses(one), uses(two))

	// Nothing is built for the sake of export data.
	empty := t.TempDir()
	t.Setenv("GOCACHE", empty)
	cold := NewChecker(listed(t, dir, Build{}, "./..."), runtime.GOARCH)
	three := checked(t, cold, "example.com/m")["example.com/m"]
	same(t, "origin with an empty cache", "source", cold.Origin())
	same(t, "types with an empty cache", uses(one), uses(three))
}

// TestCheck checks packages that have something wrong or unusual about them.
func TestCheck(t *testing.T) {
	hermetic(t)
	dir := tree(t, `
-- go.mod --
module example.com/m

go 1.24

require example.com/absent v1.0.0
-- cycle/a/a.go --
package a

import "example.com/m/cycle/b"

var A = b.B
-- cycle/b/b.go --
package b

import "example.com/m/cycle/a"

var B = a.A
-- self/self.go --
package self

import "example.com/m/self"

var A = self.A
-- intocycle/intocycle.go --
package intocycle

import "example.com/m/cycle/a"

var A = a.A
-- missing/missing.go --
package missing

import "example.com/m/nowhere"

var A = nowhere.A

var Fine = "fine"
-- absent/absent.go --
package absent

import "example.com/absent"

var A = absent.A
-- syntax/syntax.go --
package syntax

func F() { return 1 +
-- ontop/ontop.go --
package ontop

import "example.com/m/syntax"

func G() { syntax.F() }
-- badtype/badtype.go --
package badtype

var A int = "text"
-- cgo/cgo.go --
package cgo

// int f(void) { return 1; }
import "C"

func F() int { return int(C.f()) }
-- variants/variants.go --
package variants

func F() string { return "F" }
-- variants/in_test.go --
package variants

const Exported = "of the test"
-- variants/out_test.go --
package variants_test

import "example.com/m/variants"

var A = variants.Exported + variants.F()
-- generic/generic.go --
package generic

type List[T any] []T

func Map[T, U any](l List[T], f func(T) U) (out List[U]) {
	for _, x := range l {
		out = append(out, f(x))
	}
	return out
}
-- instance/instance.go --
package instance

import "example.com/m/generic"

var A generic.List[int] = generic.Map(generic.List[string]{"a"}, func(s string) int { return len(s) })
-- untyped/untyped.go --
package untyped

import _ "unsafe"
`)
	c := NewChecker(listed(t, dir, Build{}, "./..."), runtime.GOARCH)
	tests := map[string]string{ // part of a problem by path, "" for none
		"cycle/a":       "import cycle",
		"cycle/b":       "", // the go command blames one of them
		"self":          "import cycle",
		"intocycle":     "",
		"missing":       "could not import example.com/m/nowhere",
		"absent":        "could not import example.com/absent",
		"syntax":        "expected",
		"ontop":         "",
		"badtype":       "cannot use",
		"cgo":           "",
		"variants":      "",
		"variants_test": "",
		"generic":       "",
		"instance":      "",
		"untyped":       "",
	}
	var paths []string
	for path := range tests {
		paths = append(paths, "example.com/m/"+path)
	}
	units := checked(t, c, paths...)
	for path, want := range tests {
		u := units["example.com/m/"+path]
		switch {
		case u == nil:
			t.Errorf("%s has not been checked", path)
		case want == "" && len(u.Problems) > 0:
			t.Errorf("%s: %s", path, problems(u))
		case !strings.Contains(problems(u), want):
			t.Errorf("%s: no problem with %q, but\n%s", path, want, problems(u))
		case len(u.Hash) != len(u.GoFiles):
			t.Errorf("%s: %d files have a hash", path, len(u.Hash))
		case u.IsCgo() != (path == "cgo"):
			t.Errorf("%s: IsCgo is %v", path, u.IsCgo())
		}
	}
	// What is right about a package is known nevertheless.
	if obj := units["example.com/m/missing"].Types.Scope().Lookup("Fine"); obj == nil || obj.Type().String() != "string" {
		t.Errorf("missing.Fine is %v", obj)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := NewChecker(c.list, "no such architecture").Check(ctx, []Part{{Package: c.list.Largest("example.com/m/instance")}}, func(*Unit) {
		t.Error("a package is handed over after the end")
	})
	if err == nil {
		t.Error("no error when the context ends")
	}
}

// TestForeign checks packages for another platform: with the export data of this one if that
// will do.
func TestForeign(t *testing.T) {
	if runtime.GOOS == "windows" || testing.Short() {
		t.Skip("parses the standard library")
	}
	hermetic(t)
	dir := tree(t, `
-- go.mod --
module example.com/m

go 1.24
-- same/same_windows.go --
package same

import "net/http"

var Get = http.Get
-- differs/differs_windows.go --
package differs

import "syscall"

var Library, Err = syscall.LoadDLL("kernel32.dll")
-- wrong/wrong_windows.go --
package wrong

import "syscall"

var Nothing = syscall.NoSuchThing
`)
	if out, err := exec.Command("go", "build", "net/http").CombinedOutput(); err != nil {
		t.Fatalf("go build net/http: %v\n%s", err, out)
	}
	build := Build{GOOS: "windows", GOARCH: "amd64"}
	for _, test := range []struct{ path, origin, problem string }{
		{"same", "export data", ""},
		{"differs", "source", ""},
		{"wrong", "source", "undefined: syscall.NoSuchThing"},
	} {
		t.Run(test.path, func(t *testing.T) {
			c := NewChecker(listed(t, dir, build, "./"+test.path), runtime.GOARCH)
			units := checked(t, c, "example.com/m/"+test.path)
			same(t, "origin", test.origin, c.Origin())
			same(t, "problems", test.problem, strings.TrimSpace(problems(units["example.com/m/"+test.path])))
		})
	}
}

// TestChanged replaces files and wants the packages that see the difference to be checked
// with it, and the exported constants that differ.
func TestChanged(t *testing.T) {
	hermetic(t)
	dir := tree(t, `
-- go.mod --
module example.com/m

go 1.24
-- a/a.go --
package a

const (
	One   = "v1"
	Two   = One + "/two"
	Three = "three"
	four  = "four"
)

var Five = "five"
-- b/b.go --
package b

import "example.com/m/a"

const Six = a.Two

var _ [len(a.One)]int = [2]int{}
-- c/c.go --
package c

const Seven = 7
`)
	list := listed(t, dir, Build{}, "./...")
	before := NewChecker(list, runtime.GOARCH)
	checked(t, before, "example.com/m/a", "example.com/m/b", "example.com/m/c")
	before.declare(t.Context(), []*packages.Package{list.Largest("example.com/m/a"), list.Largest("example.com/m/b"), list.Largest("example.com/m/c")})
	file := filepath.Join(dir, "a", "a.go")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, old, new string
		a, b           []string // constants that differ
		problem        string   // of b
	}{
		{"the same", "package a", "package a", nil, nil, ""},
		{"a constant that others are made of", `"v1"`, `"v2"`, []string{"One", "Two"}, []string{"Six"}, ""},
		{"its length", `"v1"`, `"v10"`, []string{"One", "Two"}, []string{"Six"}, "cannot use"},
		{"one that nobody uses", `"three"`, `"3"`, []string{"Three"}, nil, ""},
		{"one that is not exported", `"four"`, `"4"`, nil, nil, ""},
		{"a variable", `"five"`, `"5"`, nil, nil, ""},
		{"a constant that is gone", `Two   =`, `Zwei  =`, []string{"Two", "Zwei"}, []string{"Six"}, "undefined: a.Two"},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := bytes.Replace(src, []byte(test.old), []byte(test.new), 1)
			after := before.Changed(map[string][]byte{file: changed})
			same(t, "differing in a", test.a, before.Differing(t.Context(), after, list.Largest("example.com/m/a")))
			same(t, "differing in c", nil, before.Differing(t.Context(), after, list.Largest("example.com/m/c")))
			if after.declared["example.com/m/c"] != before.declared["example.com/m/c"] {
				t.Error("a package that is not touched has been declared again")
			}
			units := checked(t, after, "example.com/m/a", "example.com/m/b")
			if len(units["example.com/m/a"].Problems) > 0 {
				t.Error(problems(units["example.com/m/a"]))
			}
			if got := problems(units["example.com/m/b"]); test.problem == "" && got != "" || !strings.Contains(got, test.problem) {
				t.Errorf("problems of b: %s", got)
			}
			if test.problem == "" {
				same(t, "differing in b", test.b, before.Differing(t.Context(), after, list.Largest("example.com/m/b")))
			}
		})
	}
	// Packages are checked again as they were, whatever has become of the files.
	put(t, file, "package a")
	if u := checked(t, before, "example.com/m/a")["example.com/m/a"]; u.Types.Scope().Lookup("Five") == nil {
		t.Error("the file has been read again")
	}
}

func TestListing(t *testing.T) {
	hermetic(t)
	dir := tree(t, `
-- go.mod --
module example.com/m

go 1.24

require example.com/replaced v0.0.0

replace example.com/replaced => ./replaced
-- m.go --
package m

import (
	"example.com/m/a"
	"example.com/replaced"
)

var _ = a.A + replaced.A
-- a/a.go --
package a

import "strings"

var A = strings.ToUpper("a")
-- a/a_test.go --
package a

var B = A
-- a/more_test.go --
package a_test

import "example.com/m/a"

var _ = a.B
-- b/b.go --
package b
-- replaced/go.mod --
module example.com/replaced
-- replaced/replaced.go --
package replaced

var A = ""
-- replaced/replaced_test.go --
package replaced
`)
	l := listed(t, dir, Build{}, ".")
	ids := func(pkgs []*packages.Package) (out []string) {
		for _, p := range pkgs {
			out = append(out, p.ID)
		}
		return out
	}
	files := func(path string) int {
		if p := l.Largest(path); p != nil {
			return len(p.GoFiles)
		}
		return -1
	}
	same(t, "roots", []string{"example.com/m"}, ids(l.Roots()))
	same(t, "files of a", 1, files("example.com/m/a"))
	same(t, "files of b", -1, files("example.com/m/b"))
	same(t, "files of the tests of a", -1, files("example.com/m/a_test"))
	before := l.Largest("strings")
	if err := l.Extend([]string{"example.com/m/a", "example.com/m/b", "example.com/m"}); err != nil {
		t.Fatal(err)
	}
	same(t, "roots after more", []string{"example.com/m"}, ids(l.Roots()))
	same(t, "files of a with tests", 2, files("example.com/m/a"))
	same(t, "files of b after more", 1, files("example.com/m/b"))
	same(t, "files of the tests of a after more", 1, files("example.com/m/a_test"))
	if before == nil || l.Largest("strings") != before {
		t.Error("a package that was listed is another one now")
	}
	var tests []string
	for _, id := range ids(l.All()) {
		if strings.HasPrefix(id, "example.com/") {
			tests = append(tests, id)
		}
	}
	same(t, "all", []string{"example.com/m", "example.com/m/a", "example.com/m/a [example.com/m/a.test]",
		"example.com/m/a_test [example.com/m/a.test]", "example.com/m/b", "example.com/replaced"}, tests)
	// What has been asked for is not asked for again: the go command would say that it is gone.
	if err := os.RemoveAll(filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	if err := l.Extend([]string{"example.com/m/b"}); err != nil {
		t.Fatal(err)
	}
	same(t, "files of b after it is gone", 1, files("example.com/m/b"))

	for _, test := range []struct {
		from, to string
		want     bool
	}{
		{"example.com/m", "example.com/m/a", true},
		{"example.com/m", "strings", true},
		{"example.com/m", "example.com/m/b", false},
		{"example.com/m", "example.com/m", false},
		{"example.com/m/a", "example.com/m", false},
		{"example.com/m/a_test", "example.com/m/a", true},
	} {
		if got := l.Reaches(l.Largest(test.from), test.to); got != test.want {
			t.Errorf("%s reaches %s: %v", test.from, test.to, got)
		}
	}
	for path, want := range map[string]bool{"example.com/m/a": true, "example.com/replaced": true, "strings": false, "example.com/m/a_test": true} {
		if got := IsLocal(l.Largest(path)); got != want {
			t.Errorf("%s is local: %v", path, got)
		}
	}
	same(t, "bare path", "example.com/m/a", BarePath(l.Largest("example.com/m/a")))
	same(t, "list path of an external test", "example.com/m/a", ListPath(l.Largest("example.com/m/a_test")))

	for _, pattern := range []string{"./nowhere", "example.com/m/nowhere", "./nowhere/..."} {
		l, err := List(t.Context(), Config{Dir: dir}, []string{pattern})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range l.Roots() {
			if why, missing := Missing(p); !missing || why == "" {
				t.Errorf("%s: it is there", pattern)
			}
		}
	}
	for b, want := range map[Build]string{
		{}:                                      "",
		{Tags: "a,b"}:                           "-tags=a,b",
		{GOOS: "js", GOARCH: "wasm"}:            "js/wasm",
		{GOOS: "js", GOARCH: "wasm", Tags: "a"}: "js/wasm -tags=a",
	} {
		same(t, "build", want, b.String())
	}
}
