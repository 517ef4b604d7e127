package report

// A Report is what a run has to say.
type Report struct {
	Findings []Finding // in the order of printing

	// What the run did to the source or, if it was not asked to write, what -fix does. A fix is
	// a group of changes that are made together or not at all.
	Wrote        bool // the run was asked to write
	AppliedFixes int
	AppliedFiles int
	Skipped      []Skipped // fixes that were not made; only if the run was asked for fixes
	Checks       []Check   // what has to be looked at because of the fixes that were made, or would be

	// What keeps the answer from being complete.
	Problems  []Problem
	Unchecked []Unchecked
	Unsolved  []string // one line each, position first
	Uses      int      // that these lines are about
}

// A Finding is one place that has to change or to be looked at.
type Finding struct {
	Package            string // import path
	Path               string // absolute
	Name               string // path for people, relative to the working directory
	Line, Column       int    // both from 1; columns count bytes
	EndLine, EndColumn int
	Rule, Message      string
	Old, New           string // URLs for display; New is empty if there is no equivalent
	Fixable            bool   // a plain fix run changes it
	Review             bool   // only a fix run that includes unsafe fixes changes it
	Fix                []Edit // the fix by itself, if there is one within this file
	Checks             []Check
}

// A Check is something for a person to look at, in one place or several.
type Check struct {
	Subject string // "the decoding of GET licenses/{id}"
	Why     string // a clause
	Places  []Place
}

// A Place is a position in a file.
type Place struct {
	Path         string // absolute
	Name         string // path for people
	Line, Column int    // both from 1; 0 for no place
}

// An Edit replaces the bytes [Start, End) of a file.
type Edit struct {
	Path       string // absolute
	Start, End int
	New        string
}

// A Skipped is a fix that was not made.
type Skipped struct {
	Name         string // path for people
	Line, Column int    // 0 if unknown
	Code, Reason string // as in fixer.Outcome
}

// A Problem is a package, or something else, that could not be analysed as a
// whole.
type Problem struct {
	Package string // import path, and the build configuration if it is not the current one; may be empty
	Pos     string // "file:line:col" or "file:line" for people; may be empty
	Message string
	// Follows says that it is a consequence of packages that are missing, which is counted only.
	Follows bool
	Missing bool // a package that is imported cannot be had
	Unread  bool // of a file that cannot be read
}

// An Unchecked is a file that may concern the API and was not looked at.
type Unchecked struct {
	Name    string // path for people
	Reason  string
	Unbuilt bool // no build configuration that was tried includes it
}
