package driver

import (
	"bytes"
	"fmt"
	"go/ast"
	gobuild "go/build"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/orbitmigrate/orbitmigrate/fixer"
)

// leftOut returns the Go files, sorted, that the build configuration keeps out
// of packages: of those that the patterns name, or of all that are local. Named
// directories without any file to build count as well.
func (s *session) leftOut(prog *program, all bool) []string {
	var files []string
	add := func(name string) {
		if filepath.Ext(name) == ".go" && (s.tests || !strings.HasSuffix(name, "_test.go")) {
			files = append(files, name)
		}
	}
	listed := map[string]bool{}
	for _, u := range prog.all {
		listed[u.Dir] = true
		if u.named || all && u.local {
			for _, name := range u.IgnoredFiles {
				add(name)
			}
		}
	}
	for _, p := range s.patterns {
		// The go command passes over directories without files to build
		// if a pattern has dots.
		base, _, dots := strings.Cut(p, "...")
		if !dots || !gobuild.IsLocalImport(base) && !filepath.IsAbs(base) || !strings.HasSuffix(base, "/") {
			continue
		}
		if !filepath.IsAbs(base) {
			base = filepath.Join(s.dir, base)
		}
		// The go command reports directories that cannot be read.
		_ = filepath.WalkDir(base, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
			case d.IsDir():
				if path != filepath.Clean(base) && passedOver(path, d.Name()) {
					return filepath.SkipDir
				}
			case !listed[filepath.Dir(path)] && d.Type().IsRegular() && !hiddenName(d.Name()):
				add(path)
			}
			return nil
		})
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// changedNames returns the names that are declared, at the top level, by what
// the groups change, each with the indexes of the groups.
func (a *analysis) changedNames() map[string][]int {
	names := map[string][]int{}
	add := func(i int, idents ...*ast.Ident) {
		for _, id := range idents {
			if id.Name != "_" && id.Name != "main" && id.Name != "init" && !slices.Contains(names[id.Name], i) {
				names[id.Name] = append(names[id.Name], i)
			}
		}
	}
	for i, g := range a.groups {
		if g.Applicability != fixer.Safe {
			continue
		}
		for _, c := range g.Changes {
			u := a.unit(c.File)
			if u == nil {
				continue
			}
			holds := func(n ast.Node) bool {
				from, to := u.Fset.PositionFor(n.Pos(), false), u.Fset.PositionFor(n.End(), false)
				return from.Filename == c.File && from.Offset <= c.Start && c.End <= to.Offset
			}
			for _, f := range u.syntax {
				for _, d := range f.Decls {
					switch d := d.(type) {
					case *ast.FuncDecl:
						if holds(d) {
							add(i, d.Name)
						}
					case *ast.GenDecl:
						for _, spec := range d.Specs {
							if v, ok := spec.(*ast.ValueSpec); ok && holds(v) {
								add(i, v.Names...)
							}
						}
					}
				}
			}
		}
	}
	return names
}

// words returns the words of a source file that may be identifiers.
func words(src []byte) map[string]bool {
	all := map[string]bool{}
	for word := range bytes.FieldsFuncSeq(src, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		all[string(word)] = true
	}
	return all
}

// passedOver says whether dots in a pattern do not reach into a directory.
func passedOver(path, name string) bool {
	if hiddenName(name) || name == "testdata" || name == "vendor" {
		return true
	}
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	return err == nil
}

func hiddenName(name string) bool {
	return strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".")
}

// platforms are tried in this order, after the one of the environment.
var platforms = [...]struct{ os, arch string }{
	{"linux", "amd64"}, {"windows", "amd64"}, {"darwin", "arm64"}, {"linux", "arm64"}, {"freebsd", "amd64"},
	{"openbsd", "amd64"}, {"netbsd", "amd64"}, {"dragonfly", "amd64"}, {"solaris", "amd64"}, {"illumos", "amd64"},
	{"aix", "ppc64"}, {"plan9", "amd64"}, {"js", "wasm"}, {"wasip1", "wasm"}, {"android", "arm64"}, {"ios", "arm64"},
	{"darwin", "amd64"}, {"windows", "arm64"}, {"windows", "386"}, {"linux", "386"}, {"linux", "arm"},
	{"linux", "loong64"}, {"linux", "mips"}, {"linux", "mipsle"}, {"linux", "mips64"}, {"linux", "mips64le"},
	{"linux", "ppc64"}, {"linux", "ppc64le"}, {"linux", "riscv64"}, {"linux", "s390x"},
}

