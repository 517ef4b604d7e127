// Package sink holds what is known about the functions, methods and types of HTTP
// libraries through which a string becomes a request, a route or a server.
//
// The knowledge is a table; every row has an example that a test compiles against
// the real library, so that a row cannot name a function or an argument that is
// not there.
package sink

import (
	"slices"
	"strings"
)

// Role says what a call means to HTTP.
//
// Clients, requests, routers and groups are objects with a base: what is put before
// every URL or path that is used with them. The roles from Make on make and change
// such objects.
type Role uint8

const (
	Request Role = iota // a request is sent to the URL
	Route               // a router answers the pattern
	Prefix              // a path prefix is cut off incoming requests, or tested
	Server              // a test server is started for a handler
	Make                // an object is made; its base is the URL, if the row has one
	Base                // the receiver's base becomes the URL; the result is the receiver
	Path                // the URL is joined to the receiver's base; the result is the receiver
	Group               // the result is an object whose base is the receiver's joined with the URL, a path prefix
	Derive              // the same, where the URL may be a whole path
	Scope               // the handler is called with such an object
	Mount               // the handler, an object itself, gets such a base
	Send                // a request is sent to the base of On
	Verb                // the receiver, and the route that the same chain of calls registers, get the method
)

// Join says how an object's base and a URL become one.
type Join uint8

const (
	Alone   Join = iota // the base does not matter
	Concat              // the texts follow one another
	Slash               // with one slash between them; a URL with a scheme stands alone
	Resolve             // as a relative reference is resolved against its base
	Pattern             // the base goes between the method and the path of a ServeMux pattern
	OnHost              // the URL is a path that takes the place of the base's
	ForPath             // the URL is a host that takes the place of the base's
)

// Joins are the names of the string functions that join, by Join.
var Joins = [...]string{Alone: "", Concat: "join.Concat", Slash: "join.Slash", Resolve: "join.Resolve", Pattern: "join.Pattern",
	OnHost: "join.OnHost", ForPath: "join.ForPath"}

// Syntax says how a string spells a URL.
type Syntax uint8

const (
	Plain  Syntax = iota // as it is
	Regexp               // as a regular expression
	Tilde                // as a regular expression if it starts with "=~"
	Format               // as a format of fmt; the operands are the next argument
)

// Syntaxes are the names of the string functions that read, by Syntax.
var Syntaxes = [...]string{Plain: "", Regexp: "regexp.MustCompile", Tilde: "regexp.Tilde", Format: "fmt.Sprintf"}

// None marks an argument that a row does not have.
const None = -1

// Held stands in Row.Method for the method that the object itself holds: the one that
// the row which made or changed it last has given it, by Method or Fixed.
const Held = -2

// A Row describes one function or method. Arguments are counted from 0, the
// receiver of a method first. The operands of a variadic parameter are counted one by
// one. A list of one method counts as that method; a longer one as no method.
type Row struct {
	Func        string // full Go name: "(*net/http.Client).Get"
	Role        Role
	Join        Join
	URL         int    // argument that holds the string, or None
	Host        int    // argument that holds the host, if the URL is only a path, or None
	Method      int    // argument that holds the HTTP method, or None, or Held
	Fixed       string // method that the function implies, "" if none
	Weak        bool   // Fixed counts only for an object that has no method yet
	On          int    // argument that is the object with the base, or None
	Handler     int    // argument that answers, is called or is mounted, or None
	Field       string // if the URL is a field of a struct argument: its name
	MethodField string // and that of the method
	Syntax      Syntax // how the string spells the URL
	Added       bool   // by a user's file, so that no compiler has seen the example
	Example     string // a Go expression whose call is this row's; URL stands for the string, METHOD for the method
}

// A Table holds the rows of this package and those that a user adds. It does not change
// after New and is safe for concurrent use. The nil Table has no added rows.
type Table struct {
	added map[string]*Row
}

// New returns a table with the rows that Parse has returned.
func New(added []Row) *Table {
	t := &Table{added: make(map[string]*Row, len(added))}
	for _, r := range added {
		t.added[r.Func] = &r
	}
	return t
}

// Describes reports whether any row, an added one included, describes a function of the
// package with an import path.
func (t *Table) Describes(path string) bool {
	if described[path] {
		return true
	}
	if t != nil {
		for _, row := range t.added {
			if row.Package() == path {
				return true
			}
		}
	}
	return false
}

// Lookup returns the row of a function by its full Go name, or nil.
func (t *Table) Lookup(name string) *Row {
	if row := byName[name]; row != nil {
		return row
	}
	if t == nil {
		return nil
	}
	return t.added[name]
}

// Answering returns the names of the functions, methods and fields by which code that answers
// requests comes to know what is asked for, sorted.
func (t *Table) Answering() []string {
	return t.names([]string{"URL", "RequestURI", "Path", "Pattern"}, Route, Prefix, Server, Group, Scope, Mount)
}

// Sending returns the names of the functions and methods by which requests are made, sorted.
func (t *Table) Sending() []string { return t.names(nil, Request, Send) }

