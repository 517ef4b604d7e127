package extract

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// own begins the comments that speak to this program alone.
const own = "//orbitmigrate:ignore"

// ignores lists the comments that suppress findings. Like those of golangci-lint, one speaks of
// the lines of its group of comments, and of the whole statement, declaration or file that
// begins on the next line in the column of the group. One of ours that has a line to itself
// speaks of the next line in any case.
func (x *extractor) ignores(f *ast.File) {
	for _, group := range f.Comments {
		for _, c := range group.List {
			ig, ok := ignore(c.Text)
			if !ok {
				continue
			}
			ig.Pos = x.pos(c.Pos())
			first := x.Fset.PositionFor(group.Pos(), false)
			ig.First, ig.Last = first.Line, x.Fset.PositionFor(group.End(), false).Line
			next := ig.Last + 1
			ig.Last = max(ig.Last, x.ending(f, next, first.Column))
			if ig.Rule != "" && x.alone(c) {
				ig.Last = max(ig.Last, next)
			}
			x.out.Ignores = append(x.out.Ignores, ig)
		}
	}
}

// ending returns the last line of what begins in a line and column: a statement, a declaration,
// an element or the file; 0 if nothing does.
func (x *extractor) ending(f *ast.File, line, column int) (last int) {
	tf := x.Fset.File(f.FileStart)
	if line > tf.LineCount() {
		return 0
	}
	at := tf.LineStart(line) + token.Pos(column-1)
	if at >= f.FileEnd {
		return 0
	}
	path, _ := astutil.PathEnclosingInterval(f, at, at)
	for _, n := range path {
		if n.Pos() == at {
			last = max(last, x.Fset.PositionFor(n.End(), false).Line)
		}
	}
	return last
}

// alone reports whether nothing stands in front of a comment in its line.
func (x *extractor) alone(c *ast.Comment) bool {
	if x.Source == nil {
		return false
	}
	at := x.Fset.PositionFor(c.Pos(), false)
	src, err := x.Source(at.Filename)
	if err != nil || at.Offset > len(src) {
		return false
	}
	line := src[at.Offset-(at.Column-1) : at.Offset]
	return len(bytes.TrimSpace(line)) == 0
}

// ignore reads a comment that suppresses findings, in the spellings that golangci-lint takes for
// //nolint or in ours.
func ignore(comment string) (ig equation.Ignore, ok bool) {
	if text, ok := strings.CutPrefix(comment, own); ok {
		ig.Rule, ig.Reason, _ = strings.Cut(strings.TrimSpace(text), " ")
		ig.Reason = strings.TrimSpace(ig.Reason)
		if ig.Rule == "" {
			ig.Rule = "RULE"
		}
		return ig, true
	}
	text, ok := strings.CutPrefix(strings.TrimLeft(comment, "/ "), "nolint")
	if !ok || !strings.HasPrefix(comment, "//") {
		return ig, false
	}
	list, named := strings.CutPrefix(text, ":")
	if !named {
		return ig, text == "" || text[0] == ' '
	}
	list, _, _ = strings.Cut(list, "//")
	return ig, slices.ContainsFunc(strings.Split(list, ","), func(name string) bool {
		name = strings.ToLower(strings.TrimSpace(name))
		return name == "orbitmigrate" || name == "all"
	}) || strings.HasPrefix(list, "all")
}
