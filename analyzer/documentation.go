package analyzer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/orbitmigrate/orbitmigrate/fixer"
	"github.com/orbitmigrate/orbitmigrate/internal/endpoint"
	"github.com/orbitmigrate/orbitmigrate/internal/fault"
	"github.com/orbitmigrate/orbitmigrate/internal/solve"
	"github.com/orbitmigrate/orbitmigrate/internal/strval"
)

// Paths that stand below a base which the same text, or another one of the program,
// names: the keys of an OpenAPI document, and the routes that swag reads from comments.
var (
	pathKey    = regexp.MustCompile(`(?m)^  (/[^\s:]*):[ \t\r]*$`)
	routerNote = regexp.MustCompile(`@Router[ \t]+(/\S*)[ \t]+\[(\w+)\]`)
	basePath   = regexp.MustCompile(`@BasePath[ \t]+(/\S*)`)
)

// documentation looks at comments and at files that are not Go. A URL that such a text
// spells in full moves; a base moves if the program's own does.
func (j *judge) documentation(texts []*strval.Literal) {
	var notes []*strval.Literal
	for _, pkg := range j.pkgs {
		for i := range pkg.Comments {
			notes = append(notes, &pkg.Comments[i])
		}
	}
	var annotated *edit // the @BasePath of the program, if it is a v1 base
	for _, t := range append(notes, texts...) {
		j.hook.Begin(fault.Read, t.File)
		var base *edit
		for _, s := range j.table.Loose(t.Source) {
			v := j.document(t, s.Start, s.End, s.Method, s.Result, s.Result.Edits)
			if s.Result.Kind == endpoint.BaseOnly && len(v.wants) > 0 {
				base = v.wants[0]
				if m := basePath.FindStringSubmatchIndex(t.Source); m != nil && m[2] == s.Start {
					annotated = base
				}
				switch by, known := j.moving(s.Result.Base); {
				case by != nil:
					unite(by, base)
				case known:
					// Only generated code uses it: this is what it is generated from.
				default:
					base.hold(fixer.Review, "no request that uses this base is in sight")
				}
			}
		}
		if base != nil && !strings.HasSuffix(t.File, ".go") {
			for _, m := range pathKey.FindAllStringSubmatchIndex(t.Source, -1) {
				j.below(t, m[2], m[3], "", base)
			}
		}
	}
	if annotated == nil {
		return
	}
	for _, t := range notes {
		for _, m := range routerNote.FindAllStringSubmatchIndex(t.Source, -1) {
			j.below(t, m[2], m[3], strings.ToUpper(t.Source[m[4]:m[5]]), annotated)
		}
	}
}

// document asks for the edits of a URL in a text.
func (j *judge) document(t *strval.Literal, from, to int, method string, res endpoint.Result, edits []endpoint.Edit) *verdict {
	whole := strval.Template{{Text: t.Source, Lit: t}}
	v := &verdict{solved: solve.Solved{Method: method, URL: whole.Slice(from, to)}, flat: t.Source[from:to], res: res}
	if len(edits) == 0 {
		v.stuck = res.Reason
	}
	j.propose(v, whole, edits)
	j.verdicts = append(j.verdicts, v)
	return v
}

// below asks for the edits of a path that stands below a base.
func (j *judge) below(t *strval.Literal, from, to int, method string, base *edit) {
	res := j.table.MatchRelative(method, t.Source[from:to])
	if res.Kind != endpoint.Mapped || len(res.Edits) == 0 {
		return // the base alone changes, or nobody knows
	}
	edits := slices.Clone(res.Edits)
	for i := range edits {
		edits[i].Start += from
		edits[i].End += from
	}
	if v := j.document(t, from, to, method, res, edits); len(v.wants) > 0 {
		unite(base, v.wants[0])
	}
}

// moving returns an edit of a request that moves a base, if it is not in generated code,
// and whether there is a request of the base at all.
func (j *judge) moving(b *endpoint.Base) (by *edit, known bool) {
	for _, v := range j.verdicts {
		if v.use.Use == nil || len(v.wants) == 0 || v.res.Base != b {
			continue
		}
		known = true
		if j.files[v.wants[0].lit.File].Generated == "" {
			return v.wants[0], true
		}
	}
	return nil, known
}
