package analyzer

import "github.com/orbitmigrate/orbitmigrate/fixer"

// An evidence is what a judgement has to say against a group of changes. A judgement looks at
// facts that are solved already and at one group, and changes neither.
type evidence struct {
	level  fixer.Applicability
	at     *edit  // which of the group's changes it is about
	reason string // a clause that names what speaks against it, and where that is
}

// raise holds a group back as far as an evidence says.
func (e evidence) raise() { e.at.hold(e.level, "%s", e.reason) }
