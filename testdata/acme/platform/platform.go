// Package platform answers questions about capacity. It stands on a client
// that the platform team generates from the vendor's specification and drops
// into this folder.
package platform

import (
	"context"
	"fmt"
	"net/http"

	"acme.example/licensing/orbitapi"
)

// New returns a client that authenticates with key.
func New(hc *http.Client, key string) *Client {
	return NewClient(hc, func(req *http.Request) { req.Header.Set(orbitapi.KeyHeader, key) })
}

// Headroom returns how many requests per second a license may still ask for
// at its location.
func Headroom(ctx context.Context, c *Client, license string) (int, error) {
	lic, err := c.GetLicense(ctx, license)
	if err != nil {
		return 0, fmt.Errorf("platform: %w", err)
	}
	locs, err := c.ListLocations(ctx)
	if err != nil {
		return 0, fmt.Errorf("platform: %w", err)
	}
	for _, loc := range locs.Locations {
		if loc.Id == lic.License.Location {
			return max(0, loc.Capacity-lic.License.Requests), nil
		}
	}
	return 0, nil
}
