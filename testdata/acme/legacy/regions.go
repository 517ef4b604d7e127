// Package legacy keeps the calls of the first dashboard, which asks for
// regions rather than locations.
package legacy

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"acme.example/licensing/orbitapi"
)

// Regions returns the regions that have at least one location, in
// alphabetical order.
func Regions(ctx context.Context, hc *http.Client, key string) ([]string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.orbitflare.com/customer/v2/locations", nil)
	if err != nil {
		return nil, fmt.Errorf("legacy: %w", err)
	}
	req.Header.Set(orbitapi.KeyHeader, key)
	resp, err := hc.Do(req)
	if err != nil {
		return nil, fmt.Errorf("legacy: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("legacy: regions: status %s", resp.Status)
	}

	var out struct {
		Locations []struct {
			Region string `json:"region"`
		} `json:"locations"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("legacy: decode regions: %w", err)
	}
	var regions []string
	for _, loc := range out.Locations {
		regions = append(regions, loc.Region)
	}
	slices.Sort(regions)
	return slices.Compact(regions), nil
}
