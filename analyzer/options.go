package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/sink"
	"github.com/orbitmigrate/orbitmigrate/internal/spelling"
)

// Options choose what is reported. The zero value reports everything.
type Options struct {
	// Rules, if not empty, are the IDs of the only rules that are reported.
	Rules []string
	// Docs looks at comments as well, and at the texts that Program.AddText is given.
	Docs bool
	// SkipTests leaves out places in _test.go files.
	SkipTests bool
	// SkipGenerated leaves out places in generated files, which are never edited.
	SkipGenerated bool
	// SinkFile, if not empty, is the name of a YAML file with rows for HTTP libraries that
	// the built-in table does not know; the manual of the command describes it.
	SinkFile string
	// Requests reads packages for [Program.Requests], which is about any API, rather than for
	// [Program.Result].
	Requests bool

	// Readers, if not nil, lists the Go files, by directory, of all packages that some files
	// belong to or that import theirs, directly or not: these may read data that go with the
	// files. Without it only the packages of the program are known to do so.
	Readers func(files []string) map[string][]string

	// Hook is told of the steps of the work; it may be nil.
	Hook fault.Hook

	sinks *sink.Table // what SinkFile holds, nil if there is none; set by validate
}

// validate reports the first option that makes no sense, and reads the file that an option
// names.
func (o *Options) validate() error {
	ids := ruleIDs(endpoint.Default())
	for _, id := range o.Rules {
		if !slices.Contains(ids, id) {
			if nearest := spelling.Nearest(id, ids); nearest != "" {
				return fmt.Errorf("there is no rule %q; did you mean %s?", id, nearest)
			}
			return fmt.Errorf("there is no rule %q; the rules are %s", id, strings.Join(ids, ", "))
		}
	}
	if o.SinkFile != "" {
		sinks, err := sink.Read(o.SinkFile)
		if err != nil {
			return fmt.Errorf("rows for HTTP libraries: %w", err)
		}
		o.sinks = sinks
	}
	return nil
}
