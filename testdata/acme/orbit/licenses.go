package orbit

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// License is a subscription to the RPC network.
type License struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Plan      string     `json:"plan"`
	Status    string     `json:"status"`
	Locations []string   `json:"locations"`
	ExpiresAt *time.Time `json:"expires_at,omitempty"`
}

// Key is the RPC key of a license, shown once after it has been made.
type Key struct {
	LicenseID string `json:"license_id"`
	Value     string `json:"key"`
}

// ListOptions selects a page of a list. The zero value is the first page.
type ListOptions struct {
	Page    int
	PerPage int
	Status  string
}

func (o *ListOptions) encode() string {
	q := url.Values{}
	if o.Page > 0 {
		q.Set("page", strconv.Itoa(o.Page))
	}
	if o.PerPage > 0 {
		q.Set("per_page", strconv.Itoa(o.PerPage))
	}
	if o.Status != "" {
		q.Set("status", o.Status)
	}
	return q.Encode()
}

// ListLicenses returns the licenses of the account. opts may be nil.
func (c *Client) ListLicenses(ctx context.Context, opts *ListOptions) ([]License, error) {
	var out struct {
		Licenses []License `json:"licenses"`
	}
	path := "/licenses"
	if opts != nil {
		if q := opts.encode(); q != "" {
			path += "?" + q
		}
	}
	if err := c.get(ctx, path, &out); err != nil {
		return nil, err
	}
	return out.Licenses, nil
}

// License returns one license.
func (c *Client) License(ctx context.Context, id string) (*License, error) {
	var out struct {
		License License `json:"license"`
	}
	if err := c.get(ctx, "/licenses/"+url.PathEscape(id), &out); err != nil {
		return nil, err
	}
	return &out.License, nil
}

// ResetKey sets the RPC key of a license back to the one that it was issued
// with. Requests that use the present key fail from then on.
func (c *Client) ResetKey(ctx context.Context, id string) (*Key, error) {
	var out Key
	path := fmt.Sprintf("/licenses/%s/reset-key", url.PathEscape(id))
	if err := c.post(ctx, path, nil, &out); err != nil {
		return nil, err
	}
	return &out, nil
}

// RegenerateKey replaces the RPC key of a license by a fresh one.
func (c *Client) RegenerateKey(ctx context.Context, id string) (*Key, error) {
	var out Key
	if err := c.post(ctx, "/licenses/"+url.PathEscape(id)+"/regenerate-key", nil, &out); err != nil {
		return nil, err
	}
	return &out, nil
}
