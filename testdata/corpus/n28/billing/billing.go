// Package billing reads from the billing service.
package billing

import "net/http"

const prefix = "/customer/v1"

// Client reads from one host.
type Client struct{ Host string }

// Licenses asks for the licenses that are billed.
func (c *Client) Licenses() error { return c.get("/licenses") }

// Locations asks for the places to which bills are sent.
func (c *Client) Locations() error { return c.get("/locations") }

func (c *Client) get(path string) error {
	resp, err := http.Get(c.Host + prefix + path)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
