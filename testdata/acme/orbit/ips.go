package orbit

import (
	"context"
	"fmt"
	"net/url"
	"time"
)

// ipsPath is the allow list of one license.
const ipsPath = "/licenses/%s/ips"

// IP is an entry of the allow list of a license.
type IP struct {
	Address    string     `json:"ip_address"`
	LocationID string     `json:"location_id"`
	ExpiresAt  *time.Time `json:"expires_at,omitempty"`
}

// IPs returns the allow list of a license.
func (c *Client) IPs(ctx context.Context, license string) ([]IP, error) {
	var out struct {
		IPs []IP `json:"ips"`
	}
	if err := c.get(ctx, fmt.Sprintf(ipsPath, url.PathEscape(license)), &out); err != nil {
		return nil, err
	}
	return out.IPs, nil
}

// AddIP puts an address on the allow list of a license.
func (c *Client) AddIP(ctx context.Context, license string, ip IP) error {
	return c.post(ctx, fmt.Sprintf(ipsPath, url.PathEscape(license)), ip, nil)
}

// DeleteIP takes an address off the allow list of a license.
func (c *Client) DeleteIP(ctx context.Context, license, address string) error {
	return c.delete(ctx, fmt.Sprintf("/licenses/%s/ips/%s", url.PathEscape(license), url.PathEscape(address)))
}

// WhitelistIP puts an address on the allow list with the call that the
// dashboard makes.
func (c *Client) WhitelistIP(ctx context.Context, license string, ip IP) error {
	path := fmt.Sprintf("/licenses/%s/whitelist-ip", url.PathEscape(license))
	return c.post(ctx, path, ip, nil)
}
