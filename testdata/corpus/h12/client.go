package main

import "net/http"

type client struct {
	base string
	hc   *http.Client
}

func newClient() *client {
	return &client{base: "https://api.orbitflare.com/customer/v1", hc: http.DefaultClient}
}

func (c *client) get(path string) error {
	return c.send(http.MethodGet, path)
}

func (c *client) post(path string) error {
	return c.send(http.MethodPost, path)
}

func (c *client) send(method, path string) error {
	req, err := http.NewRequest(method, c.base+path, nil)
	if err != nil {
		return err
	}
	res, err := c.hc.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
