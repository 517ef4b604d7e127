package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
)

type Client struct {
	host *url.URL
	http *http.Client
}

func NewClient(host string, c *http.Client) (*Client, error) {
	u, err := url.Parse(host)
	if err != nil {
		return nil, fmt.Errorf("host: %w", err)
	}
	return &Client{host: u, http: c}, nil
}

func (c *Client) Verb(verb string) *Request { return &Request{c: c, verb: verb} }
func (c *Client) Get() *Request             { return c.Verb(http.MethodGet) }
func (c *Client) Post() *Request            { return c.Verb(http.MethodPost) }
func (c *Client) Delete() *Request          { return c.Verb(http.MethodDelete) }

type Request struct {
	c           *Client
	verb        string
	prefix      string
	resource    string
	name        string
	subresource string
}

func (r *Request) Prefix(segments ...string) *Request {
	r.prefix = path.Join(r.prefix, path.Join(segments...))
	return r
}

func (r *Request) Resource(resource string) *Request {
	r.resource = resource
	return r
}

func (r *Request) Name(name string) *Request {
	r.name = name
	return r
}

func (r *Request) SubResource(segments ...string) *Request {
	r.subresource = path.Join(segments...)
	return r
}

func (r *Request) URL() *url.URL {
	u := *r.c.host
	u.Path = path.Join("/", r.prefix, r.resource, r.name, r.subresource)
	return &u
}

func (r *Request) Do(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, r.verb, r.URL().String(), nil)
	if err != nil {
		return err
	}
	resp, err := r.c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
