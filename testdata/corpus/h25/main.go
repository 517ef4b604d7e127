package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

const endpoint = "https://api.orbitflare.com/customer/v1"

type Client struct {
	HTTP *http.Client
	Key  string
}

func (c *Client) send(method, path, body string, out any) error {
	req, err := http.NewRequest(method, endpoint+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("X-Orbit-Key", c.Key)
	req.Header.Set("User-Agent", "edgectl/1.4")
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return fmt.Errorf("decode %s %s: %w", method, path, err)
	}
	return nil
}

func (c *Client) Locations() (out map[string]any, err error) {
	err = c.send(http.MethodGet, "/locations", "", &out)
	return out, err
}

func (c *Client) AddIP(license, ip string) (out map[string]any, err error) {
	err = c.send(http.MethodPost, "/licenses/"+license+"/ips", `{"ip_address":"`+ip+`"}`, &out)
	return out, err
}

func main() {
	c := &Client{HTTP: http.DefaultClient, Key: os.Getenv("ORBIT_KEY")}
	if _, err := c.Locations(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if _, err := c.AddIP("42", "192.0.2.7"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
