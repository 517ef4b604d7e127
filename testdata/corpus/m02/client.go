package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// Client is ready for use as a literal; HTTP may be left nil.
type Client struct {
	BaseURL string
	Key     string
	HTTP    *http.Client
}

type license struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

func (c *Client) List(ctx context.Context) ([]license, error) {
	var page struct {
		Licenses []license `json:"licenses"`
	}
	err := c.call(ctx, http.MethodGet, c.BaseURL+"/licenses", &page)
	return page.Licenses, err
}

func (c *Client) Get(ctx context.Context, id string) (*license, error) {
	l := new(license)
	return l, c.call(ctx, http.MethodGet, c.BaseURL+"/licenses/"+id, l)
}

func (c *Client) RegenerateKey(ctx context.Context, id string) error {
	return c.call(ctx, http.MethodPost, fmt.Sprintf("%s/licenses/%s/regenerate-key", c.BaseURL, id), nil)
}

func (c *Client) call(ctx context.Context, method, url string, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-ORBIT-KEY", c.Key)
	hc := c.HTTP
	if hc == nil {
		hc = http.DefaultClient
	}
	resp, err := hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, req.URL.Path, resp.Status)
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(out)
}
