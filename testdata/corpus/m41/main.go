// Command page prints one page of everything.
package main

import (
	"context"
	"log"
	"net/http"
	"net/url"
	"strconv"

	_ "example.com/corpus/internal/recorder"
)

const (
	licensesPath = "customer/v1/licenses"
	sitesPath    = "customer/v1/locations"
)

type listOptions struct {
	Page    int
	PerPage int
}

func addOptions(path string, opts *listOptions) (string, error) {
	if opts == nil {
		return path, nil
	}
	u, err := url.Parse(path)
	if err != nil {
		return path, err
	}
	q := u.Query()
	if opts.Page > 0 {
		q.Set("page", strconv.Itoa(opts.Page))
	}
	if opts.PerPage > 0 {
		q.Set("per_page", strconv.Itoa(opts.PerPage))
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

type client struct {
	base *url.URL
}

func (c *client) get(ctx context.Context, path string) error {
	u, err := c.base.Parse(path)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *client) listLicenses(ctx context.Context, opts *listOptions) error {
	path, err := addOptions(licensesPath, opts)
	if err != nil {
		return err
	}
	return c.get(ctx, path)
}

func (c *client) listSites(ctx context.Context, opts *listOptions) error {
	path, err := addOptions(sitesPath, opts)
	if err != nil {
		return err
	}
	return c.get(ctx, path)
}

func main() {
	base, err := url.Parse("https://api.orbitflare.com/")
	if err != nil {
		log.Fatal(err)
	}
	c, ctx := &client{base: base}, context.Background()
	opts := &listOptions{Page: 2, PerPage: 50}
	for _, list := range []func(context.Context, *listOptions) error{c.listLicenses, c.listSites} {
		if err := list(ctx, opts); err != nil {
			log.Fatal(err)
		}
		if err := list(ctx, nil); err != nil {
			log.Fatal(err)
		}
	}
}
