package analyzer

import (
	"bytes"
	"cmp"
	"compress/flate"
	_ "embed"
	"encoding/gob"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/equation"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

// Name is the name of the analyzer, and of the linter in golangci-lint.
const Name = "orbitmigrate"

//go:embed doc.go
var docFile string

// Doc is the rule book: the text of this package's documentation.
var Doc = func() string {
	_, text, _ := strings.Cut(docFile, "/*\n")
	text, _, _ = strings.Cut(text, "*/")
	return text
}()

// Analyzer reports everything, and is configured by its Flags.
var Analyzer = newAnalyzer(&Options{})

// New returns an analyzer with the given options. It fails if they make no sense.
func New(opts Options) (*analysis.Analyzer, error) {
	if err := opts.validate(); err != nil {
		return nil, err
	}
	return newAnalyzer(&opts), nil
}

func newAnalyzer(opts *Options) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:      Name,
		Doc:       Doc,
		URL:       "https://pkg.go.dev/github.com/orbitmigrate/orbitmigrate/analyzer",
		FactTypes: []analysis.Fact{new(equations)},
		Run: func(pass *analysis.Pass) (result any, err error) {
			if failed := fault.Catch(func() { result, err = run(pass, *opts) }); failed != nil {
				return nil, failed
			}
			return result, err
		},
	}
	a.Flags.Func("rules", "report only these rules (IDs with commas between them)", func(s string) error {
		chosen := Options{Rules: strings.Split(s, ",")}
		if err := chosen.validate(); err != nil {
			return err
		}
		opts.Rules = chosen.Rules
		return nil
	})
	a.Flags.Func("sinks", "know the rows for HTTP libraries in this YAML file as well (for go vet: an absolute path)", func(s string) error {
		chosen := Options{SinkFile: s}
		if err := chosen.validate(); err != nil {
			return err
		}
		opts.SinkFile, opts.sinks = s, chosen.sinks
		return nil
	})
	a.Flags.BoolVar(&opts.SkipTests, "skip-tests", opts.SkipTests, "leave out places in _test.go files")
	a.Flags.BoolVar(&opts.SkipGenerated, "skip-generated", opts.SkipGenerated, "leave out places in generated files")
	return a
}

// equations is the fact that a package leaves behind: its own equations and those of
// the packages that it imports. It is kept on one object of the package, because facts
// about packages do not reach importers of importers in every driver. Those of each package
// are packed once, by itself, and handed on as they are.
type equations struct {
	Packages []packed // by path
}

type packed struct {
	Path string
	Data []byte // *equation.Package: gob, compressed
}

// AFact marks the type as a fact.
func (*equations) AFact() {}

// String names the packages, for tests.
func (e *equations) String() string {
	text := "equations of"
	for _, p := range e.Packages {
		text += " " + p.Path
	}
	return text
}

func pack(pkg *equation.Package) (packed, error) {
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return packed{}, err
	}
	if err := gob.NewEncoder(z).Encode(pkg); err != nil {
		return packed{}, err
	}
	if err := z.Close(); err != nil {
		return packed{}, err
	}
	return packed{pkg.Path, b.Bytes()}, nil
}

func (p packed) unpack() (*equation.Package, error) {
	var pkg equation.Package
	if err := gob.NewDecoder(flate.NewReader(bytes.NewReader(p.Data))).Decode(&pkg); err != nil {
		return nil, fmt.Errorf("the facts of %s cannot be read: %v", p.Path, err)
	}
	return &pkg, nil
}

// run analyses one package in a driver that sees packages one by one.
func run(pass *analysis.Pass, opts Options) (any, error) {
	module := ""
	if pass.Module != nil { // not set by every driver
		module = pass.Module.Path
	}
	if isStd(pass.Pkg.Path(), module) && module == "" {
		return nil, nil // the tables know the standard library
	}
	p := &Program{opts: opts, table: endpoint.Default()}
	read := pass.ReadFile
	if read == nil {
		read = disk.Source
	}
	facts := pass.AllObjectFacts()
	if len(facts) == 0 && !p.matters(pass, read) {
		return nil, nil // nothing that could be part of a URL of the API, here or for importers
	}
	own := p.extract(Package{Path: pass.Pkg.Path(), Fset: pass.Fset, Files: pass.Files, Types: pass.Pkg, Info: pass.TypesInfo, Module: module}, read)

	imported := map[string]packed{}
	for _, f := range facts {
		e, ok := f.Fact.(*equations)
		if !ok || f.Object.Pkg() == pass.Pkg {
			continue
		}
		for _, dep := range e.Packages {
			// Of the variants of a package, the one with its tests says most.
			if have := imported[dep.Path]; dep.Path != own.Path && cmp.Or(cmp.Compare(len(dep.Data), len(have.Data)), bytes.Compare(dep.Data, have.Data)) > 0 {
				imported[dep.Path] = dep
			}
		}
	}
	var fact equations
	var deps []*equation.Package
	for _, path := range slices.Sorted(maps.Keys(imported)) {
		pkg, err := imported[path].unpack()
		if err != nil {
			return nil, err
		}
		deps, fact.Packages = append(deps, pkg), append(fact.Packages, imported[path])
	}
	p.pkgs = append(deps, own)

	if obj := carrier(pass.Pkg); obj != nil {
		mine, err := pack(own)
		if err != nil {
			return nil, err
		}
		fact.Packages = append(fact.Packages, mine)
		slices.SortFunc(fact.Packages, func(a, b packed) int { return strings.Compare(a.Path, b.Path) })
		pass.ExportObjectFact(obj, &fact)
	}
	if p.mentions() {
		p.report(pass, own, deps)
	}
	return nil, nil
}

