package analyzer

import (
	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// looseLiterals looks at the literals that reach no HTTP use: help texts, tables,
// constants for somebody else. What one spells in full is complete in itself.
func (j *judge) looseLiterals() {
	for _, pkg := range j.pkgs {
		for i := range pkg.Lits {
			lit := &pkg.Lits[i]
			if j.judged[lit] || len(j.byLit[lit]) > 0 {
				continue
			}
			value, _, err := strval.Decode(lit.Source)
			if err != nil || !words(j.table).Needle(value) {
				continue
			}
			spans := j.table.Loose(value)
			if len(spans) == 0 {
				continue
			}
			printed, keyed, used := false, false, false
			uses, ends := j.prog.Reached([]*strval.Literal{lit})
			used = len(uses) > 0
			for _, end := range ends {
				used = true
				printed = printed || end.Kind == equation.Printed
				keyed = keyed || end.Kind == equation.Keyed
			}
			for k := range spans {
				s := &spans[k]
				// A constant or field that others can see, and that is a path of the API and nothing
				// else, is there to be used by them.
				whole := s.Start == 0 && s.End == len(value) && s.Result.Rule != nil && j.prog.Exported(lit) && !printed && !keyed
				if s.Result.Host != endpoint.HostOurs && (printed || keyed || !used) && !whole {
					continue // a path in a message, or one that nobody reads, is no URL of ours for certain
				}
				if keyed && !printed {
					continue // an identifier, not an address
				}
				j.proposeLoose(lit, value, s)
			}
		}
	}
}

func (j *judge) proposeLoose(lit *strval.Literal, value string, s *endpoint.Span) {
	v := &verdict{solved: solveLoose(s, lit, value), flat: value[s.Start:s.End], res: s.Result}
	if len(s.Result.Edits) == 0 {
		v.stuck = s.Result.Reason
	}
	j.propose(v, strval.Template{{Text: value, Lit: lit}}, s.Result.Edits)
	for _, e := range v.wants {
		e.loose, e.length = s, len(value)
	}
	if len(v.wants) > 0 {
		switch {
		case s.Result.Kind == endpoint.BaseOnly:
			v.wants[0].hold(fixer.Review, "no request that uses this base is in sight")
		case s.Result.Host != endpoint.HostOurs:
			v.wants[0].hold(fixer.Review, "no request that uses this path is in sight")
		}
	}
	j.verdicts = append(j.verdicts, v)
}
