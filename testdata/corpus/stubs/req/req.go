// Package req stands in for github.com/imroc/req/v3, which this module does not download. It has the few methods that the
// programs here call, with the signatures of the original, and sends with net/http.
package req

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// A Client holds what its requests have in common.
type Client struct {
	baseURL string
	header  http.Header
}

// C returns a new client without a base URL.
func C() *Client { return &Client{header: http.Header{}} }

// SetBaseURL sets the text that is put before every URL that names no scheme. A slash at its end is dropped.
func (c *Client) SetBaseURL(u string) *Client {
	c.baseURL = strings.TrimRight(u, "/")
	return c
}

// SetCommonHeader sets a header for all requests of the client.
func (c *Client) SetCommonHeader(key, value string) *Client {
	c.header.Set(key, value)
	return c
}

// R returns a new request of the client.
func (c *Client) R() *Request {
	return &Request{client: c, header: c.header.Clone(), params: map[string]string{}}
}

// A Request is one call that is being prepared.
type Request struct {
	client *Client
	header http.Header
	params map[string]string
	query  url.Values
	body   []byte
	err    error
}

// SetHeader sets a header of this request.
func (r *Request) SetHeader(key, value string) *Request {
	r.header.Set(key, value)
	return r
}

// SetPathParam gives the text, which is escaped, for {key} in the URL.
func (r *Request) SetPathParam(key, value string) *Request {
	r.params[key] = value
	return r
}

// SetPathParams calls SetPathParam for each entry.
func (r *Request) SetPathParams(params map[string]string) *Request {
	for key, value := range params {
		r.SetPathParam(key, value)
	}
	return r
}

// SetQueryParam sets one parameter of the query.
func (r *Request) SetQueryParam(key, value string) *Request {
	if r.query == nil {
		r.query = url.Values{}
	}
	r.query.Set(key, value)
	return r
}

// SetBodyJsonMarshal sets the JSON form of v as the body. An error is returned when the request is sent.
func (r *Request) SetBodyJsonMarshal(v any) *Request {
	r.body, r.err = json.Marshal(v)
	r.header.Set("Content-Type", "application/json")
	return r
}

// Send sends the request. The URL may be relative to the base URL of the client. The error is that of the body, of the
// URL or of the transport.
func (r *Request) Send(method, rawURL string) (*Response, error) {
	if r.err != nil {
		return nil, r.err
	}
	for key, value := range r.params {
		rawURL = strings.ReplaceAll(rawURL, "{"+key+"}", url.PathEscape(value))
	}
	if !strings.Contains(rawURL, "://") {
		rawURL = r.client.baseURL + "/" + strings.TrimLeft(rawURL, "/")
	}
	hr, err := http.NewRequest(method, rawURL, strings.NewReader(string(r.body)))
	if err != nil {
		return nil, err
	}
	if r.query != nil {
		hr.URL.RawQuery = r.query.Encode()
	}
	hr.Header = r.header
	resp, err := http.DefaultClient.Do(hr)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return &Response{Response: resp, body: body}, err
}

// Get sends the request with GET.
func (r *Request) Get(url string) (*Response, error) { return r.Send(http.MethodGet, url) }

// Post sends the request with POST.
func (r *Request) Post(url string) (*Response, error) { return r.Send(http.MethodPost, url) }

// Put sends the request with PUT.
func (r *Request) Put(url string) (*Response, error) { return r.Send(http.MethodPut, url) }

// Patch sends the request with PATCH.
func (r *Request) Patch(url string) (*Response, error) { return r.Send(http.MethodPatch, url) }

// Delete sends the request with DELETE.
func (r *Request) Delete(url string) (*Response, error) { return r.Send(http.MethodDelete, url) }

// A Response is an answer whose body has been read.
type Response struct {
	*http.Response
	body []byte
}

// Bytes returns the body.
func (r *Response) Bytes() []byte { return r.body }

// IsSuccessState reports whether the status is one of 200 to 299.
func (r *Response) IsSuccessState() bool { return r.StatusCode/100 == 2 }
