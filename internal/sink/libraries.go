package sink

import (
	"slices"
	"strings"
)

// thirdParty returns the rows of libraries outside of the standard library. Rows of
// functions that libraries spell in families (Get, Post, Put ...) are written by
// loops, one row for each function.
//
// The order is that of the libraries' use in public Go code.
func thirdParty() []Row {
	return slices.Concat(
		gorillaMux(), gin(), echo(), chi(), fiber("v2"), fiber("v3"), httpRouter(),
		restyV2(), restyV3(), retryableHTTP(), fastHTTP(), sling(), imrocReq(), heimdall(), gentleman(), requests(),
		sendgrid(), goOpenAPI(), ogen(), webSocket(),
		httpMock(), gock("github.com/h2non/gock"), gock("gopkg.in/h2non/gock.v1"), ghttp(),
	)
}

// methods are the HTTP methods that nearly every library has a function for.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// title spells a method as the name of a function: Get.
func title(method string) string { return method[:1] + strings.ToLower(method[1:]) }

// A library is the package whose functions rows are written for.
type library struct {
	path string
	name string // of the package
}

// call writes the row of one function. recv is the receiver's type, "" for a function,
// with a star for a pointer. args are the arguments of the example, separated by a comma and a
// space: the one that mentions URL, METHOD or HOST holds that string, OBJECT and HANDLER
// stand for the arguments On and Handler. An object that sends knows its method itself.
func (l library) call(role Role, join Join, recv, name, args string) Row {
	r := Row{Role: role, Join: join, URL: None, Host: None, Method: None, On: None, Handler: None}
	if role == Send {
		r.Method = Held
	}
	first := 0
	if recv == "" {
		r.Func = l.path + "." + name
		r.Example = l.name + "." + name
	} else {
		typ := strings.TrimPrefix(recv, "*")
		star := recv[:len(recv)-len(typ)]
		r.Func = "(" + star + l.path + "." + typ + ")." + name
		r.Example = "(" + star + l.name + "." + typ + ")(nil)." + name
		r.On, first = 0, 1
	}
	list := strings.Split(args, ", ")
	for i, arg := range list {
		switch {
		case strings.Contains(arg, "URL"):
			r.URL = first + i
		case strings.Contains(arg, "METHOD"):
			r.Method = first + i
		case arg == "HOST":
			r.Host = first + i
		case arg == "OBJECT":
			r.On = first + i
			list[i] = "nil"
		case arg == "HANDLER":
			r.Handler = first + i
			list[i] = "nil"
		}
	}
	r.Example += "(" + strings.Join(list, ", ") + ")"
	return r
}

// fixed writes one row for each method: the function's name is the method's in the
// spelling of name.
func (l library) fixed(role Role, join Join, recv string, name func(method string) string, methods []string, args string) []Row {
	var out []Row
	for _, m := range methods {
		r := l.call(role, join, recv, name(m), args)
		r.Fixed = m
		out = append(out, r)
	}
	return out
}

// held makes the method of a row the one that the object holds.
func held(r Row) Row {
	r.Method = Held
	return r
}

// spelled gives a row a syntax.
func spelled(s Syntax, r Row) Row {
	r.Syntax = s
	return r
}

// implied gives a row a method.
func implied(method string, r Row) Row {
	r.Fixed = method
	return r
}

// fields makes the URL and the method of a row fields of its struct argument.
func fields(url, method string, r Row) Row {
	r.Field, r.MethodField = url, method
	return r
}

func same(method string) string { return method }

// Routers.

// gorillaMux: a Route collects its path and methods before or after it gets its handler;
// a path without its slash at the end joins the next.
func gorillaMux() []Row {
	l := library{"github.com/gorilla/mux", "mux"}
	return []Row{
		l.call(Make, Alone, "", "NewRouter", ""),
		held(l.call(Route, Slash, "*Router", "Handle", "URL, HANDLER")),
		held(l.call(Route, Slash, "*Router", "HandleFunc", "URL, HANDLER")),
		l.call(Derive, Slash, "*Router", "Path", "URL"),
		l.call(Group, Slash, "*Router", "PathPrefix", "URL"),
		l.call(Derive, Alone, "*Router", "Methods", "METHOD"),
		l.call(Path, Slash, "*Route", "Path", "URL"),
		l.call(Path, Slash, "*Route", "PathPrefix", "URL"),
		l.call(Verb, Alone, "*Route", "Methods", "METHOD"),
		held(l.call(Route, Slash, "*Route", "Handler", "HANDLER")),
		held(l.call(Route, Slash, "*Route", "HandlerFunc", "HANDLER")),
	}
}

