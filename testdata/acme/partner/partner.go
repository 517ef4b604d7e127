// Package partner reads the licenses that Acme has sold through its reseller.
package partner

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

const licensesURL = "https://api.partner.example/customer/v1/licenses"

// Licenses returns how many licenses the reseller has sold.
func Licenses(ctx context.Context, hc *http.Client) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, licensesURL, nil)
	if err != nil {
		return 0, fmt.Errorf("partner: %w", err)
	}
	resp, err := hc.Do(req)
	if err != nil {
		return 0, fmt.Errorf("partner: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("partner: licenses: status %s", resp.Status)
	}
	var out struct {
		Total int `json:"total"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return 0, fmt.Errorf("partner: decode licenses: %w", err)
	}
	return out.Total, nil
}
