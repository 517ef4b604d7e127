package endpoint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/orbitmigrate/orbitmigrate/internal/strictyaml"
)

const maxTableSize = 1 << 18 // bytes; the built-in table has a twentieth of that

var (
	idPattern      = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	standInPattern = regexp.MustCompile(`^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$`)
	labelPattern   = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)
	litPattern     = regexp.MustCompile(`^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$`)
	paramPattern   = regexp.MustCompile(`^\{[a-z][a-z0-9_]*\}$`)
	headerPattern  = regexp.MustCompile(`^[A-Za-z0-9-]+$`)
)

// Parse reads a table in the format of the built-in table.yaml. name is the file name used in errors, which have
// the form "name:line: message". Parse is strict: unknown, missing, empty and repeated keys, repeated rows, bad
// hosts and paths, aliases, and examples that do not hold are errors. It returns the first error it finds.
func Parse(name string, data []byte) (*Table, error) {
	p := &parser{
		File: strictyaml.File{Name: name, Empty: "the table is empty", Single: "a table is one document"},
		ids:  map[string]int{},
	}
	if len(data) > maxTableSize {
		return nil, p.Errorf(1, "the table has %d bytes; at most %d are read", len(data), maxTableSize)
	}
	root, err := p.Root(data)
	if err != nil {
		return nil, err
	}
	if err := p.table(root); err != nil {
		return nil, err
	}
	return &p.t, nil
}

type parser struct {
	strictyaml.File
	t        Table
	ids      map[string]int // ID -> line
	examples []placedExample
}

// A placedExample is checked when the table is complete.
type placedExample struct {
	Example
	line int
	rule *Rule // exactly one of rule and base is set
	base *Base
}

// hosts parses a list of host names into the slice at to.
func (p *parser) hosts(what string, to *[]string, valid func(string) string) func(*yaml.Node) error {
	return p.List(what, func(n *yaml.Node) error {
		var h string
		if err := p.Text("host", &h, valid)(n); err != nil {
			return err
		}
		*to = append(*to, h)
		return nil
	})
}

func (p *parser) table(root *yaml.Node) error {
	line := root.Line
	err := p.Mapping(root, "the table",
		strictyaml.Required("version", p.Version),
		strictyaml.Required("bases", p.List("bases", func(n *yaml.Node) error { return p.base(n, false) })),
		strictyaml.Optional("undocumented", p.List("undocumented", func(n *yaml.Node) error { return p.base(n, true) })),
		strictyaml.Optional("keep_hosts", p.hosts("keep_hosts", &p.t.keepHosts, validHostPattern)),
		strictyaml.Optional("stand_in_hosts", p.hosts("stand_in_hosts", &p.t.standIns, matches(standInPattern, "is not a host name"))),
		strictyaml.Optional("keep_headers", p.List("keep_headers", func(n *yaml.Node) error {
			var h string
			if err := p.Text("header", &h, matches(headerPattern, "is not a header name"))(n); err != nil {
				return err
			}
			p.t.keepHeaders = append(p.t.keepHeaders, h)
			return nil
		})),
		strictyaml.Required("endpoints", p.List("endpoints", p.endpoint)),
		strictyaml.Optional("added", p.List("added", p.addedEndpoint)),
	)
	if err != nil {
		return err
	}
	// Documented bases go first, because the first base that fits a path without a host is the one that is named.
	slices.SortStableFunc(p.t.bases, func(a, b *Base) int {
		switch {
		case a.Undocumented == b.Undocumented:
			return 0
		case b.Undocumented:
			return -1
		default:
			return 1
		}
	})
	if err := p.crossCheck(line); err != nil {
		return err
	}
	p.relate()
	return p.prove()
}

func matches(re *regexp.Regexp, wrong string) func(string) string {
	return func(s string) string {
		if re.MatchString(s) {
			return ""
		}
		return wrong
	}
}

func validSource(s string) string {
	if s == "guide" || s == "reference" {
		return ""
	}
	return `is neither "guide" nor "reference"`
}

func validHost(s string) string {
	labels := strings.Split(s, ".")
	if len(labels) < 2 || len(s) > 253 {
		return "is not a host name such as api.example.com"
	}
	for _, l := range labels {
		if !labelPattern.MatchString(l) {
			return "is not a lower-case host name without scheme, port and path"
		}
	}
	return ""
}

func validHostPattern(s string) string { return validHost(strings.TrimPrefix(s, "*.")) }

// id returns the reader of a row's ID, which must be unique in the whole table.
func (p *parser) id(dst *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := p.Text("id", dst, matches(idPattern, "is not lower-case words joined by hyphens"))(n); err != nil {
			return err
		}
		if line, dup := p.ids[*dst]; dup {
			return p.Errorf(n.Line, "id %q is already used in line %d", *dst, line)
		}
		p.ids[*dst] = n.Line
		return nil
	}
}

