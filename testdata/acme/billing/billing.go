// Package billing changes the plan that an account is billed for. The vendor
// offers this to a few resellers only, so it is not part of package orbit.
package billing

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"acme.example/licensing/orbitapi"
)

const planURL = "https://api.orbitflare.com/customer/v1/billing/plan"

// Plan is what an account pays for.
type Plan struct {
	Name  string `json:"name"`
	Seats int    `json:"seats"`
}

// SetPlan puts the account that key belongs to on a plan.
func SetPlan(ctx context.Context, hc *http.Client, key string, plan Plan) error {
	body, err := json.Marshal(plan)
	if err != nil {
		return fmt.Errorf("billing: encode plan: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, planURL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("billing: %w", err)
	}
	req.Header.Set(orbitapi.KeyHeader, key)
	req.Header.Set("Content-Type", "application/json")

	resp, err := hc.Do(req)
	if err != nil {
		return fmt.Errorf("billing: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("billing: set plan %q: status %s", plan.Name, resp.Status)
	}
	return nil
}
