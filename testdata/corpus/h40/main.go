package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

const apiRoot = "https://api.orbitflare.com/customer/v2"

type Client struct {
	root string
	http *http.Client
}

func (c *Client) get(ctx context.Context, path string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.root+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *Client) Locations(ctx context.Context) error { return c.get(ctx, "/licenses/locations") }
func (c *Client) Licenses(ctx context.Context) error  { return c.get(ctx, "/licenses") }
func (c *Client) Profile(ctx context.Context) error   { return c.get(ctx, "/profile") }

func main() {
	ctx := context.Background()
	c := &Client{root: apiRoot, http: http.DefaultClient}
	for _, call := range []func(context.Context) error{c.Locations, c.Licenses, c.Profile, warm, audit} {
		if err := call(ctx); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
