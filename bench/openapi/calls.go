package main

import (
	"context"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// A function is one that a client declares, by its full name.
type function struct {
	name      string
	short     string // "package.Type.Name"
	exported  bool
	doc       string          // its comment, directives included
	calls     map[string]bool // full names, or "." with name and signature for a method of an interface
	signature string
	sends     bool        // it calls a sink
	callees   []*function // of the client; see resolve
}

// A client is the source of an API client.
type client struct {
	functions map[string]*function
	methods   map[string][]string // by name and signature, for interfaces
	resolved  bool
}

// sinks are the functions that send a request, or make one.
var sinks = regexp.MustCompile(`^(net/http\.(NewRequest|NewRequestWithContext|Get|Post|PostForm|Head)|\(\*net/http\.Client\)\.(Do|Get|Post|PostForm|Head)|\(net/http\.RoundTripper\)\.RoundTrip|\(\*github\.com/go-resty/resty/v2\.Request\)\.(Get|Post|Put|Patch|Delete|Head|Options|Execute|Send)|github\.com/hashicorp/go-retryablehttp\.New.*)$`)

// load reads the packages of a client.
func load(ctx context.Context, dir string, patterns []string) (*client, error) {
	list, err := workspace.List(ctx, workspace.Config{Dir: dir}, patterns)
	if err != nil {
		return nil, err
	}
	var parts []workspace.Part
	for _, p := range list.Roots() {
		if p.Name != "main" {
			parts = append(parts, workspace.Part{Package: p})
		}
	}
	c := &client{functions: map[string]*function{}, methods: map[string][]string{}}
	var mu sync.Mutex
	err = workspace.NewChecker(list, runtime.GOARCH).Check(ctx, parts, func(u *workspace.Unit) {
		mu.Lock()
		defer mu.Unlock()
		for _, f := range u.Syntax {
			if !strings.HasSuffix(u.Fset.Position(f.FileStart).Filename, "_test.go") {
				c.add(u, f)
			}
		}
	})
	return c, err
}

func (c *client) add(u *workspace.Unit, file *ast.File) {
	for _, decl := range file.Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok || d.Body == nil {
			continue
		}
		obj, _ := u.Info.Defs[d.Name].(*types.Func)
		if obj == nil {
			continue
		}
		f := &function{name: obj.FullName(), exported: token.IsExported(obj.Name()) && !strings.Contains("/"+u.Types.Path()+"/", "/internal/"), calls: map[string]bool{}, signature: signature(obj)}
		f.short = u.Types.Name() + "." + obj.Name()
		if recv := receiver(obj); recv != "" {
			f.short = u.Types.Name() + "." + recv + "." + obj.Name()
			c.methods[f.signature] = append(c.methods[f.signature], f.name)
		}
		if d.Doc != nil {
			for _, line := range d.Doc.List {
				f.doc += line.Text + "\n"
			}
		}
		ast.Inspect(d.Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			callee, ok := u.Info.Uses[id].(*types.Func)
			if !ok {
				return true
			}
			callee = callee.Origin()
			f.calls[callee.FullName()] = true
			f.sends = f.sends || sinks.MatchString(callee.FullName())
			if r := callee.Signature().Recv(); r != nil && types.IsInterface(r.Type()) {
				f.calls["."+signature(callee)] = true
			}
			return true
		})
		c.functions[f.name] = f
	}
}

// receiver is the name of the type that declares a method, "" for a function.
func receiver(fn *types.Func) string {
	r := fn.Signature().Recv()
	if r == nil {
		return ""
	}
	t := r.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}

// signature is the name of a method with the types of its parameters and results.
func signature(fn *types.Func) string {
	text := fn.Name()
	for _, tuple := range []*types.Tuple{fn.Signature().Params(), fn.Signature().Results()} {
		text += "("
		for v := range tuple.Variables() {
			text += types.TypeString(v.Type(), nil) + ","
		}
		text += ")"
	}
	return text
}

// resolve finds the functions that each function may call. A method of an interface is a function of its own that calls
// those that implement it: many call such a method, and many implement it.
func (c *client) resolve() {
	if c.resolved {
		return
	}
	c.resolved = true
	for _, f := range slices.Collect(maps.Values(c.functions)) {
		for name := range f.calls {
			if sig, ok := strings.CutPrefix(name, "."); ok && c.functions[name] == nil && len(c.methods[sig]) > 0 {
				m := &function{name: name}
				for _, implementation := range c.methods[sig] {
					m.callees = append(m.callees, c.functions[implementation])
				}
				c.functions[name] = m
			}
			if g := c.functions[name]; g != nil {
				f.callees = append(f.callees, g)
			}
		}
	}
}

// reaching lists the functions that may call a sink without passing through a function that is in the way.
func (c *client) reaching(through func(*function) bool) map[*function]bool {
	callers := map[*function][]*function{}
	out := map[*function]bool{}
	var work []*function
	for _, f := range c.functions {
		for _, g := range f.callees {
			callers[g] = append(callers[g], f)
		}
		if f.sends {
			out[f] = true
			work = append(work, f)
		}
	}
	for len(work) > 0 {
		g := work[len(work)-1]
		work = work[:len(work)-1]
		if !through(g) {
			continue
		}
		for _, f := range callers[g] {
			if !out[f] {
				out[f] = true
				work = append(work, f)
			}
		}
	}
	return out
}

// firsts lists the candidates that a function calls, through others that are none.
func (c *client) firsts(from *function, candidate map[*function]bool) map[*function]bool {
	out := map[*function]bool{}
	seen := map[*function]bool{from: true}
	for work := []*function{from}; len(work) > 0; {
		f := work[len(work)-1]
		work = work[:len(work)-1]
		for _, g := range f.callees {
			switch {
			case seen[g]:
			case candidate[g]:
				out[g] = true
			default:
				work = append(work, g)
			}
			seen[g] = true
		}
	}
	return out
}

// operations lists the exported functions that make requests, by name: neither those that
// many others build upon, nor those that only call other operations.
func (c *client) operations() []*function {
	c.resolve()
	candidate := map[*function]bool{}
	for f := range c.reaching(func(*function) bool { return true }) {
		candidate[f] = f.exported
	}
	maps.DeleteFunc(candidate, func(_ *function, exported bool) bool { return !exported })
	users := map[*function]int{}
	calls := map[*function]map[*function]bool{}
	for f := range candidate {
		calls[f] = c.firsts(f, candidate)
		for g := range calls[f] {
			users[g]++
		}
	}
	// What many build upon is plumbing, and so is what that builds upon.
	plumbing := map[*function]bool{}
	var lay func(f *function)
	lay = func(f *function) {
		if !plumbing[f] {
			plumbing[f] = true
			for g := range calls[f] {
				lay(g)
			}
		}
	}
	for f, n := range users {
		if n >= max(8, len(candidate)/50) {
			lay(f)
		}
	}
	var out []*function
	reaching := c.reaching(func(g *function) bool { return !candidate[g] || plumbing[g] })
	for f := range candidate {
		if !plumbing[f] && reaching[f] {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *function) int { return strings.Compare(a.name, b.name) })
	return out
}