// gin: path.Join, but a slash at the end stays.
func gin() []Row {
	l := library{"github.com/gin-gonic/gin", "gin"}
	rows := []Row{
		l.call(Make, Alone, "", "New", ""),
		l.call(Make, Alone, "", "Default", ""),
		l.call(Group, Slash, "*RouterGroup", "Group", "URL"),
		l.call(Group, Slash, "IRouter", "Group", "URL"),
	}
	for _, recv := range []string{"*RouterGroup", "IRoutes"} {
		rows = append(rows, l.fixed(Route, Slash, recv, same, methods, "URL")...)
		rows = append(rows,
			l.call(Route, Slash, recv, "Any", "URL"),
			l.call(Route, Slash, recv, "Handle", "METHOD, URL"),
			l.call(Route, Slash, recv, "Match", "[]string{METHOD}, URL"),
		)
	}
	return rows
}

// echo: prefix and path follow one another.
func echo() []Row {
	l := library{"github.com/labstack/echo/v4", "echo"}
	rows := []Row{
		l.call(Make, Alone, "", "New", ""),
		l.call(Route, Alone, "Context", "SetPath", "URL"),
	}
	for _, recv := range []string{"*Echo", "*Group"} {
		rows = append(rows, l.fixed(Route, Concat, recv, same, append(slices.Clone(methods), "CONNECT", "TRACE"), "URL, nil")...)
		rows = append(rows,
			l.call(Route, Concat, recv, "Any", "URL, nil"),
			l.call(Route, Concat, recv, "Add", "METHOD, URL, nil"),
			l.call(Route, Concat, recv, "Match", "[]string{METHOD}, URL, nil"),
			l.call(Route, Concat, recv, "RouteNotFound", "URL, nil"),
			l.call(Group, Concat, recv, "Group", "URL"),
		)
	}
	return rows
}

func chi() []Row {
	l := library{"github.com/go-chi/chi/v5", "chi"}
	rows := []Row{
		l.call(Make, Alone, "", "NewRouter", ""),
		l.call(Make, Alone, "", "NewMux", ""),
	}
	for _, recv := range []string{"*Mux", "Router"} {
		rows = append(rows, l.fixed(Route, Slash, recv, title, append(slices.Clone(methods), "CONNECT", "TRACE"), "URL, HANDLER")...)
		rows = append(rows,
			l.call(Route, Slash, recv, "Handle", "URL, HANDLER"),
			l.call(Route, Slash, recv, "HandleFunc", "URL, HANDLER"),
			l.call(Route, Slash, recv, "Method", "METHOD, URL, HANDLER"),
			l.call(Route, Slash, recv, "MethodFunc", "METHOD, URL, HANDLER"),
			l.call(Scope, Slash, recv, "Route", "URL, HANDLER"),
			l.call(Scope, Alone, recv, "Group", "HANDLER"),
			l.call(Mount, Slash, recv, "Mount", "URL, HANDLER"),
		)
	}
	return rows
}