// names adds the names of the functions with some roles, without their packages and types.
func (t *Table) names(names []string, roles ...Role) []string {
	add := func(r *Row) {
		if slices.Contains(roles, r.Role) {
			names = append(names, r.Func[strings.LastIndexByte(r.Func, '.')+1:])
		}
	}
	for i := range rows {
		add(&rows[i])
	}
	if t != nil {
		for _, row := range t.added {
			add(row)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Library reports whether rows of this package describe functions of a package outside of
// the standard library: what such a package returns from a method of its own type is, unless
// a row says otherwise, the receiver with other settings. Nobody has checked that for packages
// that only added rows name, so they are none.
func (t *Table) Library(path string) bool { return libraries[path] }

// Rows returns the rows of this package, in the order of the table.
func Rows() []Row { return rows }

// The parts of net/http whose use is not a call: composite literals and assignments.
const (
	RequestType = "net/http.Request"
	URLType     = "net/url.URL"
	RequestURL  = "net/http.Request.URL"
	ServerURL   = "net/http/httptest.Server.URL"
)

// The symbols of what clients, routers and the like hold.
const (
	BaseField   = "sink.Object.base"
	MethodField = "sink.Object.method"
)

var described = func() map[string]bool {
	m := map[string]bool{}
	for _, r := range rows {
		m[r.Package()] = true
	}
	return m
}()

var libraries = func() map[string]bool {
	m := map[string]bool{}
	for _, r := range rows {
		if path := r.Package(); strings.Contains(path, ".") {
			m[path] = true
		}
	}
	return m
}()

// Package is the import path of the row's function.
func (r Row) Package() string {
	path := strings.TrimLeft(r.Func, "(*")
	if i := strings.IndexByte(path, ')'); i >= 0 {
		path = path[:i]
	}
	slash := strings.LastIndexByte(path, '/') + 1
	if i := strings.IndexByte(path[slash:], '.'); i >= 0 {
		// A version suffix (gentleman.v2) is part of the path.
		if j := strings.LastIndexByte(path[slash:], '.'); j > i {
			i = j
		}
		path = path[:slash+i]
	}
	return path
}

var byName = func() map[string]*Row {
	m := make(map[string]*Row, len(rows))
	for i := range rows {
		m[rows[i].Func] = &rows[i]
	}
	return m
}()

func request(name string, url, method int, fixed, example string) Row {
	return Row{Func: name, Role: Request, URL: url, Host: None, Method: method, Fixed: fixed, On: None, Handler: None, Example: example}
}

func route(name string, on, url, handler int, example string) Row {
	return Row{Func: name, Role: Route, URL: url, Host: None, Method: None, On: on, Handler: handler, Example: example}
}

var rows = slices.Concat(standard, thirdParty())

// standard are the rows of the standard library.
var standard = []Row{
	request("net/http.NewRequest", 1, 0, "", `http.NewRequest(METHOD, URL, nil)`),
	request("net/http.NewRequestWithContext", 2, 1, "", `http.NewRequestWithContext(context.TODO(), METHOD, URL, nil)`),
	request("net/http.Get", 0, None, "GET", `http.Get(URL)`),
	request("net/http.Head", 0, None, "HEAD", `http.Head(URL)`),
	request("net/http.Post", 0, None, "POST", `http.Post(URL, "", nil)`),
	request("net/http.PostForm", 0, None, "POST", `http.PostForm(URL, nil)`),
	request("(*net/http.Client).Get", 1, None, "GET", `http.DefaultClient.Get(URL)`),
	request("(*net/http.Client).Head", 1, None, "HEAD", `http.DefaultClient.Head(URL)`),
	request("(*net/http.Client).Post", 1, None, "POST", `http.DefaultClient.Post(URL, "", nil)`),
	request("(*net/http.Client).PostForm", 1, None, "POST", `http.DefaultClient.PostForm(URL, nil)`),
	request("net/http.Redirect", 2, None, "GET", `http.Redirect(nil, nil, URL, 302)`),
	request("net/http.RedirectHandler", 0, None, "GET", `http.RedirectHandler(URL, 302)`),
	request("net/http/httptest.NewRequest", 1, 0, "", `httptest.NewRequest(METHOD, URL, nil)`),
	request("net/http/httptest.NewRequestWithContext", 2, 1, "", `httptest.NewRequestWithContext(context.TODO(), METHOD, URL, nil)`),

	route("net/http.Handle", None, 0, 1, `http.Handle(URL, nil)`),
	route("net/http.HandleFunc", None, 0, 1, `http.HandleFunc(URL, nil)`),
	{Func: "(*net/http.ServeMux).Handle", Role: Route, Join: Pattern, On: 0, URL: 1, Host: None, Method: None, Handler: 2, Example: `http.DefaultServeMux.Handle(URL, nil)`},
	{Func: "(*net/http.ServeMux).HandleFunc", Role: Route, Join: Pattern, On: 0, URL: 1, Host: None, Method: None, Handler: 2, Example: `http.DefaultServeMux.HandleFunc(URL, nil)`},
	{Func: "net/http.StripPrefix", Role: Prefix, URL: 0, Host: None, Method: None, On: None, Handler: 1, Example: `http.StripPrefix(URL, nil)`},

	{Func: "net/http.NewServeMux", Role: Make, URL: None, Host: None, Method: None, On: None, Handler: None, Example: `http.NewServeMux()`},
	{Func: "net/http/httptest.NewServer", Role: Server, URL: None, Host: None, Method: None, On: None, Handler: 0, Example: `httptest.NewServer(nil)`},
	{Func: "net/http/httptest.NewTLSServer", Role: Server, URL: None, Host: None, Method: None, On: None, Handler: 0, Example: `httptest.NewTLSServer(nil)`},
	{Func: "net/http/httptest.NewUnstartedServer", Role: Server, URL: None, Host: None, Method: None, On: None, Handler: 0, Example: `httptest.NewUnstartedServer(nil)`},

	// Requests go on to the target; which ones, the source does not say.
	request("net/http/httputil.NewSingleHostReverseProxy", 0, None, "", `httputil.NewSingleHostReverseProxy(&url.URL{Path: URL})`),
	request("(*net/http/httputil.ProxyRequest).SetURL", 1, None, "", `(*httputil.ProxyRequest)(nil).SetURL(&url.URL{Path: URL})`),
}
