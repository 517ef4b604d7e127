package analyzer

import (
	"fmt"
	"go/token"
	"slices"

	"github.com/orbitmigrate/orbitmigrate/fixer"
)

// A Finding is one place of the source that has to change, or that a person has to
// look at.
type Finding struct {
	// Rule is the ID of the row of the endpoint table: an endpoint, or a base whose
	// version changes for many. It is the Category of the diagnostic.
	Rule string
	// Pos and End enclose the bytes that change, or the literal if nothing can be
	// changed. File names are as the loader gave them, offsets are bytes of the file.
	Pos, End token.Position
	// Message says everything: v1 endpoint, v2 endpoint, where the string goes, and why
	// there is no fix if there is none. It is one line of text.
	Message string
	// Old and New are the v1 and the v2 URL for display, secrets redacted; New is empty
	// if there is no equivalent.
	Old, New string
	// Group is the ID of the group of changes that this place belongs to, -1 for none.
	Group         int
	Applicability fixer.Applicability
	// Reason says why the finding is not safe to fix; empty if it is.
	Reason string
	// Checks are what a person has to look at although the change is right. They are part of
	// the message.
	Checks []Check
	// Loose says that nothing in sight uses the text: it is a finding for what it spells.
	Loose bool
	// Claims are what it is about: several, if one change serves several uses.
	Claims []Claim

	via  []token.Position // other places that take part: uses and literals
	open bool             // packages that are not seen may take part
	// say is the message for a reader who looks at a file, if the fix can be trusted as far as
	// level, for a reason.
	say func(file string, level fixer.Applicability, reason string) string

	// Of a finding with a change:
	rows    []string                 // IDs of the rows of the table that it is about
	base    *rebased                 // what it is if these are several, nil if it spells no base
	subject string                   // what becomes what
	sink    func(file string) string // where the string goes, for a reader who looks at a file
}

// Touches reports whether a file for which named is true takes part: it holds the use, or text
// that the use is made of.
func (f Finding) Touches(named func(file string) bool) bool {
	return slices.ContainsFunc(f.via, func(p token.Position) bool { return named(p.Filename) })
}

// A rebased text is one that carries the version for several endpoints.
type rebased struct{ rule, old, new, endpoint string }

// A Check is something that no URL says and the table knows: an endpoint answers in another
// form in v2.
type Check struct {
	What     string         // is to be looked at: "decoding" of what a request gets, or "answer" of a server
	Endpoint string         // as it is in v2, such as "GET licenses/{id}"
	Pos      token.Position // where the request is made or answered
	Why      string         // a clause
}

// Judged returns the finding as it is if its fix can be trusted as far as level, for a reason
// that is empty if that is Safe.
func (f Finding) Judged(level fixer.Applicability, reason string) Finding {
	f.Applicability, f.Reason = level, reason
	f.Message = f.from(f.Pos.Filename)
	return f
}

// Joined returns the finding with what another build knows about the same change: which endpoints
// it is about, and what has to be looked at.
func (f Finding) Joined(other Finding) Finding {
	f.rows, f.Checks, f.Claims = slices.Clone(f.rows), slices.Clone(f.Checks), slices.Clone(f.Claims)
	for _, row := range other.rows {
		if !slices.Contains(f.rows, row) {
			f.rows = append(f.rows, row)
		}
	}
	for _, c := range other.Checks {
		if !slices.Contains(f.Checks, c) {
			f.Checks = append(f.Checks, c)
		}
	}
	f.Claims = append(f.Claims, other.Claims...)
	if f.sink != nil {
		f.tell()
	}
	return f
}

// tell makes the message of a finding with a change.
func (f *Finding) tell() {
	several := len(f.rows) > 1
	if several && f.base != nil {
		f.Rule, f.Old, f.New = f.base.rule, f.base.old, f.base.new
		f.subject = fmt.Sprintf("OrbitFlare API v1: %q becomes %q, part of %d endpoints such as %s", f.Old, f.New, len(f.rows), f.base.endpoint)
	}
	subject, sink, advice := f.subject, f.sink, ""
	for _, text := range f.advice(several) {
		advice += "; " + text
	}
	f.say = func(file string, level fixer.Applicability, reason string) string {
		return subject + sink(file) + advice + remark(level, reason)
	}
	f.Message = f.from(f.Pos.Filename)
}

// from is the message for a reader who looks at a file.
func (f Finding) from(file string) string { return f.say(file, f.Applicability, f.Reason) }

// A Result is what is known about a program.
type Result struct {
	Findings []Finding     // by file, offset and rule
	Groups   []fixer.Group // one for each set of changes that stand or fall together
	// Claims are those of all findings, and of what is no finding because another one, or a
	// comment in the source, speaks for it.
	Claims []Claim
	// Unsolved lists places about which nothing is known because of a mistake of this module, and
	// uses that the search gave up on although they may concern the API, by
	// position. A program with such uses is not known to be clean.
	Unsolved []Unsolved
}

// An Unsolved is a use that the search gave up on, or another place that it failed at.
type Unsolved struct {
	Pos    token.Position
	Reason string
	Of     token.Position // the use or other place; as Pos, unless that is a text of it
	Texts  []Text         // literals that may be part of what was given up, by position
}

// A Text is a literal.
type Text struct {
	Pos   token.Position // of its beginning
	Found bool           // it has a finding
}