// fiber: version 3 takes a list of methods in Add, mounts with Use and has RouteChain.
func fiber(version string) []Row {
	l := library{"github.com/gofiber/fiber/" + version, "fiber"}
	rows := []Row{l.call(Make, Alone, "", "New", "")}
	all := append(slices.Clone(methods), "CONNECT", "TRACE")
	for _, recv := range []string{"*App", "*Group", "Router"} {
		rows = append(rows, l.fixed(Route, Slash, recv, title, all, "URL, nil")...)
		rows = append(rows,
			l.call(Route, Slash, recv, "All", "URL, nil"),
			l.call(Group, Slash, recv, "Group", "URL"),
			l.call(Scope, Slash, recv, "Route", "URL, HANDLER"),
			l.call(Mount, Slash, recv, "Use", "URL, HANDLER"),
		)
		if version == "v2" {
			rows = append(rows,
				l.call(Route, Slash, recv, "Add", "METHOD, URL, nil"),
				l.call(Mount, Slash, recv, "Mount", "URL, HANDLER"))
		} else {
			rows = append(rows,
				l.call(Route, Slash, recv, "Add", "[]string{METHOD}, URL, nil"),
				l.call(Derive, Slash, recv, "RouteChain", "URL"))
		}
	}
	if version == "v2" {
		return rows
	}
	for _, recv := range []string{"*Registering", "Register"} {
		rows = append(rows, l.fixed(Route, Slash, recv, title, all, "nil")...)
		rows = append(rows,
			l.call(Route, Slash, recv, "All", "nil"),
			l.call(Route, Slash, recv, "Add", "[]string{METHOD}, nil"),
			l.call(Derive, Slash, recv, "RouteChain", "URL"),
		)
	}
	return rows
}

func httpRouter() []Row {
	l := library{"github.com/julienschmidt/httprouter", "httprouter"}
	return append(l.fixed(Route, Alone, "*Router", same, methods, "URL, HANDLER"),
		l.call(Make, Alone, "", "New", ""),
		l.call(Route, Alone, "*Router", "Handle", "METHOD, URL, HANDLER"),
		l.call(Route, Alone, "*Router", "Handler", "METHOD, URL, HANDLER"),
		l.call(Route, Alone, "*Router", "HandlerFunc", "METHOD, URL, HANDLER"),
	)
}

// Clients.

func restyV2() []Row {
	l := library{"github.com/go-resty/resty/v2", "resty"}
	return append(l.fixed(Request, Slash, "*Request", title, methods, "URL"),
		l.call(Make, Alone, "", "New", ""),
		l.call(Make, Alone, "", "NewWithClient", "nil"),
		l.call(Make, Alone, "", "NewWithLocalAddr", "nil"),
		l.call(Base, Alone, "*Client", "SetBaseURL", "URL"),
		l.call(Base, Alone, "*Client", "SetHostURL", "URL"),
		l.call(Request, Slash, "*Request", "Execute", "METHOD, URL"),
		restySend(l),
	)
}

// restySend is the row of Send, whose URL and method are fields of the request itself.
func restySend(l library) Row {
	r := fields("URL", "Method", l.call(Request, Slash, "*Request", "Send", ""))
	r.URL = 0
	return r
}

func restyV3() []Row {
	l := library{"resty.dev/v3", "resty"}
	return append(l.fixed(Request, Slash, "*Request", title, append(slices.Clone(methods), "TRACE"), "URL"),
		l.call(Make, Alone, "", "New", ""),
		l.call(Make, Alone, "", "NewWithClient", "nil"),
		l.call(Make, Alone, "", "NewWithDialer", "nil"),
		l.call(Make, Alone, "", "NewWithDialerAndTransportSettings", "nil, nil"),
		l.call(Make, Alone, "", "NewWithLocalAddr", "nil"),
		l.call(Make, Alone, "", "NewWithTransportSettings", "nil"),
		l.call(Base, Alone, "*Client", "SetBaseURL", "URL"),
		l.call(Path, Slash, "*Request", "SetURL", "URL"),
		l.call(Path, Alone, "*Request", "SetMethod", "METHOD"),
		l.call(Request, Slash, "*Request", "Execute", "METHOD, URL"),
		l.call(Send, Slash, "*Request", "Send", ""),
	)
}

func retryableHTTP() []Row {
	l := library{"github.com/hashicorp/go-retryablehttp", "retryablehttp"}
	rows := []Row{
		l.call(Request, Alone, "", "NewRequest", "METHOD, URL, nil"),
		l.call(Request, Alone, "", "NewRequestWithContext", "nil, METHOD, URL, nil"),
	}
	for _, recv := range []string{"", "*Client"} {
		rows = append(rows,
			implied("GET", l.call(Request, Alone, recv, "Get", "URL")),
			implied("HEAD", l.call(Request, Alone, recv, "Head", "URL")),
			implied("POST", l.call(Request, Alone, recv, "Post", `URL, "", nil`)),
			implied("POST", l.call(Request, Alone, recv, "PostForm", "URL, nil")),
		)
	}
	return rows
}