const maxTags = 4 // of one constraint, not counting those of platforms and releases

// buildFor returns a request in which a file that is left out is built, as
// near to the current configuration as can be. It fails if none of those that
// are tried includes the file.
func (s *session) buildFor(file string) (request, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return request{}, err
	}
	req := s.request()
	base := tagList(req.build.tags)
	extra := constraintTags(src)
	extra = slices.DeleteFunc(extra, func(tag string) bool { return platformTag(tag) || slices.Contains(base, tag) })
	if len(extra) > maxTags {
		return request{}, fmt.Errorf("its build constraint has more than %d tags", maxTags)
	}
	sets := make([]uint, 1<<len(extra)) // of tags, those with fewer first
	for i := range sets {
		sets[i] = uint(i)
	}
	slices.SortStableFunc(sets, func(a, b uint) int { return bits.OnesCount(a) - bits.OnesCount(b) })

	ctxt := gobuild.Default
	ctxt.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(src)), nil }
	includes := func(tags []string) bool {
		ctxt.BuildTags = tags
		ok, err := ctxt.MatchFile(filepath.Dir(file), filepath.Base(file))
		return ok && err == nil
	}
	for i := range len(platforms) + 1 {
		ctxt.GOOS, ctxt.GOARCH, ctxt.CgoEnabled = s.env.GOOS, s.env.GOARCH, s.env.CGO_ENABLED == "1"
		if i > 0 {
			req.build.goos, req.build.goarch = platforms[i-1].os, platforms[i-1].arch
			ctxt.GOOS, ctxt.GOARCH, ctxt.CgoEnabled = req.build.goos, req.build.goarch, false
		}
		for _, set := range sets {
			tags := slices.Clone(base)
			for bit, tag := range extra {
				if set&(1<<bit) != 0 {
					tags = append(tags, tag)
				}
			}
			if !includes(tags) {
				continue
			}
			req.build.tags = strings.Join(tags, ",")
			if alone(file, src, tags) {
				req.patterns = []string{file}
			}
			return req, nil
		}
	}
	return request{}, fmt.Errorf("no build configuration that was tried includes it")
}

// alone says whether a file, built with the tags, is not part of the package
// in its directory but a program of its own, such as those that "go run" is
// given by name.
func alone(file string, src []byte, tags []string) bool {
	if slices.Contains(tags, "ignore") {
		return true
	}
	name := packageName(file, src)
	if name != "main" {
		return false
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		return false
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".go" && !strings.HasSuffix(e.Name(), "_test.go") && !hiddenName(e.Name()) {
			if other := packageName(filepath.Join(filepath.Dir(file), e.Name()), nil); other != "" && other != name {
				return true
			}
		}
	}
	return false
}

// packageName reads the package clause of a file, or of src if it is not nil.
func packageName(file string, src []byte) string {
	var from any
	if src != nil {
		from = src
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, from, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return f.Name.Name
}

// constraintTags returns the tags of the //go:build line of a file, each once.
func constraintTags(src []byte) []string {
	var tags []string
	for line := range bytes.Lines(src) {
		text := strings.TrimSpace(string(line))
		if strings.HasPrefix(text, "package ") {
			break
		}
		if !constraint.IsGoBuild(text) {
			continue
		}
		expr, err := constraint.Parse(text)
		if err != nil {
			continue
		}
		expr.Eval(func(tag string) bool {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
			return true
		})
	}
	return tags
}

// platformTag says whether a tag follows from the platform or the toolchain.
func platformTag(tag string) bool {
	switch tag {
	case "unix", "cgo", "gc", "gccgo", "race", "msan", "asan", "boringcrypto":
		return true
	}
	for _, p := range platforms {
		if tag == p.os || tag == p.arch {
			return true
		}
	}
	return strings.HasPrefix(tag, "go1.") || strings.HasPrefix(tag, "goexperiment.")
}
