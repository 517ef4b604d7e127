package main

import (
	"context"
	"net/http"
)

const (
	auditRegions  = "https://api.orbitflare.com/customer/v2/licenses/locations"
	auditLicense  = "https://api.orbitflare.com/customer/v2/licenses/42"
	auditIPs      = "https://api.orbitflare.com/customer/v1/licenses/42/ips"
	auditFallback = "https://orbitflare.com/api/customer/v1/locations"
)

func audit(ctx context.Context) error {
	for _, url := range []string{auditRegions, auditLicense, auditIPs, auditFallback} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		if err := resp.Body.Close(); err != nil {
			return err
		}
	}
	return nil
}