func (p *parser) exampleList(rule *Rule, base *Base, out bool) strictyaml.Field {
	return strictyaml.Required("examples", p.List("examples", func(n *yaml.Node) error {
		var e Example
		fields := []strictyaml.Field{
			strictyaml.Required("in", p.Text("in", &e.In, nil)),
			strictyaml.Optional("method", p.Text("method", &e.Method, validMethod)),
		}
		if out {
			fields = append(fields, strictyaml.Required("out", p.Text("out", &e.Out, nil)))
		}
		if err := p.Mapping(n, "the example", fields...); err != nil {
			return err
		}
		p.examples = append(p.examples, placedExample{Example: e, line: n.Line, rule: rule, base: base})
		if rule != nil {
			rule.Examples = append(rule.Examples, e)
		} else {
			base.Examples = append(base.Examples, e)
		}
		return nil
	}))
}

func validMethod(s string) string {
	if slices.Contains(methods, s) {
		return ""
	}
	return "is not one of " + strings.Join(methods, ", ")
}

func (p *parser) base(n *yaml.Node, undocumented bool) error {
	b := &Base{Undocumented: undocumented}
	fields := []strictyaml.Field{
		strictyaml.Required("id", p.id(&b.ID)),
		strictyaml.Required("host", p.Text("host", &b.Host, validHost)),
		strictyaml.Required("old", p.Text("old", &b.Old, validPrefix)),
		strictyaml.Required("new", p.Text("new", &b.New, validPrefix)),
		strictyaml.Required("source", p.Text("source", &b.Source, validSource)),
		strictyaml.Required("note", p.Text("note", &b.Note, nil)),
		p.exampleList(nil, b, !undocumented),
	}
	if !undocumented {
		fields = append(fields, strictyaml.Optional("shared", func(n *yaml.Node) error {
			if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
				return p.Errorf(n.Line, "shared must be true or false")
			}
			b.Shared = n.Value == "true"
			return nil
		}))
	}
	if err := p.Mapping(n, "the base", fields...); err != nil {
		return err
	}
	b.oldSegs, b.newSegs = strings.Split(b.Old[1:], "/"), strings.Split(b.New[1:], "/")
	if len(b.oldSegs) != len(b.newSegs) {
		return p.Errorf(n.Line, "old and new of base %q must have as many segments", b.ID)
	}
	differ := 0
	for i := range b.oldSegs {
		if b.oldSegs[i] != b.newSegs[i] {
			b.version = i
			differ++
		}
	}
	if differ != 1 {
		return p.Errorf(n.Line, "old and new of base %q must differ in exactly one segment, not in %d", b.ID, differ)
	}
	for _, o := range p.t.bases {
		// Two hosts may use the same paths. Any other overlap would let a path have two meanings, or be moved twice.
		if o.Host != b.Host && o.Old == b.Old && o.New == b.New {
			continue
		}
		for _, x := range []string{o.Old, o.New} {
			for _, y := range []string{b.Old, b.New} {
				if strings.HasPrefix(x+"/", y+"/") || strings.HasPrefix(y+"/", x+"/") {
					return p.Errorf(n.Line, "base %q overlaps base %q (line %d): %s and %s", b.ID, o.ID, p.ids[o.ID], y, x)
				}
			}
		}
	}
	p.t.bases = append(p.t.bases, b)
	return nil
}

// validClause is for text that completes a sentence.
func validClause(s string) string {
	if strings.HasSuffix(s, ".") {
		return "ends in a full stop; write a clause"
	}
	return ""
}

func validPrefix(s string) string {
	if !strings.HasPrefix(s, "/") {
		return "does not begin with a slash"
	}
	for seg := range strings.SplitSeq(s[1:], "/") {
		if !litPattern.MatchString(seg) {
			return fmt.Sprintf("has the bad segment %q; a base path is plain text between slashes", seg)
		}
	}
	return ""
}

func validPath(s string) string {
	seen := map[string]bool{}
	for seg := range strings.SplitSeq(s, "/") {
		switch {
		case paramPattern.MatchString(seg):
			if seen[seg] {
				return fmt.Sprintf("has the parameter %s twice", seg)
			}
			seen[seg] = true
		case !litPattern.MatchString(seg):
			return fmt.Sprintf("has the bad segment %q; write a path relative to the base such as a/{id}/b", seg)
		}
	}
	return ""
}

