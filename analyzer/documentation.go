package analyzer

import (
	"fmt"
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
	// A rooted path that may stand behind a base.
	shortPath = regexp.MustCompile(`/[A-Za-z][^\s"'<>|,;` + "`" + `\\]*`)
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
		spans := j.table.Loose(t.Source)
		var base *edit
		for _, s := range spans {
			v := j.document(t, s.Start, s.End, s.Method, s.Result, s.Result.Edits)
			if len(v.wants) == 0 {
				continue
			}
			level, reason := j.about(t, s.Start, s.End, s.Result)
			if s.Result.Kind == endpoint.BaseOnly && level == fixer.Safe {
				if level, reason = j.beside(t, spans); level == fixer.Safe {
					base = v.wants[0]
				}
				if m := basePath.FindStringSubmatchIndex(t.Source); m != nil && m[2] == s.Start {
					annotated = v.wants[0]
				}
				switch by, known := j.moving(s.Result.Base); {
				case level != fixer.Safe: // it stays behind, and the program's own does not
				case by != nil:
					unite(by, base)
				case known:
					// Only generated code uses it: this is what it is generated from.
				default:
					level, reason = fixer.Review, "no request that uses this base is in sight"
				}
			}
			if level != fixer.Safe {
				v.wants[0].hold(level, "%s", reason)
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

// beside looks for paths that a text puts behind a base and that would have to move with it,
// beside those that are followed: the base is then not all there is to change.
func (j *judge) beside(t *strval.Literal, spans []endpoint.Span) (fixer.Applicability, string) {
	if strings.HasSuffix(t.File, ".go") {
		return fixer.Safe, "" // what is put behind it is code
	}
	followed := func(at int) bool {
		return slices.ContainsFunc(spans, func(s endpoint.Span) bool { return s.Start <= at && at < s.End })
	}
	keys := map[int]bool{}
	for _, m := range pathKey.FindAllStringSubmatchIndex(t.Source, -1) {
		keys[m[2]] = true
	}
	for _, at := range shortPath.FindAllStringIndex(t.Source, -1) {
		if followed(at[0]) || keys[at[0]] {
			continue
		}
		path := strings.TrimRight(t.Source[at[0]:at[1]], ".,;:!?)]}\"'")
		if res := j.table.MatchRelative("", path); len(res.Edits) > 0 || res.Kind == endpoint.Unclear && res.Rule != nil {
			line := t.Line + strings.Count(t.Source[:at[0]], "\n")
			verb := "names"
			if at[0] > 0 && isAppended(t.Source[:at[0]]) {
				verb = "appends"
			}
			return fixer.Review, fmt.Sprintf("line %d %s %s, which moves as well and is not followed", line, verb, endpoint.Redact(path))
		}
	}
	return fixer.Safe, ""
}

// isAppended reports whether what follows a text is put behind a variable, in the manner of
// shells, make, templates and programming languages.
func isAppended(before string) bool {
	last := before[len(before)-1]
	if last == '}' || last == ')' {
		return true
	}
	i := len(before)
	for i > 0 && (before[i-1] == '_' || '0' <= before[i-1] && before[i-1] <= '9' || 'A' <= before[i-1]&^0x20 && before[i-1]&^0x20 <= 'Z') {
		i--
	}
	return i < len(before) && i > 0 && before[i-1] == '$'
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
