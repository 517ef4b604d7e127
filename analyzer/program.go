package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/extract"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// A Package is a type-checked package. With test variants, pass the variant that has
// the most files: p [p.test] instead of p.
type Package struct {
	Path  string // import path, without the suffix of a test variant
	Fset  *token.FileSet
	Files []*ast.File
	Types *types.Package
	Info  *types.Info
	// Module is the module path of the package: import paths below it never belong to
	// the standard library.
	Module string
	// Dependency names the module, with its version, if it is not one that is worked on: what
	// is found in it is evidence, and never edited.
	Dependency string
	// Broken says that the package does not compile: what is found in it is not fixed.
	Broken bool
}

// A Program collects packages and solves them together. Its methods must not be
// called by several goroutines at once.
type Program struct {
	opts  Options
	table *endpoint.Table
	pkgs  []*equation.Package
	texts []*strval.Literal
}

// NewProgram returns a program without packages. It fails if the options are not valid.
func NewProgram(opts Options) (*Program, error) {
	if err := opts.validate(); err != nil {
		return nil, err
	}
	return &Program{opts: opts, table: endpoint.Default()}, nil
}

// Add extracts a package. Nothing of it is kept: its syntax may be released.
func (p *Program) Add(pkg Package) {
	out := p.extract(pkg, os.ReadFile)
	out.Broken, out.Dependency = pkg.Broken, pkg.Dependency
	p.pkgs = append(p.pkgs, out)
}

// AddText adds a file that is not Go: documentation, a specification, a recorded answer.
// It has no effect without Options.Docs.
func (p *Program) AddText(file string, data []byte) {
	if p.opts.Docs {
		p.texts = append(p.texts, &strval.Literal{File: file, Line: 1, Column: 1, Source: string(data), Plain: true})
	}
}

func (p *Program) extract(pkg Package, read func(string) ([]byte, error)) *equation.Package {
	spells := speller(p.table)
	return extract.Package(extract.Input{
		Path:   pkg.Path,
		Fset:   pkg.Fset,
		Files:  pkg.Files,
		Types:  pkg.Types,
		Info:   pkg.Info,
		Source: read,
		Std:    func(path string) bool { return isStd(path, pkg.Module) },
		Sinks:  p.opts.sinks,
		Keep:   spells,
		Comment: func(text string) bool {
			return p.opts.Docs && (spells(text) || strings.Contains(text, "@Router"))
		},
	})
}
