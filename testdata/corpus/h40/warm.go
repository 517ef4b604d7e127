package main

import (
	"context"
	"net/http"
)

const (
	regionBase = "https://orbitflare.com/api/customer/v2"
	regionPath = "/locations"
)

func warm(ctx context.Context) error {
	c := &Client{root: regionBase, http: http.DefaultClient}
	if err := c.get(ctx, regionPath+"?limit=1"); err != nil {
		return err
	}
	resp, err := http.Get("https://api.orbitflare.com/customer/v2/locations")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
