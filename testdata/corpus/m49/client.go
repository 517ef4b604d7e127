package main

import (
	"net/http"
	"net/url"
	"strings"
)

const base = "https://api.orbitflare.com/customer/v1"

type client struct{ http.Client }

// get escapes its segments, so that an id may hold any character.
func (c *client) get(segments ...string) error {
	escaped := make([]string, len(segments))
	for i, s := range segments {
		escaped[i] = url.PathEscape(s)
	}
	resp, err := c.Get(base + "/" + strings.Join(escaped, "/"))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *client) IPs(id string) error { return c.get("licenses", id, "ips") }

func (c *client) Locations() error { return c.get("locations") }
