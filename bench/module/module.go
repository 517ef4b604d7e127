package module

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// Path is the module path of every module.
const Path = "example.com/synthetic"

// A Config says what a module is like.
type Config struct {
	Packages int     // at least 2
	Files    int     // in each package, those of tests included
	Lines    int     // of each file, more or less
	Share    float64 // of the files that use v1, from 0 to 1
	Depth    int     // packages between the call and the request in the uses with wrappers, at least 1
	Seed     uint64
	Idioms   []string // ways to use v1, nil for all
}

func (c Config) validate() error {
	switch {
	case c.Packages < 2 || c.Packages > 100_000:
		return fmt.Errorf("packages: %d is not between 2 and 100,000", c.Packages)
	case c.Files < 1 || c.Files > 10_000:
		return fmt.Errorf("files: %d is not between 1 and 10,000", c.Files)
	case c.Lines < 1 || c.Lines > 100_000:
		return fmt.Errorf("lines: %d is not between 1 and 100,000", c.Lines)
	case !(c.Share >= 0 && c.Share <= 1):
		return fmt.Errorf("share: %v is not between 0 and 1", c.Share)
	case c.Depth < 1 || c.Depth > 1000:
		return fmt.Errorf("depth: %d is not between 1 and 1,000", c.Depth)
	}
	return nil
}

// A Module is what has been written.
type Module struct {
	Packages, Files int
	Lines           int    // of all files
	Affected        int    // files with something of a use in them
	Requests        int    // that the command cmd/replay makes
	Single          string // a pattern for a package with one use, "" if there is none
}

// Write writes a module into dir, which it makes; a directory that is not empty is an error.
func Write(dir string, c Config) (Module, error) {
	if err := c.validate(); err != nil {
		return Module{}, err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return Module{}, fmt.Errorf("%s is not empty; name a new directory", dir)
	}
	all, err := readIdioms()
	if err != nil {
		return Module{}, err
	}
	idioms, err := choose(all, c.Idioms)
	if err != nil {
		return Module{}, err
	}
	filler, err := readFiller()
	if err != nil {
		return Module{}, err
	}
	p := newPlan(c, idioms)
	m := Module{Packages: len(p.packages) + 1, Affected: p.affected, Requests: p.requests, Single: p.lone}

	if err := os.MkdirAll(dir, 0o777); err != nil {
		return m, err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module "+Path+"\n\ngo 1.24\n"), 0o666); err != nil {
		return m, err
	}
	replay := p.replay(filler)
	m.Files = 1
	if m.Lines, err = replay.write(filepath.Join(dir, "cmd", "replay", "main.go")); err != nil {
		return m, err
	}

	var next, files, lines atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, runtime.GOMAXPROCS(0))
	for i := range errs {
		wg.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= len(p.packages) {
					return
				}
				f, l, err := p.packages[n].write(dir, c, filler)
				files.Add(int64(f))
				lines.Add(int64(l))
				if err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	wg.Wait()
	m.Files += int(files.Load())
	m.Lines += int(lines.Load())
	return m, errors.Join(errs...)
}

// A plan says what goes where. It is made before anything is written, so that packages can be written in any order.
type plan struct {
	packages []*pkg
	calls    []call // in the order of the replay
	affected int
	requests int
	lone     string // pattern for the package with one use
}

// A pkg is a package of the module.
type pkg struct {
	index int
	name  string
	dir   string // with slashes
	deps  []*pkg
	web   bool
	tests bool
	uses  map[int][]fragment // by the file that they are in
	loose []fragment         // in test files of their own
	seed  uint64
}

func (p *pkg) path() string { return Path + "/" + p.dir }

// A fragment is a part of a use in a package.
type fragment struct {
	part   part
	number int
	lower  *pkg // of the part below, or nil
}

type call struct {
	pkg    *pkg
	number int
}

var (
	areas = [...]string{"base", "model", "store", "index", "service", "report", "task", "front"}
	nouns = [...]string{"account", "invoice", "order", "parcel", "ticket", "device", "sensor", "ledger", "catalog", "member",
		"review", "basket", "voucher", "journal", "payment", "shipment", "contract", "meeting", "message", "picture",
		"project", "release", "schedule", "survey", "template", "transfer", "vehicle", "warehouse", "workflow", "bundle"}
	roles = [...]string{"Set", "Line", "Plan", "Count", "Group", "State", "Batch", "Entry"}
	hosts = [...]string{"api.warehouse.example", "parcels.example.com", "rates.bank.example", "weather.example.org"}
	paths = [...]string{"/api/items", "/rest/v3/parcels", "/rates/latest", "/forecast"}
)

