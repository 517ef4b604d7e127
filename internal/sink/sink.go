// Package sink holds what is known about the functions, methods and types of HTTP
// libraries through which a string becomes a request, a route or a server.
//
// The knowledge is a table; every row has an example that a test compiles against
// the real library, so that a row cannot name a function or an argument that is
// not there.
package sink

// Role says what a row's string is to HTTP.
type Role uint8

const (
	Request Role = iota // the URL or path of a request that is sent
	Route               // a pattern that a router answers
	Prefix              // a path prefix that is cut off incoming requests
	Server              // no string: the call starts a test server for a handler
	Router              // no string: the call makes a router
)

// None marks an argument that a row does not have.
const None = -1

// A Row describes one function or method. Arguments are counted from 0, the
// receiver of a method first.
type Row struct {
	Func    string // full Go name: "(*net/http.Client).Get"
	Role    Role
	URL     int    // argument that holds the string, or None
	Method  int    // argument that holds the HTTP method, or None
	Fixed   string // method that the function implies, "" if none
	On      int    // argument that is the router, or None
	Handler int    // argument that answers, or None
	Example string // a Go expression whose call is this row's; URL stands for the string, METHOD for the method
}

// Lookup returns the row of a function by its full Go name, or nil.
func Lookup(name string) *Row { return byName[name] }

// Rows returns all rows, in the order of the table.
func Rows() []Row { return rows }

// IncomingURL and the other names below are the parts of net/http whose use is not
// a call: composite literals and assignments.
const (
	RequestType = "net/http.Request"
	URLType     = "net/url.URL"
	RequestURL  = "net/http.Request.URL"
	ServerURL   = "net/http/httptest.Server.URL"
)

var byName = func() map[string]*Row {
	m := make(map[string]*Row, len(rows))
	for i := range rows {
		m[rows[i].Func] = &rows[i]
	}
	return m
}()

func request(name string, url, method int, fixed, example string) Row {
	return Row{Func: name, Role: Request, URL: url, Method: method, Fixed: fixed, On: None, Handler: None, Example: example}
}

func route(name string, on, url, handler int, example string) Row {
	return Row{Func: name, Role: Route, URL: url, Method: None, On: on, Handler: handler, Example: example}
}

var rows = []Row{
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
	route("(*net/http.ServeMux).Handle", 0, 1, 2, `http.DefaultServeMux.Handle(URL, nil)`),
	route("(*net/http.ServeMux).HandleFunc", 0, 1, 2, `http.DefaultServeMux.HandleFunc(URL, nil)`),
	{Func: "net/http.StripPrefix", Role: Prefix, URL: 0, Method: None, On: None, Handler: 1, Example: `http.StripPrefix(URL, nil)`},

	{Func: "net/http.NewServeMux", Role: Router, URL: None, Method: None, On: None, Handler: None, Example: `http.NewServeMux()`},
	{Func: "net/http/httptest.NewServer", Role: Server, URL: None, Method: None, On: None, Handler: 0, Example: `httptest.NewServer(nil)`},
	{Func: "net/http/httptest.NewTLSServer", Role: Server, URL: None, Method: None, On: None, Handler: 0, Example: `httptest.NewTLSServer(nil)`},
	{Func: "net/http/httptest.NewUnstartedServer", Role: Server, URL: None, Method: None, On: None, Handler: 0, Example: `httptest.NewUnstartedServer(nil)`},
}
