// Package fixer carries groups of source changes into Go files: each group
// whole or not at all, and no byte beside what was asked for, except that a file
// that is as gofmt writes it stays so, by white space alone (align.go).
//
//	groups ──NewPlan──► Plan ──Diff──► unified diff
//	                     │
//	                     └────Write──► files, outcomes
//
// NewPlan works in memory. It unites groups that share a change, takes out
// groups that contradict one another, refuses files that must not be edited,
// makes the new bytes of the rest and has them parsed and type-checked. Every
// group that is left out takes all its files' changes with it and has an
// Outcome that says why. Write puts the bytes on disk, one atomic rename for
// each file, after everything has been prepared; an Interlock lets the process end
// at any time; Sweep removes what is left of a
// run that was killed meanwhile.
//
// A change of anything but a comment is made twice: in the bytes, and in the
// syntax tree of github.com/dave/dst, whose result is carried back on to the
// original bytes (transplant.go). If the two disagree the change is refused.
//
// The package knows nothing of URLs, of rules, or of how the changes were found.
package fixer
