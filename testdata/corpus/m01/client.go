package main

import (
	"io"
	"net/http"
	"os"
	"time"
)

const defaultBase = "https://api.orbitflare.com/customer/v1"

// Client talks to the customer API with one API key.
type Client struct {
	base string
	key  string
	http *http.Client
}

// New returns a client for the public endpoint.
func New(key string) *Client {
	return &Client{
		base: defaultBase,
		key:  key,
		http: &http.Client{Timeout: 10 * time.Second},
	}
}

func (c *Client) License(id string) error {
	return c.send(http.MethodGet, c.base+"/licenses/"+id)
}

func (c *Client) ResetKey(id string) error {
	return c.send(http.MethodPost, c.base+"/licenses/"+id+"/reset-key")
}

func (c *Client) Locations() error {
	return c.send(http.MethodGet, c.base+"/locations")
}

func (c *Client) send(method, url string) error {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-ORBIT-KEY", c.key)
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func keyFromEnv() string { return os.Getenv("ORBIT_KEY") }
