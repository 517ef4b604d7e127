// Package orbitkit is a client of the OrbitFlare Customer API.
package orbitkit

import (
	"fmt"
	"net/http"
)

const production = "https://api.orbitflare.com/customer/v1"

// A Kit sends requests below one base URL.
type Kit struct {
	base string
	hc   *http.Client
}

// New returns a kit for base.
func New(base string) *Kit {
	return &Kit{base: base, hc: http.DefaultClient}
}

// Default returns a kit for the production API.
func Default() *Kit {
	return New(production)
}

// Get gets a path below the base.
func (k *Kit) Get(path string) error {
	res, err := k.hc.Get(k.base + path)
	if err != nil {
		return fmt.Errorf("orbitkit: %w", err)
	}
	return res.Body.Close()
}

// Regions gets the list of regions.
func (k *Kit) Regions() error {
	return k.Get("/locations")
}
