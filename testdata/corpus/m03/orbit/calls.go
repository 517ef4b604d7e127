// Package orbit is a small client for the customer API.
package orbit

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// Locations lists where a license can be used.
func (c *Client) Locations(ctx context.Context) (map[string]any, error) {
	return c.fetch(ctx, "GET", "/locations")
}

// DeleteIP takes ip off the whitelist of a license.
func (c *Client) DeleteIP(ctx context.Context, license, ip string) (map[string]any, error) {
	return c.fetch(ctx, "DELETE", fmt.Sprintf("/licenses/%s/ips/%s", license, ip))
}

func (c *Client) fetch(ctx context.Context, method, path string) (map[string]any, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.opts.baseURL+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.opts.agent)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("decode %s: %w", path, err)
	}
	return out, nil
}