func (p *parser) endpoint(n *yaml.Node) error {
	r := &Rule{}
	err := p.Mapping(n, "the endpoint",
		strictyaml.Required("id", p.id(&r.ID)),
		strictyaml.Required("method", p.Text("method", &r.Method, validMethod)),
		strictyaml.Required("old", p.Text("old", &r.Old, validPath)),
		strictyaml.Required("new", p.Text("new", &r.New, validPath)),
		strictyaml.Required("source", p.Text("source", &r.Source, validSource)),
		strictyaml.Required("note", p.Text("note", &r.Note, nil)),
		strictyaml.Optional("check", p.Text("check", &r.Check, validClause)),
		p.exampleList(r, nil, true),
	)
	if err != nil {
		return err
	}
	old, new := strings.Split(r.Old, "/"), strings.Split(r.New, "/")
	if !slices.Equal(paramsOf(old), paramsOf(new)) {
		return p.Errorf(n.Line, "old and new of %q must have the same parameters in the same order", r.ID)
	}
	var ok bool
	if r.change, ok = diff(old, new); !ok {
		return p.Errorf(n.Line, "old and new of %q differ around a parameter; only literal segments can be inserted or replaced", r.ID)
	}
	r.params = make([]int, len(new))
	for i, seg := range new {
		r.params[i] = -1
		if isParam(seg) {
			r.params[i] = slices.Index(old, seg)
		}
	}
	r.old, r.new = blankParams(old), blankParams(new)
	for _, o := range p.t.rules {
		if o.Method == r.Method && slices.Equal(o.old, r.old) {
			return p.Errorf(n.Line, "%q repeats method and old path of %q (line %d)", r.ID, o.ID, p.ids[o.ID])
		}
	}
	p.t.rules = append(p.t.rules, r)
	p.t.maxOld = max(p.t.maxOld, len(r.old))
	return nil
}

func (p *parser) addedEndpoint(n *yaml.Node) error {
	r := &Rule{}
	err := p.Mapping(n, "the added endpoint",
		strictyaml.Required("id", p.id(&r.ID)),
		strictyaml.Required("method", p.Text("method", &r.Method, func(s string) string {
			if s == "ANY" {
				return ""
			}
			return validMethod(s)
		})),
		strictyaml.Required("new", p.Text("new", &r.New, validPath)),
		strictyaml.Required("source", p.Text("source", &r.Source, validSource)),
		strictyaml.Required("note", p.Text("note", &r.Note, nil)),
		p.exampleList(r, nil, false),
	)
	if err != nil {
		return err
	}
	r.new = blankParams(strings.Split(r.New, "/"))
	for _, o := range p.t.added {
		if (o.Method == r.Method || o.Method == "ANY" || r.Method == "ANY") && slices.Equal(o.new, r.new) {
			return p.Errorf(n.Line, "%q repeats method and path of %q (line %d)", r.ID, o.ID, p.ids[o.ID])
		}
	}
	p.t.added = append(p.t.added, r)
	return nil
}

// crossCheck rejects rows that contradict one another.
func (p *parser) crossCheck(line int) error {
	t := &p.t
	if !slices.ContainsFunc(t.bases, func(b *Base) bool { return !b.Undocumented }) {
		return p.Errorf(line, "the table has no documented base")
	}
	for _, h := range t.keepHosts {
		for _, b := range t.bases {
			if hostMatches(h, b.Host) {
				return p.Errorf(p.ids[b.ID], "base %q has the host %s, which keep_hosts says is never touched", b.ID, b.Host)
			}
		}
	}
	for _, a := range t.added {
		for _, r := range t.rules {
			if slices.Equal(a.new, r.old) && (a.Method == r.Method || a.Method == "ANY") {
				return p.Errorf(p.ids[a.ID], "%q is said to exist only in v2, but %q (line %d) has it in v1", a.ID, r.ID, p.ids[r.ID])
			}
		}
	}
	return nil
}

// relate finds the pairs of rows that meet in the new paths.
func (p *parser) relate() {
	for _, r := range p.t.rules {
		for _, o := range p.t.rules {
			if o != r && o.Method == r.Method && slices.Equal(o.new, r.new) && r.change != (change{}) {
				r.merges = true
			}
			if o != r && specialCase(o.new, r.new) {
				r.collides = append(r.collides, o)
				r.routeNote = "in v2 " + o.Method + " " + o.New + " also fits this pattern, so its route must win"
				o.routeNote = "in v2 this path also fits the pattern " + r.New + ", so its route must win"
			}
		}
	}
}

// prove checks every example.
func (p *parser) prove() error {
	for _, e := range p.examples {
		r := p.t.Match(e.Method, e.In)
		var row string
		ok := false
		switch {
		case e.base != nil && e.base.Undocumented:
			row, ok = e.base.ID, r.Kind == NoEquivalent && r.Base == e.base
		case e.base != nil:
			row, ok = e.base.ID, (r.Kind == BaseOnly || r.Kind == Mapped) && r.Base == e.base
		case e.rule.Old == "":
			row, ok = e.rule.ID, r.Kind == V2Only && r.Rule == e.rule
		default:
			row, ok = e.rule.ID, r.Kind == Mapped && r.Rule == e.rule
		}
		if !ok {
			return p.Errorf(e.line, "the example of %q does not hold: %s is %s", row, Redact(e.In), r.describe())
		}
		if got := Apply(e.In, r.Edits); e.Out != "" && got != e.Out {
			return p.Errorf(e.line, "the example of %q does not hold: it gives %s, not %s", row, Redact(got), Redact(e.Out))
		}
		if again := p.t.Match(e.Method, Apply(e.In, r.Edits)); e.Out != "" && again.Kind != Current {
			return p.Errorf(e.line, "the result of the example of %q is not current but %s", row, again.describe())
		}
	}
	return nil
}
