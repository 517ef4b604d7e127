// Package inventory exports what an account owns as one record.
package inventory

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"acme.example/licensing/customer/v1/account"
	"acme.example/licensing/orbitapi"
)

// Exporter builds records from the customer API.
type Exporter struct {
	host string
	key  string
	http *http.Client
	now  func() time.Time
}

// New returns an exporter for the account that key belongs to.
func New(hc *http.Client, key string) *Exporter {
	return &Exporter{host: orbitapi.Host, key: key, http: hc, now: time.Now}
}

// Export returns the record of the account: how many active licenses and
// locations it has, and the allow lists of the given licenses.
func (e *Exporter) Export(ctx context.Context, name string, licenses ...string) (*account.Account, error) {
	rec := account.New(name, e.now())

	var active struct {
		Licenses []json.RawMessage `json:"licenses"`
	}
	if err := e.getJSON(ctx, orbitapi.LicensesPath+"?status=active", &active); err != nil {
		return nil, err
	}
	rec.Counts["licenses"] = len(active.Licenses)

	var places struct {
		Locations []json.RawMessage `json:"locations"`
	}
	if err := e.getJSON(ctx, orbitapi.LocationsPath, &places); err != nil {
		return nil, err
	}
	rec.Counts["locations"] = len(places.Locations)

	for _, id := range licenses {
		var list struct {
			IPs []struct {
				Address string `json:"ip_address"`
			} `json:"ips"`
		}
		if err := e.getJSON(ctx, orbitapi.LicensesPath+"/"+url.PathEscape(id)+"/ips", &list); err != nil {
			return nil, err
		}
		for _, ip := range list.IPs {
			rec.AllowList[id] = append(rec.AllowList[id], ip.Address)
		}
	}
	return rec, nil
}

func (e *Exporter) getJSON(ctx context.Context, path string, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, e.host+path, nil)
	if err != nil {
		return fmt.Errorf("inventory: %w", err)
	}
	req.Header.Set(orbitapi.KeyHeader, e.key)
	resp, err := e.http.Do(req)
	if err != nil {
		return fmt.Errorf("inventory: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("inventory: GET %s: status %s", path, resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return fmt.Errorf("inventory: decode answer to GET %s: %w", path, err)
	}
	return nil
}
