// Package preview looks at the vendor's experimental API, to warn early about
// plans that will be renamed.
package preview

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"acme.example/licensing/orbitapi"
)

// PlanNames returns the plan names that the experimental API uses.
func PlanNames(ctx context.Context, hc *http.Client, key string) ([]string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.orbitflare.com/customer/v10/licenses?fields=plan", nil)
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	req.Header.Set(orbitapi.KeyHeader, key)
	resp, err := hc.Do(req)
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("preview: plans: status %s", resp.Status)
	}
	var out struct {
		Plans []string `json:"plans"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("preview: decode plans: %w", err)
	}
	return out.Plans, nil
}
