package sink

import (
	"go/ast"
	"go/parser"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/orbitmigrate/orbitmigrate/internal/disk"
	"github.com/orbitmigrate/orbitmigrate/internal/strictyaml"
)

const maxFileSize = disk.MaxRows

// A need says whether rows of a role have a key.
type need uint8

const (
	never need = iota
	maybe
	must
)

// A shape says which keys the rows of a role have.
type shape struct {
	name             string
	role             Role
	on, url, handler need
	method           need // of method and fixed, of which a row has at most one
}

// shapes are the roles that a user can give. The others need knowledge of a library that
// these keys cannot express.
var shapes = []shape{
	{name: "request", role: Request, on: maybe, url: must, method: maybe},
	{name: "route", role: Route, on: maybe, url: must, method: maybe, handler: maybe},
	{name: "prefix", role: Prefix, url: must, handler: maybe},
	{name: "base", role: Base, on: must, url: must},
	{name: "path", role: Path, on: must, url: maybe, method: maybe},
	{name: "group", role: Group, on: must, url: must},
	{name: "make", role: Make, on: maybe, url: maybe, method: maybe},
	{name: "send", role: Send, on: must, method: maybe},
	{name: "mount", role: Mount, on: must, url: maybe, handler: must},
	{name: "scope", role: Scope, on: must, url: maybe, handler: must},
}

// joinNames are the ways to join that a user can give, by Join.
var joinNames = []string{Alone: "alone", Concat: "concat", Slash: "slash", Resolve: "resolve"}

// Full Go names: path.Func, (path.Type).Method and (*path.Type).Method, with the type
// parameters if the type has some.
var funcName = regexp.MustCompile(`^(?:[\w.~/-]+\.\pL[\pL\d_]*|\(\*?[\w.~/-]+\.[\pL_][\pL\d_]*(?:\[[\pL\d_, ]+\])?\)\.\pL[\pL\d_]*)$`)

// Parse reads rows that a user adds, in YAML:
//
//	version: 1
//	rows:
//	  - func: (*example.com/sdk.Client).Fetch
//	    role: request
//	    on: 0
//	    url: 1
//	    join: slash
//	    fixed: GET
//	    example: (*sdk.Client)(nil).Fetch(URL)
//
// func is the full Go name, as in Row. role is request, route, prefix, base, path, group, make,
// send, mount or scope, with the meaning of the constants of these names. url, method, on and
// handler are the numbers of arguments, counted from 0, the receiver of a method first, and -1
// for none, which is the default. fixed is the method that the function implies. join is alone,
// concat, slash or resolve; it is required in rows with on and url, except in those of role
// base, and has no place in others. In example, a call of the function, the argument
// url mentions URL and the argument method mentions METHOD.
//
// name is the file name used in errors, which have the form "name:line: message". Parse returns
// the first error it finds. Errors are unknown, missing, empty and repeated keys, keys that the
// role does not have, functions that have a row already, numbers that are out of range or
// contradict the example, and aliases.
func Parse(name string, data []byte) ([]Row, error) {
	p := &rowParser{
		File:  strictyaml.File{Name: name, Empty: "the file is empty; it needs the keys version and rows", Single: "put all rows into one"},
		lines: map[string]int{},
	}
	if len(data) > maxFileSize {
		return nil, p.Errorf(1, "the file has more than %d bytes, which is all that is read", maxFileSize)
	}
	root, err := p.Root(data)
	if err != nil {
		return nil, err
	}
	if err := p.file(root); err != nil {
		return nil, err
	}
	return p.rows, nil
}

// Read returns a table with the rows in a file, in the format of Parse. An error names the file.
func Read(file string) (*Table, error) {
	data, err := disk.Read(file, disk.MaxRows)
	if err != nil {
		return nil, err
	}
	rows, err := Parse(file, data)
	if err != nil {
		return nil, err
	}
	return New(rows), nil
}

type rowParser struct {
	strictyaml.File
	rows  []Row
	lines map[string]int // of the functions
}

func (p *rowParser) file(root *yaml.Node) error {
	keys := []string{"version", "rows"}
	top, err := p.Values(root, "the file", keys, keys)
	if err != nil {
		return err
	}
	if err := p.Version(top["version"]); err != nil {
		return err
	}
	return p.List("rows", func(n *yaml.Node) error {
		row, err := p.row(n)
		p.rows = append(p.rows, row)
		return err
	})(top["rows"])
}

func (p *rowParser) row(n *yaml.Node) (Row, error) {
	r := Row{URL: None, Host: None, Method: None, On: None, Handler: None, Added: true}
	values, err := p.Values(n, "the row", []string{"func", "role", "join", "url", "method", "fixed", "on", "handler", "example"}, []string{"func", "role", "example"})
	if err != nil {
		return r, err
	}
	var role, join string
	for _, text := range []struct {
		key string
		dst *string
	}{{"func", &r.Func}, {"role", &role}, {"join", &join}, {"fixed", &r.Fixed}, {"example", &r.Example}} {
		if v := values[text.key]; v != nil {
			if err := p.Text(text.key, text.dst, nil)(v); err != nil {
				return r, err
			}
		}
	}

	line := values["func"].Line
	if !funcName.MatchString(r.Func) {
		return r, p.Errorf(line, "func %q is not the full name of a function; write path.Func, (path.Type).Method or (*path.Type).Method with the import path", r.Func)
	}
	if byName[r.Func] != nil {
		return r, p.Errorf(line, "func %s is known already; leave the row out", r.Func)
	}
	if first := p.lines[r.Func]; first > 0 {
		return r, p.Errorf(line, "func %s already has the row in line %d", r.Func, first)
	}
	p.lines[r.Func] = line

	at := slices.IndexFunc(shapes, func(s shape) bool { return s.name == role })
	if at < 0 {
		var names []string
		for _, s := range shapes {
			names = append(names, s.name)
		}
		return r, p.Errorf(values["role"].Line, "unknown role %q; roles: %s", role, strings.Join(names, ", "))
	}
	s := shapes[at]
	r.Role = s.role
	call, err := p.example(values["example"], &r)
	if err != nil {
		return r, err
	}
	if err := p.arguments(n, values, s, &r, call); err != nil {
		return r, err
	}
	return r, p.join(n, values["join"], join, &r)
}

