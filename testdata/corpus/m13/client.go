package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

type client struct {
	base *url.URL
	http *http.Client
}

func newClient(raw string) (*client, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("parse base: %w", err)
	}
	return &client{base: u, http: http.DefaultClient}, nil
}

func (c *client) license(ctx context.Context, id string) (map[string]any, error) {
	ref := &url.URL{Path: "licenses/" + id}
	return c.fetch(ctx, http.MethodGet, c.base.ResolveReference(ref))
}

func (c *client) page(ctx context.Context, n int) (map[string]any, error) {
	u := c.base.ResolveReference(&url.URL{
		Path:     "licenses",
		RawQuery: "page=" + strconv.Itoa(n),
	})
	return c.fetch(ctx, http.MethodGet, u)
}

func (c *client) locations(ctx context.Context) (map[string]any, error) {
	rel, err := url.Parse("locations")
	if err != nil {
		return nil, err
	}
	return c.fetch(ctx, http.MethodGet, c.base.ResolveReference(rel))
}

func (c *client) fetch(ctx context.Context, method string, u *url.URL) (map[string]any, error) {
	req, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, err
	}
	return out, nil
}
