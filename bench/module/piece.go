package module

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"
)

//go:embed filler.txtar
var fillerText []byte

//go:embed idioms.txtar
var idiomText []byte

// A piece is code that may be put into a file: declarations with names to fill in.
type piece struct {
	imports []string
	code    string
}

// A part is a piece of a use.
type part struct {
	piece
	requests int    // that its Calls function makes, 0 if it has none
	test     *piece // beside it, or nil
}

// An idiom is a way to use the API. Its parts live in different packages, the lowest first.
type idiom struct {
	name  string
	parts []part // bottom, middle and top, or one
}

func (d idiom) shared() bool { return d.name == "shared" }

// least is the number of packages that the idiom needs.
func (d idiom) least() int {
	if len(d.parts) == 1 || d.shared() {
		return 1
	}
	return 2
}

// stretch returns the parts with so many packages between the first and the call.
func (d idiom) stretch(depth int) []part {
	if len(d.parts) < 3 {
		return d.parts
	}
	out := []part{d.parts[0]}
	for range depth - 1 {
		out = append(out, d.parts[1])
	}
	return append(out, d.parts[2])
}

// Idioms returns the names of all ways to use v1 that modules can have.
func Idioms() ([]string, error) {
	all, err := readIdioms()
	var names []string
	for _, d := range all {
		names = append(names, d.name)
	}
	return names, err
}

// choose returns the idioms with the names, or all if there are no names.
func choose(all []idiom, names []string) ([]idiom, error) {
	if len(names) == 0 {
		return all, nil
	}
	var out []idiom
	for _, name := range names {
		i := slices.IndexFunc(all, func(d idiom) bool { return d.name == name })
		if i < 0 {
			return nil, fmt.Errorf("idioms: there is no %q; idioms.txtar has them all", name)
		}
		out = append(out, all[i])
	}
	return out, nil
}

func readIdioms() ([]idiom, error) {
	var out []idiom
	find := func(name string) *idiom {
		if i := slices.IndexFunc(out, func(d idiom) bool { return d.name == name }); i >= 0 {
			return &out[i]
		}
		return nil
	}
	for _, f := range txtar.Parse(idiomText).Files {
		words := strings.Fields(f.Name)
		if len(words) < 2 {
			return nil, fmt.Errorf("idioms: %q: want a name, a number and imports", f.Name)
		}
		requests, err := strconv.Atoi(words[1])
		if err != nil {
			return nil, fmt.Errorf("idioms: %q: %w", f.Name, err)
		}
		pc := piece{imports: words[2:], code: string(f.Data)}
		if of, ok := strings.CutSuffix(words[0], "_test"); ok {
			d := find(of)
			if d == nil {
				return nil, fmt.Errorf("idioms: %q is the test of nothing", f.Name)
			}
			d.parts[len(d.parts)-1].test = &pc
			continue
		}
		name, _, _ := strings.Cut(words[0], "/")
		d := find(name)
		if d == nil {
			out = append(out, idiom{name: name})
			d = &out[len(out)-1]
		}
		d.parts = append(d.parts, part{piece: pc, requests: requests})
	}
	if len(out) == 0 {
		return nil, errors.New("idioms: there are none")
	}
	return out, nil
}

// A filler is the pieces that have nothing to do with the API, by kind.
type filler map[string][]piece

func readFiller() (filler, error) {
	out := filler{}
	for _, f := range txtar.Parse(fillerText).Files {
		words := strings.Fields(f.Name)
		if len(words) == 0 {
			return nil, errors.New("filler: a piece has no name")
		}
		kind, _, _ := strings.Cut(words[0], "/")
		out[kind] = append(out[kind], piece{imports: words[1:], code: string(f.Data)})
	}
	for _, kind := range []string{"api", "bridge", "plain", "web", "test", "replay"} {
		if len(out[kind]) == 0 {
			return nil, fmt.Errorf("filler: there is no piece of kind %s", kind)
		}
	}
	return out, nil
}