// example returns the arguments of the row's example, the receiver first.
func (p *rowParser) example(n *yaml.Node, r *Row) ([]ast.Expr, error) {
	e, err := parser.ParseExpr(r.Example)
	if err != nil {
		return nil, p.Errorf(n.Line, "the example is not a Go expression: %v", err)
	}
	call, _ := e.(*ast.CallExpr)
	if call == nil {
		return nil, p.Errorf(n.Line, "the example is not a call")
	}
	fun := call.Fun
	switch t := fun.(type) {
	case *ast.IndexExpr:
		fun = t.X
	case *ast.IndexListExpr:
		fun = t.X
	}
	sel, _ := fun.(*ast.SelectorExpr)
	if name := r.Func[strings.LastIndexByte(r.Func, '.')+1:]; sel == nil || sel.Sel.Name != name {
		return nil, p.Errorf(n.Line, "the example is not a call of %s in the form x.%s(...)", r.Func, name)
	}
	if strings.HasPrefix(r.Func, "(") {
		return append([]ast.Expr{sel.X}, call.Args...), nil
	}
	return call.Args, nil
}

// arguments reads the numbers of arguments, and the method, and holds them against the role
// and the arguments of the example.
func (p *rowParser) arguments(n *yaml.Node, values map[string]*yaml.Node, s shape, r *Row, call []ast.Expr) error {
	taken := map[int]string{}
	for _, a := range []struct {
		key     string
		dst     *int
		need    need
		mention string // what the argument in the example mentions
	}{{"url", &r.URL, s.url, "URL"}, {"method", &r.Method, s.method, "METHOD"}, {"on", &r.On, s.on, ""}, {"handler", &r.Handler, s.handler, ""}} {
		if v := values[a.key]; v != nil {
			i, err := strconv.Atoi(v.Value)
			if err != nil || v.Kind != yaml.ScalarNode || v.Tag != "!!int" {
				return p.Errorf(v.Line, "%s must be the number of an argument", a.key)
			}
			switch {
			case i == None:
			case i < None || i >= len(call):
				return p.Errorf(v.Line, "%s %d is out of range; the example has the arguments 0 to %d, the receiver of a method counted first, and -1 is for none", a.key, i, len(call)-1)
			case a.need == never:
				return p.Errorf(v.Line, "a row of role %s has no %s", s.name, a.key)
			case taken[i] != "":
				return p.Errorf(v.Line, "%s and %s are both argument %d", taken[i], a.key, i)
			case a.mention != "" && !mentions(call[i], a.mention):
				return p.Errorf(v.Line, "argument %d of the example does not mention %s; arguments are counted from 0, the receiver of a method first", i, a.mention)
			default:
				taken[i] = a.key
			}
			*a.dst = i
		}
		if a.need == must && *a.dst == None {
			return p.Errorf(n.Line, "a row of role %s needs %s", s.name, a.key)
		}
	}
	if v := values["fixed"]; v != nil {
		switch {
		case s.method == never:
			return p.Errorf(v.Line, "a row of role %s has no fixed", s.name)
		case r.Method != None:
			return p.Errorf(v.Line, "method and fixed are both given")
		case !slices.Contains(methods, r.Fixed):
			return p.Errorf(v.Line, "fixed %q is not one of %s", r.Fixed, strings.Join(methods, ", "))
		}
	}
	if s.role == Send && r.Method == None && r.Fixed == "" {
		r.Method = Held
	}
	return nil
}

func mentions(e ast.Expr, name string) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

// join sets how the base and the URL become one.
func (p *rowParser) join(n, value *yaml.Node, name string, r *Row) error {
	both := r.On != None && r.URL != None
	switch {
	case value == nil && r.On != None && r.URL == None && (r.Role == Send || r.Role == Make):
		r.Join = Slash
	case value == nil && both && r.Role != Base:
		return p.Errorf(n.Line, "the row has on and url and so needs join, which is one of %s", strings.Join(joinNames, ", "))
	case value == nil:
	case !both || r.Role == Base:
		return p.Errorf(value.Line, "join is for rows in which a url meets the base of on; leave it out")
	default:
		at := slices.Index(joinNames, name)
		if at < 0 {
			return p.Errorf(value.Line, "unknown join %q; it is one of %s", name, strings.Join(joinNames, ", "))
		}
		r.Join = Join(at)
		if r.Join == Alone && (r.Role == Path || r.Role == Group || r.Role == Mount || r.Role == Scope) {
			return p.Errorf(value.Line, "the join of this role cannot be alone: the url is joined to the base")
		}
	}
	return nil
}
