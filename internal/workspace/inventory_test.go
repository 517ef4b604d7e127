package workspace

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
)

// tree writes an archive into a new directory.
func tree(t *testing.T, text string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(text)).Files {
		put(t, filepath.Join(dir, filepath.FromSlash(f.Name)), string(f.Data))
	}
	return dir
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// relative returns names below dir, with slashes.
func relative(dir string, names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator))))
	}
	return out
}

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func walked(t *testing.T, roots ...string) *Inventory {
	t.Helper()
	inv := NewInventory(func(src []byte) bool { return bytes.Contains(src, []byte("needle")) })
	inv.Walk(t.Context(), t.Context(), roots...)
	return inv
}

func TestWalk(t *testing.T) {
	dir := tree(t, `
-- go.mod --
module example.com/m
-- a.go --
package m // needle
-- b.go --
package m
-- notes.txt --
needle
-- sub/c_windows.go --
package sub // needle
-- nested/go.mod --
module example.com/nested
-- nested/d.go --
package nested // needle
-- nested/deep/e.go --
package deep
-- nameless/go.mod --
go 1.24
-- nameless/f.go --
package nameless
-- testdata/g.go --
package g // needle
-- .git/h.go --
package h // needle
-- _old/i.go --
package i // needle
`)
	inv := walked(t, dir)
	all := []string{"_old/i.go", "a.go", "b.go", "nameless/f.go", "nested/d.go", "nested/deep/e.go", "sub/c_windows.go", "testdata/g.go"}
	hits := []string{"_old/i.go", "a.go", "nested/d.go", "sub/c_windows.go", "testdata/g.go"}
	same(t, "all", all, relative(dir, inv.All()))
	same(t, "hits", hits, relative(dir, inv.Hits()))
	same(t, "length", len(all), inv.Len())
	same(t, "files of the directory", []string{"a.go", "b.go"}, relative(dir, inv.Files(dir)))
	same(t, "files of a directory without any", nil, inv.Files(filepath.Join(dir, ".git")))
	for _, test := range []struct{ file, module, path string }{
		{"a.go", ".", "example.com/m"},
		{"sub/c_windows.go", ".", "example.com/m"},
		{"nested/deep/e.go", "nested", "example.com/nested"},
		{"nameless/f.go", "nameless", ""}, // the go command does not look below a go.mod, whatever is in it
	} {
		module, path := inv.Module(filepath.Join(dir, filepath.FromSlash(test.file)))
		if rel, _ := filepath.Rel(dir, module); filepath.ToSlash(rel) != test.module || path != test.path {
			t.Errorf("%s is in module %s, %s, want %s, %s", test.file, rel, path, test.module, test.path)
		}
	}
	if module, path := inv.Module(filepath.Join(filepath.Dir(dir), "x.go")); module != "" || path != "" {
		t.Errorf("a file outside is in module %s, %s", module, path)
	}
	same(t, "the module above", dir, inv.Above(filepath.Join(dir, "nested")))
	same(t, "the module above the first", "", inv.Above(dir))

	// The same again, and what has been walked already, changes nothing.
	inv.Walk(t.Context(), t.Context(), filepath.Join(dir, "nested"), dir)
	inv.Add(t.Context(), filepath.Join(dir, "a.go"))
	same(t, "all after more walks", all, relative(dir, inv.All()))
	same(t, "files after more walks", []string{"a.go", "b.go"}, relative(dir, inv.Files(dir)))

	inv.Add(t.Context(), filepath.Join(dir, "notes.txt"))
	if !slices.Contains(inv.All(), filepath.Join(dir, "notes.txt")) || len(inv.Hits()) != len(hits)+1 {
		t.Error("a file that is added is not there, or not read")
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	stopped := NewInventory(func([]byte) bool { return true })
	stopped.Walk(ctx, ctx, dir)
	if n := len(stopped.Hits()); n > 0 {
		t.Errorf("a walk that was cancelled has %d hits", n)
	}
}

// TestUnreadable has files and directories that cannot be read: the files are hits, so that
// somebody asks why.
func TestUnreadable(t *testing.T) {
	dir := tree(t, `
-- go.mod --
module example.com/m
-- fine.go --
package m
-- gone.go --
package m
`)
	huge := filepath.Join(dir, "huge.go")
	put(t, huge, "package m")
	if err := os.Truncate(huge, disk.MaxSource+1); err != nil {
		t.Fatal(err)
	}
	limit := filepath.Join(dir, "limit.go")
	put(t, limit, "package m")
	if err := os.Truncate(limit, 1<<20); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "dir.go"), 0o777); err != nil {
		t.Fatal(err)
	}
	want := []string{"huge.go"}
	if runtime.GOOS != "windows" {
		for name, to := range map[string]string{
			"loop.go": "loop.go", "dangling.go": "nowhere", "toplevel": ".", "linked.go": "fine.go", "device.go": os.DevNull,
		} {
			if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		want = []string{"dangling.go", "device.go", "huge.go", "loop.go"}
		if os.Getuid() != 0 {
			put(t, filepath.Join(dir, "secret.go"), "package m")
			if err := os.Chmod(filepath.Join(dir, "secret.go"), 0); err != nil {
				t.Fatal(err)
			}
			want = append(want, "secret.go")
		}
	}
	inv := walked(t, dir)
	same(t, "hits", want, relative(dir, inv.Hits()))
	for _, name := range want {
		if inv.Err(filepath.Join(dir, name)) == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := inv.Err(huge); err == nil || !strings.Contains(err.Error(), "larger than 64 MiB") {
		t.Errorf("error of the huge file: %v", err)
	}
	for _, name := range []string{"fine.go", "limit.go", "nowhere.go"} {
		if err := inv.Err(filepath.Join(dir, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if slices.Contains(inv.All(), filepath.Join(dir, "dir.go")) {
		t.Error("a directory counts as a file")
	}
	if err := Read(huge, func([]byte) { t.Error("the huge file is read") }); err == nil {
		t.Error("Read of the huge file gives no error")
	}
	// A file that has been read and is gone mentions nothing.
	if err := os.Remove(filepath.Join(dir, "gone.go")); err != nil {
		t.Fatal(err)
	}
	same(t, "mentions", nil, mentioning(inv, []Mention{{Name: "nothing"}}))
}

// TestPipe has a pipe that nobody writes to among the files: to open it would take forever.
func TestPipe(t *testing.T) {
	dir := tree(t, `
-- go.mod --
module example.com/m
-- a/a.go --
package a

var Name = 1
-- b/b.go --
package b

import "example.com/m/a"

var _ = a.Name
`)
	pipe := filepath.Join(dir, "b", "pipe.go")
	if out, err := exec.Command("mkfifo", pipe).CombinedOutput(); err != nil {
		t.Skipf("mkfifo: %v: %s", err, out)
	}
	if err := os.Symlink(pipe, filepath.Join(dir, "a", "link.go")); err != nil {
		t.Fatal(err)
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		inv := walked(t, dir)
		same(t, "mentions", []string{"example.com/m/a a.go", "example.com/m/b b.go"}, mentioning(inv, []Mention{{Form: Qualified, Package: "example.com/m/a", Name: "Name"}}))
		same(t, "hits", []string{filepath.Join("a", "link.go"), filepath.Join("b", "pipe.go")}, relative(dir, inv.Hits()))
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("the inventory waits for the other end of a pipe")
	}
}

// TestReplaced replaces a file by a longer and a shorter one all the time it is read: what is
// read is one of them or a part of it, never what another file has left in the buffer.
func TestReplaced(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.go")
	put(t, name, "")
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for n := 0; ; n = (n + 777) % 5000 {
			select {
			case <-stop:
				return
			default:
				_ = os.WriteFile(name, bytes.Repeat([]byte("x"), n), 0o666)
			}
		}
	}()
	other := filepath.Join(dir, "other.go")
	put(t, other, strings.Repeat("y", 6000))
	var buf []byte
	for range 300 {
		for path, letter := range map[string]string{name: "x", other: "y"} {
			src, kept, err := disk.ReadInto(path, disk.MaxSource, buf)
			if err != nil {
				t.Error(err)
			}
			if strings.Trim(string(src), letter) != "" {
				t.Fatalf("%s holds bytes of another file", filepath.Base(path))
			}
			buf = kept
		}
	}
	close(stop)
	<-stopped
}

func TestPassedOver(t *testing.T) {
	for file, want := range map[string]string{
		"a/b.go":            "",
		"a/testdata/b.go":   "it is in a directory named testdata",
		"vendor/x/b.go":     "it is in a directory named vendor",
		"a/_old/b.go":       "the go command passes over names such as _old",
		"a/.hidden/b.go":    "the go command passes over names such as .hidden",
		"_b.go":             "the go command passes over names such as _b.go",
		"a/.b.go":           "the go command passes over names such as .b.go",
		"a/testdata_/b_.go": "",
		"../other/b.go":     "",
	} {
		if got := PassedOver("/root", filepath.Join("/root", filepath.FromSlash(file))); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, test := range []struct {
		dir, file string
		want      bool
	}{
		{"/a", "/a/b.go", true}, {"/a", "/a", true}, {"/a", "/ab/c.go", false}, {"/a/b", "/a/c.go", false}, {"", "/a", false}, {"", "a", false},
	} {
		if got := Within(test.dir, test.file); got != test.want {
			t.Errorf("Within(%q, %q) = %v", test.dir, test.file, got)
		}
	}
}

func TestLinked(t *testing.T) {
	dir := tree(t, `
-- go.mod --
module example.com/m
-- base/b.go --
package base
-- a/a.go --
package a
import "example.com/m/base"
-- b/b.go --
package b
import _ "example.com/m/base"
-- cmd/c.go --
package main
import ("example.com/m/a"; "example.com/m/huge")
-- huge/h.go --
package huge
-- alone/a.go --
package alone
-- a/readme.md --
`)
	file := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	inv := NewInventory(func([]byte) bool { return false })
	inv.Walk(context.Background(), context.Background(), dir)
	for _, test := range []struct {
		one, other string
		want       bool
	}{
		{"a/a.go", "a/a.go", true},
		{"a/a.go", "base/b.go", true},
		{"base/b.go", "b/b.go", true},
		{"a/a.go", "b/b.go", false}, // both import the base, and nobody both
		{"a/a.go", "huge/h.go", true},
		{"b/b.go", "huge/h.go", false},
		{"base/b.go", "huge/h.go", true},
		{"alone/a.go", "a/a.go", false},
		{"alone/a.go", "a/readme.md", true},
		{"alone/a.go", "elsewhere/e.go", true},
	} {
		if got := inv.Linked(file(test.one))(file(test.other)); got != test.want {
			t.Errorf("%s and %s are linked: %v", test.one, test.other, got)
		}
		if filepath.Ext(test.other) != ".go" {
			continue
		}
		if got := inv.Linked(file(test.other))(file(test.one)); got != test.want {
			t.Errorf("%s and %s are linked: %v", test.other, test.one, got)
		}
	}
	inv.Import(file("huge/h.go"), "example.com/m/b")
	if !inv.Linked(file("b/b.go"))(file("huge/h.go")) {
		t.Error("what is said of imports does not count")
	}
}

func TestForms(t *testing.T) {
	for _, test := range []struct {
		text, word string
		want       form
	}{
		{"a.Base", "Base", plain | selected | embedded}, {"a.Bases", "Base", 0}, {"DataBase", "Base", 0}, {"Base", "Base", plain}, {"", "Base", 0},
		{"äBase", "Base", 0}, {"Base_", "Base", 0}, {"Base1", "Base", 0}, {"a.\n\t\tBase()", "Base", plain | selected},
		{"{Base: x}", "Base", plain | keyed}, {"a.Request{1}", "Request", plain | selected | composite}, {"MyRequest{1}", "Request", 0},
		{"func (T) Do(x int)", "Do", plain | declared}, {"func (T[K]) Do [A any](x int)", "Do", plain | declared}, {"f(x) Do", "Do", plain},
		{"struct {\n\t*pkg.Base\n}", "Base", plain | selected | embedded}, {"struct{ pkg.Base }", "Base", plain | selected | embedded},
		{"struct {\n\tpkg.Base `tag`\n}", "Base", plain | selected | embedded}, {"struct {\n\tb pkg.Base\n}", "Base", plain | selected},
		{"struct {\n\t*Base\n}", "Base", plain | alone}, {"struct{ Base }", "Base", plain | alone}, {"(b *Base)", "Base", plain}, {"b Base\n", "Base", plain},
		{"x := pkg.Base\n", "Base", plain | selected}, {"struct { pkg.Base[int] }", "Base", plain | selected | embedded},
		{"Do; a.Do", "Do", plain | selected | embedded}, {`get("orbit.base")`, "base", plain | selected},
	} {
		forms := map[string]form{}
		formsOf([]byte(test.text), map[string]bool{test.word: true}, forms)
		if got := forms[test.word]; got != test.want {
			t.Errorf("%q: forms of %q are %b, want %b", test.text, test.word, got, test.want)
		}
	}
	for key, want := range map[string]string{"orbit.base": "base", "orbit-base-": "base", "base": "base", "": "", "--": ""} {
		if got := lastWord(key); got != want {
			t.Errorf("the last word of %q is %q", key, got)
		}
	}
}

func TestInterfacesOf(t *testing.T) {
	for _, test := range []struct {
		src  string
		want [][]string
	}{
		{"type I interface{ Get(string) error; Put(f func(a int) struct{}, x interface{ Inner() }) }", [][]string{{"Get", "Put"}, {"Inner"}}},
		{"type I interface {\n\tio.Reader\n\tGet(string) // Not(this)\n}", [][]string{{"Get"}}},
		{"func f() { if g, ok := x.(interface { Get() }); ok { g.Get() } }", [][]string{{"Get"}}},
		{"type C interface{ ~int | ~string }", nil},
		{"// an interface is nice", nil},
		{"type I interface{ Get(", nil},
		{"interface", nil},
	} {
		if got := interfacesOf([]byte(test.src)); !slices.EqualFunc(got, test.want, slices.Equal) {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}

// mentioning lists the packages that mention names, each with the functions and the files that do.
func mentioning(inv *Inventory, mentions []Mention) []string {
	var out []string
	for path, bodies := range inv.Mentioning(mentions) {
		for _, b := range bodies {
			if path += " " + filepath.Base(b.File); b.Number != Outside {
				path += fmt.Sprint("#", b.Number)
			}
		}
		out = append(out, path)
	}
	slices.Sort(out)
	return out
}

func TestMentioning(t *testing.T) {
	inv := walked(t, tree(t, `
-- go.mod --
module example.com/m
-- decl/decl.go --
package decl

var Name, other = 1, 2

func (T) Do() {}
-- direct/direct.go --
package direct

import "example.com/m/decl"

var _ = decl.Name
-- through/through.go --
package through

import "example.com/m/direct"

var x = direct.T{}.Name
-- unrelated/unrelated.go --
package unrelated

var Name = 1
-- longer/longer.go --
package longer

import "example.com/m/decl"

var NameOf = decl.Names
-- tested/tested_test.go --
package tested_test

import "example.com/m/decl"

var _ = decl.Name
-- excluded/excluded_plan9.go --
package excluded

import "example.com/m/decl"

var _ = decl.Name
-- broken/broken.go --
package broken

import "example.com/m/decl"

func { decl.Name
-- iface/iface.go --
package iface

type Doer interface{ Do() }
-- caller/caller.go --
package caller

import "example.com/m/iface"

func Run(d iface.Doer) { d.Do() }
-- local/local.go --
package local

func Run(d interface{ Do() }) { d.Do() }
-- struct/struct.go --
package local

func Run(d struct{ Do func() }) { d.Do() }
-- cycle/a/a.go --
package a

import "example.com/m/cycle/b"

var _ = b.Name
-- cycle/b/b.go --
package b

import "example.com/m/cycle/a"

var Name = a.Name
-- nested/go.mod --
module example.com/nested
-- nested/nested.go --
package nested

import "example.com/m/decl"

var _ = decl.Name
-- setting/setting.go --
package setting

var _ = get("orbit.base")
-- channel/channel.go --
package channel

func get(c chan string) string { return <-c }
-- own/own.go --
package own

var root = ""

func open() { client{root}.run() }

func run() {}

func (c *client) run() { c.root = root }
-- own/own_test.go --
package own

func test() { root = "" }
`))
	for _, test := range []struct {
		name     string
		mentions []Mention
		want     []string
	}{
		{"importers that qualify with it", []Mention{{Form: Qualified, Package: "example.com/m/decl", Name: "Name"}},
			[]string{"example.com/m/broken broken.go", "example.com/m/decl decl.go", "example.com/m/direct direct.go", "example.com/m/excluded excluded_plan9.go", "example.com/m/tested tested_test.go", "example.com/nested nested.go"}},
		{"a field", []Mention{{Form: Selected, Package: "example.com/m/decl", Name: "Name"}},
			[]string{"example.com/m/broken broken.go", "example.com/m/direct direct.go", "example.com/m/excluded excluded_plan9.go", "example.com/m/tested tested_test.go", "example.com/m/through through.go", "example.com/nested nested.go"}},
		{"a composite literal", []Mention{{Form: Composed, Package: "example.com/m/direct", Name: "T"}}, []string{"example.com/m/through through.go"}},
		{"nobody", []Mention{{Form: Qualified, Package: "example.com/m/decl", Name: "Nobody"}, {Form: Selected, Package: "example.com/else", Name: "Name"}}, nil},
		{"a function", []Mention{{Form: Qualified, Package: "example.com/m/decl", Name: "Do"}}, []string{"example.com/m/decl decl.go#0"}},
		{"a method", []Mention{{Form: Called, Package: "example.com/m/decl", Name: "Do", Methods: []string{"Do", "Else"}}},
			[]string{"example.com/m/caller caller.go#0", "example.com/m/local local.go#0"}},
		{"a method of a type that lacks others", []Mention{{Form: Called, Package: "example.com/m/decl", Name: "Do", Methods: []string{"Other"}}}, nil},
		{"import cycle", []Mention{{Form: Qualified, Package: "example.com/m/cycle/b", Name: "Name"}}, []string{"example.com/m/cycle/a a.go", "example.com/m/cycle/b b.go"}},
		{"anywhere", []Mention{{Form: Spelled, Name: "orbit.base"}, {Form: Declared, Name: "Do"}}, []string{"example.com/m/decl decl.go#0", "example.com/m/setting setting.go"}},
		{"an arrow", []Mention{{Form: Received, Name: "<-"}}, []string{"example.com/m/channel channel.go#0"}},
		{"a name that is not exported", []Mention{{Form: Qualified, Package: "example.com/m/own", Name: "root"}},
			[]string{"example.com/m/own own.go own.go#0 own.go#2 own_test.go#0"}},
		{"the same of another package", []Mention{{Form: Qualified, Package: "example.com/m/decl", Name: "root"}}, nil},
		{"a function itself", []Mention{{Form: Itself, Package: "example.com/m/own", Name: "run"}}, []string{"example.com/m/own own.go#1"}},
		{"a method itself", []Mention{{Form: Itself, Package: "example.com/m/own", Name: "client.run"}}, []string{"example.com/m/own own.go#2"}},
		{"a method of a type that has none", []Mention{{Form: Itself, Package: "example.com/m/own", Name: "server.run"}}, nil},
		{"behind a dot", []Mention{{Form: Inside, Package: "example.com/m/own", Name: "run"}}, []string{"example.com/m/own own.go#0"}},
		{"a field of a type without a name", []Mention{{Form: Selected, Name: "root"}},
			[]string{"example.com/m/own own.go#2"}},
		{"nothing asked", nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := mentioning(inv, test.mentions)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			// Asked about one file, the answer is the same.
			for _, file := range inv.All() {
				m, ok := inv.Mentioned(file, test.mentions)
				bodies := inv.Mentioning(test.mentions)[inv.importPath(inv.dirs[filepath.Dir(file)])]
				want := slices.ContainsFunc(bodies, func(b Body) bool { return b.File == file })
				if ok != want || ok != slices.ContainsFunc(test.mentions, func(have Mention) bool { return have.Name == m.Name }) {
					t.Errorf("%s: mentions %q: %v, want %v", filepath.Base(file), m.Name, ok, want)
				}
			}
		})
	}
	// The words of one question do not mix with the packages of another.
	got := mentioning(inv, []Mention{{Form: Qualified, Package: "example.com/m/decl", Name: "Names"}, {Form: Qualified, Package: "example.com/m/iface", Name: "Name"}})
	same(t, "two questions", []string{"example.com/m/longer longer.go"}, got)
}
