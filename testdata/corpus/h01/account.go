package main

import "net/http"

func (c *client) Licenses() error {
	return c.call(http.MethodGet, apiBase+"/licenses")
}

func (c *client) Regions() error {
	return c.call(http.MethodGet, apiBase+"/locations")
}

func (c *client) Charges() error {
	return c.call(http.MethodGet, apiBase+"/billing")
}
