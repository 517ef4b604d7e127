package main

import (
	"net/http"
	"net/url"
)

type client struct {
	base string
}

func newClient(sandbox bool) *client {
	var base string
	if sandbox {
		base = "https://sandbox.orbitflare.com/customer/v1"
	} else {
		base = "https://api.orbitflare.com/customer/v1"
	}
	return &client{base: base}
}

func (c *client) list() error {
	return get(c.base + "/licenses")
}

func (c *client) addresses(id string) error {
	return get(c.base + "/licenses/" + url.PathEscape(id) + "/ips")
}

func get(u string) error {
	res, err := http.Get(u)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
