// Package req declares the part of github.com/imroc/req/v3 that rows name, as its
// documentation gives it.
package req

import "context"

// Client makes requests with the same settings.
type Client struct{ base string }

// Request is a request in the making.
type Request struct{ base string }

// Response is what a request is answered with.
type Response struct{}

// C and NewClient return a client without a base.
func C() *Client         { return &Client{} }
func NewClient() *Client { return &Client{} }

// R returns a request of the client that the package shares.
func R() *Request { return &Request{} }

// SetBaseURL sets the base of the client that the package shares.
func SetBaseURL(u string) *Client { return &Client{u} }

// SetBaseURL sets what is put before relative URLs.
func (c *Client) SetBaseURL(u string) *Client { c.base = u; return c }

// R returns a request of the client.
func (c *Client) R() *Request { return &Request{c.base} }

// Requests of the client, sent by Do.
func (c *Client) Get(url ...string) *Request     { return c.R() }
func (c *Client) Head(url ...string) *Request    { return c.R() }
func (c *Client) Post(url ...string) *Request    { return c.R() }
func (c *Client) Put(url ...string) *Request     { return c.R() }
func (c *Client) Patch(url ...string) *Request   { return c.R() }
func (c *Client) Delete(url ...string) *Request  { return c.R() }
func (c *Client) Options(url ...string) *Request { return c.R() }

// SetPathParam fills a placeholder of the path.
func (r *Request) SetPathParam(key, value string) *Request { return r }

// Do sends the request.
func (r *Request) Do(ctx ...context.Context) *Response { return &Response{} }

// Send sends the request to url.
func (r *Request) Send(method, url string) (*Response, error) { return &Response{}, nil }

// The functions below send the request to url with the method that they are named after.
func (r *Request) Get(url string) (*Response, error)     { return r.Send("GET", url) }
func (r *Request) Head(url string) (*Response, error)    { return r.Send("HEAD", url) }
func (r *Request) Post(url string) (*Response, error)    { return r.Send("POST", url) }
func (r *Request) Put(url string) (*Response, error)     { return r.Send("PUT", url) }
func (r *Request) Patch(url string) (*Response, error)   { return r.Send("PATCH", url) }
func (r *Request) Delete(url string) (*Response, error)  { return r.Send("DELETE", url) }
func (r *Request) Options(url string) (*Response, error) { return r.Send("OPTIONS", url) }

func (r *Request) MustGet(url string) *Response     { return &Response{} }
func (r *Request) MustHead(url string) *Response    { return &Response{} }
func (r *Request) MustPost(url string) *Response    { return &Response{} }
func (r *Request) MustPut(url string) *Response     { return &Response{} }
func (r *Request) MustPatch(url string) *Response   { return &Response{} }
func (r *Request) MustDelete(url string) *Response  { return &Response{} }
func (r *Request) MustOptions(url string) *Response { return &Response{} }

func Get(url string) (*Response, error)     { return R().Get(url) }
func Head(url string) (*Response, error)    { return R().Head(url) }
func Post(url string) (*Response, error)    { return R().Post(url) }
func Put(url string) (*Response, error)     { return R().Put(url) }
func Patch(url string) (*Response, error)   { return R().Patch(url) }
func Delete(url string) (*Response, error)  { return R().Delete(url) }
func Options(url string) (*Response, error) { return R().Options(url) }

func MustGet(url string) *Response     { return R().MustGet(url) }
func MustHead(url string) *Response    { return R().MustHead(url) }
func MustPost(url string) *Response    { return R().MustPost(url) }
func MustPut(url string) *Response     { return R().MustPut(url) }
func MustPatch(url string) *Response   { return R().MustPatch(url) }
func MustDelete(url string) *Response  { return R().MustDelete(url) }
func MustOptions(url string) *Response { return R().MustOptions(url) }
