package workspace

import (
	"cmp"
	"context"
	"errors"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
)

// SyntaxErrors parses the files of packages and returns the first error of each that does not
// parse, by position. It stops when ctx ends.
func SyntaxErrors(ctx context.Context, pkgs []*packages.Package) []packages.Error {
	var files []string
	for _, p := range pkgs {
		files = append(files, p.GoFiles...)
	}
	found := make([]*packages.Error, len(files))
	_ = Each(ctx, len(files), func(i int) {
		problem := func(pos, msg string) {
			found[i] = &packages.Error{Pos: cmp.Or(pos, files[i]+":1"), Msg: msg, Kind: packages.ParseError}
		}
		var parsed error
		failed := fault.Catch(func() {
			if err := Read(files[i], func(src []byte) {
				_, parsed = parser.ParseFile(token.NewFileSet(), files[i], src, parser.SkipObjectResolution)
			}); err != nil {
				problem("", disk.Reason(err))
			}
		})
		var list scanner.ErrorList
		switch {
		case failed != nil:
			problem("", failed.Error())
		case errors.As(parsed, &list):
			problem(list[0].Pos.String(), list[0].Msg)
		case parsed != nil:
			problem("", parsed.Error())
		}
	})
	var out []packages.Error
	for _, e := range found {
		if e != nil {
			out = append(out, *e)
		}
	}
	slices.SortFunc(out, func(a, b packages.Error) int { return cmp.Compare(a.Pos, b.Pos) })
	return out
}
