package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"sync"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/extract"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
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
	// Source reads a file as it was parsed; nil means from disk.
	Source func(file string) ([]byte, error)
	// Broken says that the package does not compile: what is found in it is not fixed.
	Broken bool
}

// A Program collects packages and solves them together. Of its methods only Add may be
// called by several goroutines at once.
type Program struct {
	opts  Options
	table *endpoint.Table
	mu    sync.Mutex // for pkgs, while packages are added
	pkgs  []*equation.Package
	texts []*strval.Literal
	// before holds, by import path, the packages whose place others have taken after the rest
	// was checked; nil if there are none.
	before map[string]*equation.Package
	linked *solve.Program               // of these packages; nil until it is asked for
	lits   map[string][]*strval.Literal // the same, by file
	faults []Fault
}

// NewProgram returns a program without packages. It fails if the options are not valid.
func NewProgram(opts Options) (*Program, error) {
	if err := opts.validate(); err != nil {
		return nil, err
	}
	return &Program{opts: opts, table: endpoint.Default()}, nil
}

// Add extracts a package, in the place of one with the same path if there is one: functions
// without a body are not in sight. Nothing of it is kept, its syntax may be released.
func (p *Program) Add(pkg Package) {
	read := pkg.Source
	if read == nil {
		read = disk.Source
	}
	p.opts.Hook.Begin(fault.Extract, pkg.Path)
	out := p.extract(pkg, read)
	out.Broken, out.Dependency = pkg.Broken, pkg.Dependency
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.faulty(out.Path) {
		return
	}
	p.linked, p.lits = nil, nil
	if i := slices.IndexFunc(p.pkgs, func(have *equation.Package) bool { return have.Path == out.Path }); i >= 0 {
		p.pkgs[i] = out
		return
	}
	p.pkgs = append(p.pkgs, out)
}

// Without returns a program with the same packages and texts, except the packages with the
// given import paths, which are to be added again as they have become, and with what read has
// for texts by file, if it has anything.
func (p *Program) Without(paths []string, read func(file string) ([]byte, bool)) *Program {
	out := &Program{opts: p.opts, table: p.table, before: map[string]*equation.Package{}}
	for _, pkg := range p.pkgs {
		if slices.Contains(paths, pkg.Path) {
			out.before[pkg.Path] = pkg
		} else {
			out.pkgs = append(out.pkgs, pkg)
		}
	}
	for _, t := range p.texts {
		if data, ok := read(t.File); ok {
			changed := *t
			changed.Source = string(data)
			t = &changed
		}
		out.texts = append(out.texts, t)
	}
	return out
}

// edited says of literals, by where they begin, whether the packages that have taken the place
// of others did not spell them before.
func (p *Program) edited() func(file string, start int) bool {
	type place struct {
		file  string
		start int
	}
	changed := map[place]bool{}
	for _, pkg := range p.pkgs {
		before := p.before[pkg.Path]
		if before == nil {
			continue
		}
		more := map[string]int{}
		for i := range pkg.Lits {
			more[pkg.Lits[i].Source]++
		}
		for i := range before.Lits {
			more[before.Lits[i].Source]--
		}
		for i := range pkg.Lits {
			if l := &pkg.Lits[i]; more[l.Source] > 0 {
				changed[place{l.File, l.Start}] = true
			}
		}
	}
	return func(file string, start int) bool { return changed[place{file, start}] }
}

// Wants returns what the program lacks to be sure about the packages that it holds, sorted.
// Packages for which focus is true are of interest as a whole, the others as far as they
// have to do with text that may be a URL of the API.
func (p *Program) Wants(focus func(path string) bool) (wants []Want) {
	p.isolate(func(p *Program) { wants = p.link().Frontier(focus) })
	return wants
}

// WantsOf returns what the program lacks to be sure about a group of its changes, sorted.
func (p *Program) WantsOf(g fixer.Group) []Want {
	var lits []*strval.Literal
	for _, c := range g.Changes {
		if l := p.literal(c); l != nil {
			lits = append(lits, l)
		}
	}
	return p.link().FrontierOf(lits)
}

// Unused says whether the literal that a change is about is in sight and goes nowhere.
func (p *Program) Unused(c fixer.Change) bool {
	l := p.literal(c)
	if l == nil {
		return false
	}
	uses, ends := p.link().Reached([]*strval.Literal{l})
	return len(uses) == 0 && len(ends) == 0
}

// Sees says whether the program holds the literal that a change is about.
func (p *Program) Sees(c fixer.Change) bool { return p.literal(c) != nil }

// literal returns the literal that a change is about: nil if it is not in sight, or if the
// change is about something else.
func (p *Program) literal(c fixer.Change) *strval.Literal {
	if p.lits == nil {
		p.lits = map[string][]*strval.Literal{}
		for _, pkg := range p.pkgs {
			for i := range pkg.Lits {
				l := &pkg.Lits[i]
				p.lits[l.File] = append(p.lits[l.File], l)
			}
		}
	}
	for _, l := range p.lits[c.File] {
		if l.Start <= c.Start && c.End <= l.Start+len(l.Source) {
			return l
		}
	}
	return nil
}

// link joins the packages.
func (p *Program) link() *solve.Program {
	if p.linked == nil {
		about := words(p.table)
		if p.opts.Requests {
			about = anyWords(p.pkgs)
		}
		for _, pkg := range p.pkgs {
			p.opts.Hook.Begin(fault.Link, pkg.Path)
		}
		p.linked = solve.Link(p.pkgs, about)
		if p.before != nil {
			p.linked.Outdate(p.edited(), func(path string) bool { return p.before[path] != nil })
		}
	}
	return p.linked
}

// Answering returns the names, sorted, of functions, methods and fields that stand behind a dot
// in code that answers requests.
func (p *Program) Answering() []string { return p.opts.sinks.Answering() }

// Sending returns those of the functions and methods in code that makes requests.
func (p *Program) Sending() []string { return p.opts.sinks.Sending() }

// A Want names source that is not in sight and may have a say in what the program does with
// the API.
type Want = solve.Want

// The kinds of wants.
const (
	WantPackage        = solve.Declarations
	WantFunction       = solve.Function
	WantAnswers        = solve.Answers
	WantRequests       = solve.Requests
	WantObject         = solve.Object
	WantComposite      = solve.Composite
	WantEmbedding      = solve.Embedding
	WantMember         = solve.Member
	WantMethod         = solve.Method
	WantImplementation = solve.Implementation
	WantChannel        = solve.Channel
	WantSetting        = solve.Setting
	WantRendering      = solve.Rendering
)

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
		Marks:  p.opts.Requests,
		Keep:   spells,
		Vendor: func(src []byte) bool { return namesVendor(p.table, src) },
		Comment: func(text string) bool {
			return p.opts.Docs && (spells(text) || strings.Contains(text, "@Router"))
		},
	})
}