// matters reports whether a package may have to do with the API: it imports an HTTP library,
// or one of its files holds a name or a path segment of the API. It looks at bytes and imports
// only, because it is asked about every package of a program.
func (p *Program) matters(pass *analysis.Pass, read func(string) ([]byte, error)) bool {
	for _, imp := range pass.Pkg.Imports() {
		if p.opts.sinks.Describes(imp.Path()) {
			return true
		}
	}
	for _, f := range pass.Files {
		src, err := read(pass.Fset.PositionFor(f.FileStart, false).Filename)
		if err != nil || Mentions(src) || holdsSegment(src) {
			return true // what cannot be read has to be traversed
		}
	}
	return false
}

// mentions reports whether any literal in sight may be part of a URL of the API: without
// one there is nothing to solve.
func (p *Program) mentions() bool {
	needle := words(p.table).Needle
	for _, pkg := range p.pkgs {
		for i := range pkg.Lits {
			if needle(pkg.Lits[i].Source) || strings.IndexByte(pkg.Lits[i].Source, '\\') >= 0 {
				return true
			}
		}
	}
	return false
}

// carrier chooses the object that carries a package's fact: the first one by name that an
// importer can see. A package without one can only be imported for its side effects.
func carrier(pkg *types.Package) types.Object {
	var typeName types.Object
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		if !obj.Exported() {
			continue
		}
		if _, err := objectpath.For(obj); err != nil {
			continue
		}
		if _, isType := obj.(*types.TypeName); !isType {
			return obj
		} else if typeName == nil {
			typeName = obj // facts about types are copied into every importer's: second choice
		}
	}
	return typeName
}

// report turns findings into diagnostics. A place in another package that only this one
// makes a finding is reported where this package takes part in it.
func (p *Program) report(pass *analysis.Pass, own *equation.Package, deps []*equation.Package) {
	files := map[string]*token.File{}
	for _, f := range pass.Files {
		tf := pass.Fset.File(f.FileStart)
		files[tf.Name()] = tf
	}
	result := p.resultAbout(own)
	var known map[token.Position]bool // places that the dependencies report themselves
	for _, f := range result.Findings {
		at, end := f.Pos, f.End
		message := f.Message
		tf := files[at.Filename]
		if tf == nil {
			if known == nil {
				known = map[token.Position]bool{}
				for _, d := range (&Program{opts: p.opts, table: p.table, pkgs: deps}).Result().Findings {
					known[d.Pos] = true
				}
			}
			if known[f.Pos] {
				continue
			}
			i := slices.IndexFunc(f.via, func(v token.Position) bool { return files[v.Filename] != nil })
			if i < 0 {
				continue // neither is this package part of it: an importer reports it
			}
			at = f.via[i]
			end = at
			tf = files[at.Filename]
			message = fmt.Sprintf("%s; the text to change is at %s:%d:%d", f.from(at.Filename), shortFile(f.Pos.Filename, at.Filename), f.Pos.Line, f.Pos.Column)
		}
		d := analysis.Diagnostic{Pos: posIn(tf, at.Offset), End: posIn(tf, end.Offset), Category: f.Rule, Message: message}
		if fix, ok := p.suggest(f, result, tf); ok {
			d.SuggestedFixes = []analysis.SuggestedFix{fix}
		} else if f.Applicability == fixer.Safe {
			d.Message += "; run orbitmigrate -fix to change all its places together"
		}
		pass.Report(d)
	}
}

// suggest offers the changes of a finding's group as a fix if it is right on its own:
// safe, in this one file, and out of reach for packages that are not seen.
func (p *Program) suggest(f Finding, result *Result, tf *token.File) (analysis.SuggestedFix, bool) {
	if f.Applicability != fixer.Safe || f.Group < 0 || f.open || f.Pos.Filename != tf.Name() {
		return analysis.SuggestedFix{}, false
	}
	i := slices.IndexFunc(result.Groups, func(g fixer.Group) bool { return g.ID == f.Group })
	if i < 0 {
		return analysis.SuggestedFix{}, false
	}
	fix := analysis.SuggestedFix{Message: "Move to OrbitFlare API v2"}
	for _, c := range result.Groups[i].Changes {
		if c.File != tf.Name() || c.End > tf.Size() {
			return analysis.SuggestedFix{}, false
		}
		fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: posIn(tf, c.Start), End: posIn(tf, c.End), NewText: []byte(c.New)})
	}
	return fix, true
}

func posIn(tf *token.File, offset int) token.Pos { return tf.Pos(min(max(offset, 0), tf.Size())) }
