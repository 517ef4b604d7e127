// Package orbit is a client for the OrbitFlare customer API.
//
// A Client is safe for concurrent use once it has been built:
//
//	client := orbit.New(key, orbit.WithHTTPClient(hc))
//	licenses, err := client.ListLicenses(ctx, nil)
package orbit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"acme.example/licensing/orbitapi"
)

// DefaultBaseURL is the public customer API.
const DefaultBaseURL = "https://api.orbitflare.com/customer/v1"

const (
	defaultUserAgent = "acme-licensing/1.4"
	defaultTimeout   = 30 * time.Second

	// Responses are small; a larger body means that something other than
	// the API has answered.
	maxBody = 4 << 20
)

// Client calls the customer API with one key.
type Client struct {
	// BaseURL is put before the path of every call. It has no trailing slash.
	BaseURL string

	key       string
	userAgent string
	http      *http.Client
}

// Option changes a Client while New builds it.
type Option func(*Client)

// WithBaseURL makes the client talk to u instead of DefaultBaseURL.
func WithBaseURL(u string) Option {
	return func(c *Client) { c.BaseURL = strings.TrimRight(u, "/") }
}

// WithHTTPClient makes the client send its requests through hc.
func WithHTTPClient(hc *http.Client) Option {
	return func(c *Client) { c.http = hc }
}

// WithUserAgent sets the User-Agent header of all requests.
func WithUserAgent(ua string) Option {
	return func(c *Client) { c.userAgent = ua }
}

// New returns a client that authenticates with key.
func New(key string, opts ...Option) *Client {
	c := &Client{
		BaseURL:   DefaultBaseURL,
		key:       key,
		userAgent: defaultUserAgent,
		http:      &http.Client{Timeout: defaultTimeout},
	}
	for _, opt := range opts {
		opt(c)
	}
	return c
}

func (c *Client) get(ctx context.Context, path string, out any) error {
	return c.do(ctx, http.MethodGet, path, nil, out)
}

func (c *Client) post(ctx context.Context, path string, in, out any) error {
	return c.do(ctx, http.MethodPost, path, in, out)
}

func (c *Client) delete(ctx context.Context, path string) error {
	return c.do(ctx, http.MethodDelete, path, nil, nil)
}

// do sends one request. in, if not nil, becomes the JSON body; the response is
// decoded into out, if not nil. Any status outside 2xx is an *APIError.
func (c *Client) do(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("orbit: encode body of %s %s: %w", method, path, err)
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.BaseURL+path, body)
	if err != nil {
		return fmt.Errorf("orbit: %w", err)
	}
	req.Header.Set(orbitapi.KeyHeader, c.key)
	req.Header.Set("User-Agent", c.userAgent)
	req.Header.Set("Accept", "application/json")
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}

	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("orbit: %w", err)
	}
	defer resp.Body.Close()

	lr := io.LimitReader(resp.Body, maxBody)
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("orbit: %s %s: %w", method, path, readError(resp.StatusCode, lr))
	}
	if out == nil {
		return nil
	}
	// Some endpoints answer 204 or an empty 200.
	if err := json.NewDecoder(lr).Decode(out); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("orbit: decode answer to %s %s: %w", method, path, err)
	}
	return nil
}
