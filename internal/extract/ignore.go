package extract

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/internal/equation"
)

// own begins the comments that speak to this program alone.
const own = "//orbitmigrate:ignore"

// ignores lists the comments that suppress findings. Like those of golangci-lint, one speaks of
// the lines of its group of comments, and of the whole statement, declaration or file that
// begins on the next line in the column of the group. One of ours that has a line to itself
// speaks of the next line in any case.
func (x *extractor) ignores(f *ast.File) {
	var code *lines
	for _, group := range f.Comments {
		for _, c := range group.List {
			ig, ok := ignore(c.Text)
			if !ok {
				continue
			}
			if code == nil {
				code = x.lines(f)
			}
			ig.Pos = x.pos(c.Pos())
			first := x.Fset.PositionFor(group.Pos(), false)
			ig.First, ig.Last = first.Line, x.Fset.PositionFor(group.End(), false).Line
			next := ig.Last + 1
			ig.Last = max(ig.Last, code.below[start{next, first.Column}])
			if ig.Rule != "" && !code.held[ig.Pos.Line] {
				ig.Last = max(ig.Last, next)
			}
			x.out.Ignores = append(x.out.Ignores, ig)
		}
	}
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

// lines is what the lines of a file hold besides comments.
type lines struct {
	held  map[int]bool  // lines on which something begins or ends
	below map[start]int // last line of what begins somewhere
}

type start struct{ line, column int }

func (x *extractor) lines(f *ast.File) *lines {
	l := &lines{map[int]bool{}, map[start]int{}}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.Comment, *ast.CommentGroup:
			return false
		}
		from, to := x.Fset.PositionFor(n.Pos(), false), x.Fset.PositionFor(n.End(), false)
		l.held[from.Line], l.held[to.Line] = true, true
		at := start{from.Line, from.Column}
		l.below[at] = max(l.below[at], to.Line)
		return true
	})
	return l
}