func newPlan(c Config, idioms []idiom) *plan {
	rng := rand.New(rand.NewPCG(c.Seed, 1))
	p := &plan{}
	layers := min(len(areas), c.Packages)
	first := func(layer int) int { return layer * c.Packages / layers }
	for layer := range layers {
		for i := first(layer); i < first(layer+1); i++ {
			k := newPkg(i, areas[layer], rng)
			k.importSome(p.packages[:first(layer)], rng)
			p.packages = append(p.packages, k)
		}
	}
	files := int(math.Round(c.Share * float64(c.Packages*c.Files)))
	if c.Share > 0 {
		files = max(files, 1)
		p.distribute(files, c, idioms, rng)
		p.single(c, idioms, rng)
	}
	return p
}

func newPkg(index int, area string, rng *rand.Rand) *pkg {
	name := nouns[rng.IntN(len(nouns))] + strconv.Itoa(index)
	return &pkg{
		index: index, name: name, dir: area + "/" + name, seed: rng.Uint64(),
		web: rng.IntN(6) == 0, tests: index%5 == 2,
		uses: map[int][]fragment{},
	}
}

func (p *pkg) importSome(lower []*pkg, rng *rand.Rand) {
	for range min(len(lower), 3+rng.IntN(3)) {
		if dep := lower[rng.IntN(len(lower))]; !slices.Contains(p.deps, dep) {
			p.deps = append(p.deps, dep)
		}
	}
}

// distribute places uses until so many files have some.
func (p *plan) distribute(files int, c Config, idioms []idiom, rng *rand.Rand) {
	// The first package has the client that all others may share; file 0 of a package is what others import.
	type slot struct{ pkg, file int }
	var slots []slot
	for i := 1; i < c.Packages; i++ {
		last := c.Files
		if p.packages[i].tests && c.Files > 1 {
			last--
		}
		for f := min(1, c.Files-1); f < last; f++ {
			slots = append(slots, slot{i, f})
		}
	}
	rng.Shuffle(len(slots), func(i, j int) { slots[i], slots[j] = slots[j], slots[i] })
	var shared *fragment
	for n := 0; p.affected < files && len(slots) > 0; n++ {
		idiom := idioms[n%len(idioms)]
		parts := idiom.stretch(c.Depth)
		number := n + 1
		if idiom.shared() {
			if shared == nil {
				shared = &fragment{part: parts[0], number: number}
				p.place(p.packages[0], min(1, c.Files-1), *shared)
			}
			parts = parts[1:]
		}
		// Parts of one use are in different packages, and a package imports those before it.
		var taken []slot
		for i := 0; i < len(slots) && len(taken) < len(parts); i++ {
			if s := slots[i]; !slices.ContainsFunc(taken, func(t slot) bool { return t.pkg == s.pkg }) {
				taken = append(taken, s)
				slots = slices.Delete(slots, i, i+1)
				i--
			}
		}
		slices.SortFunc(taken, func(a, b slot) int { return cmp.Compare(a.pkg, b.pkg) })
		// If there are too few packages, the wrappers in the middle are left out.
		if missing := len(parts) - len(taken); missing > 0 {
			if len(taken) < idiom.least() {
				continue
			}
			parts = slices.Delete(slices.Clone(parts), 1, 1+missing)
		}
		var lower *pkg
		if idiom.shared() {
			lower = p.packages[0]
		}
		for i, s := range taken {
			p.place(p.packages[s.pkg], s.file, fragment{parts[i], number, lower})
			lower = p.packages[s.pkg]
		}
	}
}

// single adds a package above all others with one use in it.
func (p *plan) single(c Config, idioms []idiom, rng *rand.Rand) {
	i := slices.IndexFunc(idioms, func(d idiom) bool { return d.parts[0].requests == 1 })
	if i < 0 {
		return
	}
	k := newPkg(len(p.packages), areas[len(areas)-1], rng)
	k.importSome(p.packages, rng)
	number := len(p.calls) + 1_000_000 // which no other use has
	p.packages, p.lone = append(p.packages, k), "./"+k.dir
	p.place(k, min(1, c.Files-1), fragment{part: idioms[i].parts[0], number: number})
}

func (p *plan) place(k *pkg, file int, f fragment) {
	k.uses[file] = append(k.uses[file], f)
	p.affected++
	p.requests += f.part.requests
	if f.part.requests > 0 {
		p.calls = append(p.calls, call{k, f.number})
	}
	if f.part.test != nil {
		k.loose = append(k.loose, f)
		p.affected++
	}
}
