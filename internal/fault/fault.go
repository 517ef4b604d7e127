// Package fault keeps a mistake of this program in the place where it shows: a panic becomes
// an error, which whoever is responsible for the place reports.
package fault

import (
	"fmt"
	"runtime/debug"
)

// A Panic is a panic that has been caught.
type Panic struct {
	Value any
	Stack []byte // of the goroutine that panicked
}

// Error says what to do about it.
func (p *Panic) Error() string {
	return fmt.Sprintf("internal error, please report it with the source that causes it: %v", p.Value)
}

// Catch calls f and returns its panic as an error, which is a *Panic. One that has been caught
// before, and goes on in another goroutine, stays as it was.
func Catch(f func()) (err error) {
	if p := catch(f); p != nil {
		return p
	}
	return nil
}

func catch(f func()) (p *Panic) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *Panic:
			p = r
		default:
			p = &Panic{Value: r, Stack: debug.Stack()}
		}
	}()
	f()
	return nil
}

// A Hook is told of each step of the work before it begins, by several goroutines at once. If
// it panics, the step fails as if by a mistake of this program: so tests bring that about.
// The nil hook does nothing.
type Hook func(step Step, subject string)

// A Step is a part of the work that may fail without the rest.
type Step string

// The steps, with their subjects.
const (
	Scan    Step = "scan"    // the bytes of a file, by its name
	Parse   Step = "parse"   // a package and its types, by its import path
	Declare Step = "declare" // what a package declares for importers, by its import path
	Extract Step = "extract" // the equations of a package, by its import path
	Link    Step = "link"    // a package becomes part of the whole, by its import path
	Solve   Step = "solve"   // a use, by "file:line" of its place
	Judge   Step = "judge"   // the changes of a literal, by "file:line" of its place
	Read    Step = "read"    // a text that is not Go, by the name of its file
	Rewrite Step = "rewrite" // a file with changes, by its name
)

// Begin tells the hook.
func (h Hook) Begin(step Step, subject string) {
	if h != nil {
		h(step, subject)
	}
}
