package fixer

import (
	"fmt"

	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

// Applicability says how far a fix can be trusted. The values are ordered:
// the larger, the weaker, and of several the weakest (the maximum) holds.
type Applicability int

const (
	Safe   Applicability = iota // applied by default
	Review                      // applied only when Options.Unsafe is set
	Manual                      // never applied
)

// String returns "safe", "review" or "manual".
func (a Applicability) String() string {
	switch a {
	case Safe:
		return "safe"
	case Review:
		return "review"
	case Manual:
		return "manual"
	}
	return fmt.Sprintf("Applicability(%d)", int(a))
}

// A Change replaces the bytes [Start, End) of one file with New, which is just
// what will stand there. It is one of these, and Plan refuses any other:
//
//   - It is inside a literal, an identifier or a comment, which stays one.
//   - [Start, End) is one whole expression, and New is another.
//   - [Start, End) is one whole argument of a call or element of a composite
//     literal, and New is several, with ", " between them; or, if every element
//     of the list begins a line, with a comma, a line break and the indentation
//     of the old one. A comment beside the old one is then beside the last.
//   - Start == End is where a line ends, comments counted in, and with it a
//     declaration outside of functions, a spec in the parentheses of one, or
//     the package clause. New is a line break and one more declaration, spec
//     or import. Constants that count or repeat below must not be moved, and
//     no import made twice.
//
// All but the first need New to be spelled as gofmt would in that place, except
// that columns need not be aligned, with the line ends and indentation of the
// lines around it. Columns are aligned by the plan, if the file was as gofmt
// writes it; other files keep theirs as they become.
type Change struct {
	File       string // absolute path
	Start, End int    // byte offsets in the file as it is on disk, byte order mark and CRs counted
	Old        string // the bytes now at [Start, End)
	New        string // the bytes to put there: source text, not a string value
}

// A Group holds changes that are made together or not at all.
type Group struct {
	ID            int // chosen by the caller, unique in one call of Plan
	Applicability Applicability
	Reason        string // why the group is not Safe; repeated in its Outcome
	Changes       []Change
}

// Status says whether a group was carried out.
type Status int

const (
	Applied Status = iota // planned, and after Write written, in all its files
	Skipped               // left out; Outcome.Code and Outcome.Reason say why
)

// String returns "applied" or "skipped".
func (s Status) String() string {
	switch s {
	case Applied:
		return "applied"
	case Skipped:
		return "skipped"
	}
	return fmt.Sprintf("Status(%d)", int(s))
}

// An Outcome says what became of one group.
type Outcome struct {
	Group  int // Group.ID
	Status Status

	// Code is empty for an applied group and otherwise a stable word:
	//
	//	manual, review  not trusted enough (see Options.Unsafe)
	//	empty           the group holds no change
	//	conflict        another change wants the same bytes
	//	changed         the file is not what it was when the change was made
	//	missing         there is no such file
	//	outside         the file is not below Options.Root
	//	policy          Options.Editable refused
	//	symlink, hard-link, irregular, read-only, too-large
	//	generated       the file is generated
	//	cgo             the change lies in the C source of a cgo file, which is
	//	                not understood; the Go source of such files is changed
	//	directive       the change lies in a comment that tells a tool what to do
	//	unparsable      the file does not parse, or would not parse afterwards
	//	layout          the change is none of those that Change names, or cannot be
	//	                made without touching other source text
	//	type-error      Options.Check refused the result
	//	internal        a mistake of this program
	//	write-failed    the file system refused; Reason lists what was written
	//	busy            another run is writing below Options.Root
	//	cancelled       the context ended before anything was written
	//
	// or any other word that came with a Refusal from Options.Editable.
	Code   string
	Reason string   // one sentence without the full stop; empty for an applied group
	Files  []string // the files of the group, sorted, each once
}

// A Refusal is the error for a file that must not or cannot be changed.
// Options.Editable may return one, also wrapped, to choose the code of the
// outcome; for any other error the code is "policy".
type Refusal struct {
	Code   string // as in Outcome.Code
	Reason string // one sentence without the full stop, naming the file if that helps
	// Liftable says that the user can lift it. That a group is for review counts for more,
	// while any other refusal holds whatever Options.Unsafe says, and counts first.
	Liftable bool
}

// Error returns the reason.
func (r *Refusal) Error() string { return r.Reason }

func refuse(code, format string, args ...any) *Refusal {
	return &Refusal{Code: code, Reason: fmt.Sprintf(format, args...)}
}

// Options are the terms on which Plan and Write work. Only Root is required.
type Options struct {
	// Unsafe applies groups that are Review as well.
	Unsafe bool

	// Root is an absolute path of a directory. Nothing outside is written.
	Root string

	// Editable, if set, is asked once for every file that a group wants to
	// change; an error keeps the file, and every group with it, as it is.
	Editable func(file string) error

	// Check, if set, is given the new bytes of every file that would change,
	// by absolute path, and returns the errors that they cause, by the file
	// that has to be blamed. It must not return errors that were there before.
	// An error in a file that does not change is that of the files of its
	// directory that do; if there are none, it takes nothing out. Check is called
	// again for what is left after groups have been taken out.
	Check func(overlay map[string][]byte) map[string]error

	// Hook is told of the files that are worked on; it may be nil.
	Hook fault.Hook

	// Interlock, if set, is told of what is being written, so that whoever
	// ends the process can wait for it.
	Interlock *Interlock

	// Hash, if it has the file, is the SHA-256 of the bytes that the offsets
	// of the changes were computed on. Otherwise what Plan reads counts.
	Hash map[string][32]byte
}
