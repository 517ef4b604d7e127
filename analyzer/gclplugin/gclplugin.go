// Package gclplugin makes the analyzer a linter of golangci-lint, in its module
// plugin system. Importing it for its side effect registers the linter
// "orbitmigrate":
//
//	import _ "github.com/orbitmigrate/orbitmigrate/analyzer/gclplugin"
//
// The README beside this file shows how a golangci-lint with the linter is built and
// configured.
package gclplugin

import (
	"fmt"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/orbitmigrate/orbitmigrate/analyzer"
)

func init() { register.Plugin(analyzer.Name, New) }

// settings is what linters.settings.custom.orbitmigrate.settings may hold. The keys
// are spelled like the flags of the analyzer.
type settings struct {
	Rules         []string `json:"rules"`
	SkipTests     bool     `json:"skip-tests"`
	SkipGenerated bool     `json:"skip-generated"`
	Sinks         string   `json:"sinks"`
}

// New returns the linter for the settings that golangci-lint has read from its
// configuration: nil, or a map with the keys rules (a list of rule IDs), skip-tests and
// skip-generated (booleans), and sinks (the path of a file with rows for HTTP libraries,
// relative to the working directory of golangci-lint). It fails if there are other keys, if
// a value has another type, if there is no such rule, or if the file cannot be read.
func New(conf any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[settings](conf)
	if err != nil {
		return nil, fmt.Errorf("linters.settings.custom.%s.settings: %w; the keys are rules, skip-tests, skip-generated and sinks", analyzer.Name, err)
	}
	a, err := analyzer.New(analyzer.Options{Rules: s.Rules, SkipTests: s.SkipTests, SkipGenerated: s.SkipGenerated, SinkFile: s.Sinks})
	if err != nil {
		return nil, fmt.Errorf("linters.settings.custom.%s.settings: %w", analyzer.Name, err)
	}
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) { return run(guard(pass)) }
	return &plugin{a}, nil
}

// guard returns a pass that takes fixes off diagnostics in code under a //line comment
// that names another file: golangci-lint would make the edit there.
func guard(pass *analysis.Pass) *analysis.Pass {
	guarded := *pass
	guarded.Report = func(d analysis.Diagnostic) {
		if len(d.SuggestedFixes) > 0 && pass.Fset.PositionFor(d.Pos, true).Filename != pass.Fset.PositionFor(d.Pos, false).Filename {
			d.SuggestedFixes = nil
			d.Message += "; run orbitmigrate -fix to change it, as a //line comment gives the place to another file"
		}
		pass.Report(d)
	}
	return &guarded
}

type plugin struct{ analyzer *analysis.Analyzer }

// BuildAnalyzers returns the one analyzer.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{p.analyzer}, nil
}

// GetLoadMode asks for types, which also makes facts travel between packages.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
