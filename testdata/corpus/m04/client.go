package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

const (
	scheme = "https://"
	host   = "api.orbitflare.com"
	prefix = "/customer/v1"
)

type client struct {
	base string
	hc   *http.Client
}

func newClient() *client {
	return &client{base: scheme + host + prefix, hc: http.DefaultClient}
}

func (c *client) ListLocations(ctx context.Context) ([]string, error) {
	var out struct{ Names []string }
	err := c.get(ctx, "/locations", &out)
	return out.Names, err
}

func (c *client) ListIPs(ctx context.Context, license string) ([]string, error) {
	var out struct{ IPs []string }
	err := c.get(ctx, "/licenses/"+license+"/ips", &out)
	return out.IPs, err
}

func (c *client) AddIP(ctx context.Context, license, ip string) error {
	body := strings.NewReader(fmt.Sprintf(`{"ip_address":%q}`, ip))
	return c.do(ctx, http.MethodPost, fmt.Sprintf("/licenses/%s/ips", license), body, nil)
}

func (c *client) get(ctx context.Context, path string, out any) error {
	return c.do(ctx, http.MethodGet, path, nil, out)
}

func (c *client) do(ctx context.Context, method, path string, body io.Reader, out any) error {
	req, err := c.newRequest(ctx, method, path, body)
	if err != nil {
		return err
	}
	resp, err := c.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if out == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

func (c *client) newRequest(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-ORBIT-KEY", os.Getenv("ORBIT_KEY"))
	return req, nil
}
