package main

import (
	"fmt"
	"net/http"
)

type Client struct {
	base string
	hc   *http.Client
}

func NewClient(hc *http.Client) *Client {
	return &Client{base: "https://api.orbitflare.com/customer/v1", hc: hc}
}

func (c *Client) get(path string) error {
	res, err := c.hc.Get(c.base + path)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("get %s: %s", path, res.Status)
	}
	return nil
}

func (c *Client) Regions() error {
	return c.get("/locations")
}

func (c *Client) License(id int) error {
	return c.get(fmt.Sprintf("/licenses/%d", id))
}

func (c *Client) Addresses(id int) error {
	return c.get(fmt.Sprintf("/licenses/%d/ips", id))
}
