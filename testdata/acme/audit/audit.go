// Package audit compares a license with what the vendor's website shows for
// it. It is older than package orbit and speaks HTTP by itself, because it
// must see fields that the client does not decode.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"acme.example/licensing/orbitapi"
)

const apiHost = "https://api.orbitflare.com"

// Auditor reads licenses in raw form.
type Auditor struct {
	host string
	key  string
	http *http.Client
}

// New returns an auditor of the account that key belongs to.
func New(hc *http.Client, key string) *Auditor {
	return &Auditor{host: apiHost, key: key, http: hc}
}

// Fields returns the names of all fields that the API knows of a license, in
// alphabetical order.
func (a *Auditor) Fields(ctx context.Context, id string) ([]string, error) {
	var out struct {
		License map[string]any `json:"license"`
	}
	u := fmt.Sprintf("%s/customer/v1/licenses/%s", a.host, url.PathEscape(id))
	if err := a.fetch(ctx, u, &out); err != nil {
		return nil, fmt.Errorf("audit: license %s: %w", id, err)
	}
	names := make([]string, 0, len(out.License))
	for name := range out.License {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

// WebsiteIPs returns the allow list of a license as the website shows it. The
// website has its own copy of the API, which lags behind by some minutes.
func (a *Auditor) WebsiteIPs(ctx context.Context, id string) ([]string, error) {
	var out struct {
		IPs []struct {
			Address string `json:"ip_address"`
		} `json:"ips"`
	}
	u := fmt.Sprintf("https://orbitflare.com/api/customer/v1/licenses/%s/ips", url.PathEscape(id))
	if err := a.fetch(ctx, u, &out); err != nil {
		return nil, fmt.Errorf("audit: allow list of %s: %w", id, err)
	}
	addresses := make([]string, 0, len(out.IPs))
	for _, ip := range out.IPs {
		addresses = append(addresses, ip.Address)
	}
	return addresses, nil
}

func (a *Auditor) fetch(ctx context.Context, u string, out any) error {
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return err
	}
	req.Header.Set(orbitapi.KeyHeader, a.key)
	resp, err := a.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %s", resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(out)
}
