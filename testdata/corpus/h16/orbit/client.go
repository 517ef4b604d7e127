// Package orbit talks to the licensing API for all programs of the fleet.
package orbit

import (
	"fmt"
	"net/http"
	"strings"
)

const defaultBase = "https://api.orbitflare.com/customer/v1"

// A Client sends requests with one key.
type Client struct {
	base string
	key  string
}

// New returns a client for the production API.
func New(key string) *Client {
	return &Client{base: defaultBase, key: key}
}

// Call sends a request for a path below the base.
func (c *Client) Call(method, path string) error {
	return c.send(method, c.base+path)
}

// Fetch gets the resource below base that the segments name.
func (c *Client) Fetch(base string, segments ...string) error {
	return c.send(http.MethodGet, base+"/"+strings.Join(segments, "/"))
}

func (c *Client) send(method, u string) error {
	req, err := http.NewRequest(method, u, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-ORBIT-KEY", c.key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("orbit: %w", err)
	}
	return res.Body.Close()
}
