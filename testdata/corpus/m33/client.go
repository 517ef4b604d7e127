package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const defaultEndpoint = "https://api.orbitflare.com/customer/v1"

// Client talks to the licensing API.
type Client struct {
	endpoint string
	http     *http.Client
}

// Option changes a Client that is being made.
type Option func(*Client)

// WithEndpoint makes the client ask another server.
func WithEndpoint(endpoint string) Option {
	return func(c *Client) { c.endpoint = strings.TrimRight(endpoint, "/") }
}

// WithHTTP sets the client that sends the requests.
func WithHTTP(hc *http.Client) Option {
	return func(c *Client) { c.http = hc }
}

// NewClient returns a client for the public API unless an option says otherwise.
func NewClient(opts ...Option) *Client {
	c := &Client{endpoint: defaultEndpoint, http: http.DefaultClient}
	for _, o := range opts {
		o(c)
	}
	return c
}

func (c *Client) send(ctx context.Context, method, path string, body io.Reader, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.endpoint+path, body)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%s: %s", path, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// Locations lists where licenses can run.
func (c *Client) Locations(ctx context.Context) (out json.RawMessage, err error) {
	err = c.send(ctx, "GET", "/locations", nil, &out)
	return out, err
}

// Admit lets an address use a license.
func (c *Client) Admit(ctx context.Context, license, ip string) (out json.RawMessage, err error) {
	body := strings.NewReader(fmt.Sprintf(`{"ip_address":%q}`, ip))
	err = c.send(ctx, "POST", fmt.Sprintf("/licenses/%s/ips", license), body, &out)
	return out, err
}

// Expel takes the admission back.
func (c *Client) Expel(ctx context.Context, license, ip string) (out json.RawMessage, err error) {
	err = c.send(ctx, "DELETE", fmt.Sprintf("/licenses/%s/ips/%s", license, ip), nil, &out)
	return out, err
}