// fastHTTP: a request is filled in and then handed to Do. Its header is part of it.
func fastHTTP() []Row {
	l := library{"github.com/valyala/fasthttp", "fasthttp"}
	rows := []Row{
		l.call(Make, Alone, "", "AcquireRequest", ""),
		l.call(Base, Alone, "*Request", "SetRequestURI", "URL"),
		l.call(Base, Alone, "*Request", "SetRequestURIBytes", "[]byte(URL)"),
		l.call(Path, ForPath, "*Request", "SetHost", "URL"),
		l.call(Path, Alone, "*RequestHeader", "SetMethod", "METHOD"),
		l.call(Base, Alone, "*RequestHeader", "SetRequestURI", "URL"),
	}
	for _, recv := range []string{"", "*Client", "*HostClient"} {
		rows = append(rows,
			l.call(Send, Slash, recv, "Do", "OBJECT, nil"),
			l.call(Send, Slash, recv, "DoTimeout", "OBJECT, nil, 0"),
			l.call(Send, Slash, recv, "DoDeadline", "OBJECT, nil, time.Time{}"),
			l.call(Send, Slash, recv, "DoRedirects", "OBJECT, nil, 0"),
			implied("GET", l.call(Request, Alone, recv, "Get", "nil, URL")),
			implied("GET", l.call(Request, Alone, recv, "GetTimeout", "nil, URL, 0")),
			implied("GET", l.call(Request, Alone, recv, "GetDeadline", "nil, URL, time.Time{}")),
			implied("POST", l.call(Request, Alone, recv, "Post", "nil, URL, nil")),
		)
	}
	return append(rows,
		l.call(Send, Slash, "*PipelineClient", "Do", "OBJECT, nil"),
		l.call(Send, Slash, "*PipelineClient", "DoTimeout", "OBJECT, nil, 0"),
		l.call(Send, Slash, "*PipelineClient", "DoDeadline", "OBJECT, nil, time.Time{}"),
	)
}

// sling: every path is a reference that is resolved against what was there before.
func sling() []Row {
	l := library{"github.com/dghubble/sling", "sling"}
	return append(l.fixed(Path, Resolve, "*Sling", title, append(slices.Clone(methods), "TRACE", "CONNECT"), "URL"),
		l.call(Make, Alone, "", "New", ""),
		l.call(Base, Alone, "*Sling", "Base", "URL"),
		l.call(Path, Resolve, "*Sling", "Path", "URL"),
		l.call(Send, Resolve, "*Sling", "Request", ""),
		l.call(Send, Resolve, "*Sling", "Receive", "nil, nil"),
		l.call(Send, Resolve, "*Sling", "ReceiveSuccess", "nil"),
	)
}

// imrocReq: the functions of the package use a client that all share.
func imrocReq() []Row {
	l := library{"github.com/imroc/req/v3", "req"}
	must := func(method string) string { return "Must" + title(method) }
	return slices.Concat(
		l.fixed(Request, Slash, "*Request", title, methods, "URL"),
		l.fixed(Request, Slash, "*Request", must, methods, "URL"),
		l.fixed(Request, Alone, "", title, methods, "URL"),
		l.fixed(Request, Alone, "", must, methods, "URL"),
		l.fixed(Derive, Slash, "*Client", title, methods, "URL"),
		[]Row{
			l.call(Make, Alone, "", "C", ""),
			l.call(Make, Alone, "", "NewClient", ""),
			l.call(Make, Alone, "", "SetBaseURL", "URL"),
			l.call(Make, Alone, "", "R", ""),
			l.call(Base, Alone, "*Client", "SetBaseURL", "URL"),
			l.call(Request, Slash, "*Request", "Send", "METHOD, URL"),
			l.call(Send, Slash, "*Request", "Do", ""),
		})
}

