package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
)

// Options choose what is reported. The zero value reports everything.
type Options struct {
	// Rules, if not empty, are the IDs of the only rules that are reported.
	Rules []string
	// SkipTests leaves out places in _test.go files.
	SkipTests bool
	// SkipGenerated leaves out places in generated files, which are never edited.
	SkipGenerated bool
}

// validate reports the first option that makes no sense.
func (o Options) validate() error {
	ids := ruleIDs(endpoint.Default())
	for _, id := range o.Rules {
		if !slices.Contains(ids, id) {
			return fmt.Errorf("there is no rule %q; the rules are %s", id, strings.Join(ids, ", "))
		}
	}
	return nil
}
