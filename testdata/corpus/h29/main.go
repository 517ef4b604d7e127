package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

const defaultServer = "https://api.orbitflare.com"

type Client struct {
	Server string
	HTTP   *http.Client
}

type Region struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

func (c *Client) fetch(path string, out any) (string, error) {
	url := c.Server + path
	resp, err := c.HTTP.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("get %s: %s", url, resp.Status)
	}
	return url, json.NewDecoder(resp.Body).Decode(out)
}

type Export struct {
	URL     string   `json:"url"`
	Regions []Region `json:"regions"`
}

func (c *Client) Regions() (*Export, error) {
	var body struct {
		Locations []Region `json:"locations"`
	}
	url, err := c.fetch("/customer/v1/locations", &body)
	if err != nil {
		return nil, err
	}
	return &Export{URL: url, Regions: body.Locations}, nil
}

func (c *Client) IPs(license string) ([]string, error) {
	var body struct {
		IPs []string `json:"ips"`
	}
	_, err := c.fetch("/customer/v1/licenses/"+license+"/ips", &body)
	return body.IPs, err
}

func main() {
	c := &Client{Server: defaultServer, HTTP: http.DefaultClient}
	if _, err := c.Regions(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if _, err := c.IPs("42"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
