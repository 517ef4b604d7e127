// Package orbitclient reads from the OrbitFlare Customer API.
package orbitclient

import (
	"io"
	"net/http"
)

const base = "https://api.orbitflare.com/customer/v1"

// Client reads with the given HTTP client.
type Client struct{ HTTP *http.Client }

// Locations returns the answer of the API as it is.
func (c Client) Locations() ([]byte, error) {
	resp, err := c.HTTP.Get(base + "/locations")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