func heimdall() []Row {
	var rows []Row
	for _, f := range []struct{ path, name, recv string }{
		{"github.com/gojek/heimdall/v7", "heimdall", "Client"},
		{"github.com/gojek/heimdall/v7/httpclient", "httpclient", "*Client"},
		{"github.com/gojek/heimdall/v7/hystrix", "hystrix", "*Client"},
	} {
		l := library{f.path, f.name}
		rows = append(rows, l.fixed(Request, Alone, f.recv, title, []string{"GET", "DELETE"}, "URL, nil")...)
		rows = append(rows, l.fixed(Request, Alone, f.recv, title, []string{"POST", "PUT", "PATCH"}, "URL, nil, nil")...)
	}
	return rows
}

// gentleman: a path takes the place of the one before, unless it is added.
func gentleman() []Row {
	l := library{"gopkg.in/h2non/gentleman.v2", "gentleman"}
	rows := append(l.fixed(Derive, Alone, "*Client", title, methods, ""),
		l.call(Make, Alone, "", "New", ""),
		l.call(Make, Alone, "", "NewRequest", ""),
		l.call(Send, Concat, "*Request", "Send", ""),
		l.call(Send, Concat, "*Request", "Do", ""),
	)
	for _, recv := range []string{"*Client", "*Request"} {
		rows = append(rows,
			l.call(Base, Alone, recv, "URL", "URL"),
			l.call(Base, Alone, recv, "BaseURL", "URL"),
			l.call(Path, OnHost, recv, "Path", "URL"),
			l.call(Path, Concat, recv, "AddPath", "URL"),
			l.call(Path, Alone, recv, "Method", "METHOD"),
		)
	}
	return rows
}

// requests: without a method a request with a body is a POST, and any other a GET.
func requests() []Row {
	l := library{"github.com/carlmjohnson/requests", "requests"}
	body := func(name, args string) Row {
		r := implied("POST", l.call(Path, Alone, "*Builder", name, args))
		r.Weak = true
		return r
	}
	return append(l.fixed(Path, Alone, "*Builder", title, []string{"HEAD", "POST", "PUT", "PATCH", "DELETE"}, ""),
		l.call(Make, Alone, "", "URL", "URL"),
		l.call(Make, Alone, "", "New", ""),
		l.call(Base, Alone, "*Builder", "BaseURL", "URL"),
		l.call(Path, ForPath, "*Builder", "Host", "URL"),
		spelled(Format, l.call(Path, ForPath, "*Builder", "Hostf", "URL")),
		l.call(Path, Resolve, "*Builder", "Path", "URL"),
		spelled(Format, l.call(Path, Resolve, "*Builder", "Pathf", "URL")),
		l.call(Path, Alone, "*Builder", "Method", "METHOD"),
		body("Body", "nil"), body("BodyBytes", "nil"), body("BodyFile", `""`), body("BodyForm", "nil"), body("BodyJSON", "nil"),
		body("BodyReader", "nil"), body("BodySerializer", "nil, nil"), body("BodyWriter", "nil"),
		l.call(Send, Resolve, "*Builder", "Fetch", "nil"),
		l.call(Send, Resolve, "*Builder", "Request", "nil"),
	)
}

func sendgrid() []Row {
	l := library{"github.com/sendgrid/rest", "rest"}
	rows := []Row{fields("BaseURL", "Method", l.call(Request, Alone, "", "BuildRequestObject", "rest.Request{BaseURL: URL}"))}
	for _, recv := range []string{"", "*Client"} {
		rows = append(rows,
			fields("BaseURL", "Method", l.call(Request, Alone, recv, "API", "rest.Request{BaseURL: URL}")),
			fields("BaseURL", "Method", l.call(Request, Alone, recv, "Send", "rest.Request{BaseURL: URL}")),
			fields("BaseURL", "Method", l.call(Request, Alone, recv, "SendWithContext", "nil, rest.Request{BaseURL: URL}")),
		)
	}
	return rows
}

