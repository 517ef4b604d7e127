package analyzer

import (
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A Fault is a part of the program that is left out because of a mistake of this module.
// What it does is not known.
type Fault struct {
	Package string // import path; "" for a text
	File    string // of a text
	Err     error
}

// Faults lists what had to be left out so far, in the order in which that was found.
func (p *Program) Faults() []Fault { return slices.Clone(p.faults) }

// isolate calls f with the program. If that panics, the package or text that is to blame is
// left out from then on, and f is called again. It panics if there is nothing left to blame.
func (p *Program) isolate(f func(*Program)) {
	for {
		err := fault.Catch(func() { f(p) })
		if err == nil {
			return
		}
		slices.SortFunc(p.pkgs, func(a, b *equation.Package) int { return strings.Compare(a.Path, b.Path) })
		// In this order, the shortest program that fails does so because of its last part.
		n := sort.Search(len(p.pkgs)+len(p.texts), func(n int) bool {
			return fault.Catch(func() { f(p.first(n)) }) != nil
		})
		switch last := n - 1; {
		case last < 0:
			panic(err)
		case last < len(p.pkgs):
			p.leaveOut(p.pkgs[last].Path, err)
		default:
			last -= len(p.pkgs)
			p.faults = append(p.faults, Fault{File: p.texts[last].File, Err: err})
			p.texts = slices.Delete(slices.Clone(p.texts), last, last+1)
		}
		p.linked, p.lits = nil, nil
	}
}

// leaveOut takes a package out for good.
func (p *Program) leaveOut(path string, err error) {
	is := func(pkg *equation.Package) bool { return pkg.Path == path }
	p.faults = append(p.faults, Fault{Package: path, Err: err})
	p.pkgs = slices.DeleteFunc(slices.Clone(p.pkgs), is)
	p.linked, p.lits = nil, nil
}

// faulty says whether a package has been left out.
func (p *Program) faulty(path string) bool {
	return slices.ContainsFunc(p.faults, func(f Fault) bool { return f.Package == path })
}

// first is a program with the first n of the packages and texts, the packages first.
func (p *Program) first(n int) *Program {
	pkgs := min(n, len(p.pkgs))
	return &Program{opts: p.opts, table: p.table, before: p.before, pkgs: p.pkgs[:pkgs], texts: p.texts[:n-pkgs]}
}

// attempt does a part of a judgement that is about some literal. If it fails by a mistake of
// this module, that is said of the literal's place.
func (j *judge) attempt(lit *strval.Literal, work func()) error {
	err := fault.Catch(func() {
		j.hook.Begin(fault.Judge, hookPlace(lit.File, lit.Line))
		work()
	})
	if err != nil {
		j.faults = append(j.faults, Unsolved{Pos: place(lit, 0), Of: place(lit, 0), Reason: err.Error()})
	}
	return err
}

// attemptUse solves a use. If that fails by a mistake of this module, the use is one that
// could not be followed.
func (j *judge) attemptUse(u solve.Use, work func()) {
	err := fault.Catch(func() {
		j.hook.Begin(fault.Solve, hookPlace(u.File().Name, u.Pos.Line))
		work()
	})
	if err != nil {
		j.prog.Forget()
		j.unseen = append(j.unseen, u)
		j.failed[u.ID()] = err
	}
}

// giveUp ends a sentence about what is passed to a use that could not be followed.
func (j *judge) giveUp(u solve.Use) string {
	if err := j.failed[u.ID()]; err != nil {
		return "could not be followed: " + err.Error()
	}
	return "is too complex to follow"
}

// hookPlace is how a hook is told of a line.
func hookPlace(file string, line int) string { return filepath.Base(file) + ":" + strconv.Itoa(line) }