// goOpenAPI: the runtime of clients that go-swagger generates.
func goOpenAPI() []Row {
	l := library{"github.com/go-openapi/runtime", "runtime"}
	c := library{"github.com/go-openapi/runtime/client", "client"}
	const operation = "&runtime.ClientOperation{PathPattern: URL}"
	send := func(l library, recv, name, args string) Row {
		return fields("PathPattern", "Method", l.call(Request, Slash, recv, name, args))
	}
	return []Row{
		c.call(Make, Alone, "", "New", "HOST, URL, nil"),
		c.call(Make, Alone, "", "NewWithClient", "HOST, URL, nil, nil"),
		send(l, "ClientTransport", "Submit", operation),
		send(l, "ContextualTransport", "SubmitContext", "nil, "+operation),
		send(c, "*Runtime", "Submit", operation),
		send(c, "*Runtime", "SubmitContext", "nil, "+operation),
		send(c, "*Runtime", "CreateHttpRequest", operation),
	}
}

// ogen: what the code that ogen generates calls.
func ogen() []Row {
	l := library{"github.com/ogen-go/ogen/http", "http"}
	return []Row{l.call(Request, Alone, "", "NewRequest", "nil, METHOD, &url.URL{Path: URL}")}
}

func webSocket() []Row {
	gorilla := library{"github.com/gorilla/websocket", "websocket"}
	coder := library{"github.com/coder/websocket", "websocket"}
	return []Row{
		implied("GET", gorilla.call(Request, Alone, "*Dialer", "Dial", "URL, nil")),
		implied("GET", gorilla.call(Request, Alone, "*Dialer", "DialContext", "nil, URL, nil")),
		implied("GET", coder.call(Request, Alone, "", "Dial", "nil, URL, nil")),
	}
}

// Mocks.

func httpMock() []Row {
	l := library{"github.com/jarcoal/httpmock", "httpmock"}
	rows := []Row{l.call(Make, Alone, "", "NewMockTransport", "")}
	for _, recv := range []string{"", "*MockTransport"} {
		rows = append(rows,
			spelled(Tilde, l.call(Route, Alone, recv, "RegisterResponder", "METHOD, URL, HANDLER")),
			spelled(Tilde, l.call(Route, Alone, recv, "RegisterMatcherResponder", "METHOD, URL, httpmock.Matcher{}, HANDLER")),
			l.call(Route, Alone, recv, "RegisterResponderWithQuery", "METHOD, URL, nil, HANDLER"),
			l.call(Route, Alone, recv, "RegisterMatcherResponderWithQuery", "METHOD, URL, nil, httpmock.Matcher{}, HANDLER"),
			l.call(Route, Alone, recv, "RegisterRegexpResponder", "METHOD, regexp.MustCompile(URL), HANDLER"),
			l.call(Route, Alone, recv, "RegisterRegexpMatcherResponder", "METHOD, regexp.MustCompile(URL), httpmock.Matcher{}, HANDLER"),
		)
	}
	return rows
}

// gock: a path is a regular expression that matches anywhere in the path of a request.
// Strictly, a path takes the place of the base's; as both say where the request goes,
// and a request to both together is matched either way, they are read together.
func gock(path string) []Row {
	l := library{path, "gock"}
	rows := []Row{
		l.call(Make, Alone, "", "New", "URL"),
		l.call(Base, Alone, "*Request", "URL", "URL"),
		spelled(Regexp, l.call(Path, Slash, "*Request", "Path", "URL")),
		held(l.call(Route, Slash, "*Request", "Reply", "0")),
		held(l.call(Route, Slash, "*Request", "ReplyError", "nil")),
		held(l.call(Route, Slash, "*Request", "ReplyFunc", "nil")),
	}
	for _, r := range l.fixed(Path, Slash, "*Request", title, []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}, "URL") {
		rows = append(rows, spelled(Regexp, r))
	}
	return rows
}

func ghttp() []Row {
	l := library{"github.com/onsi/gomega/ghttp", "ghttp"}
	return []Row{
		l.call(Make, Alone, "", "NewServer", ""),
		l.call(Make, Alone, "", "NewTLSServer", ""),
		l.call(Make, Alone, "", "NewUnstartedServer", ""),
		l.call(Route, Alone, "", "VerifyRequest", "METHOD, URL"),
		l.call(Route, Alone, "*Server", "RouteToHandler", "METHOD, URL, HANDLER"),
	}
}
