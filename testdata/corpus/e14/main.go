// Command licensectl reads licenses, from the API or from a local stand-in.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type client struct {
	host string
	http *http.Client
}

type license struct {
	ID   string `json:"id"`
	Plan string `json:"plan"`
}

func (c *client) license(id string) (*license, error) {
	resp, err := c.http.Get(c.host + "/customer/v1/licenses/" + id)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("license %s: %s", id, resp.Status)
	}
	l := new(license)
	return l, json.NewDecoder(resp.Body).Decode(l)
}

func (c *client) locations() (string, error) {
	resp, err := c.http.Get(c.host + "/customer/v1/locations")
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("locations: %s", resp.Status)
	}
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}

func main() {
	c := &client{host: "https://api.orbitflare.com", http: http.DefaultClient}
	if _, err := c.locations(); err != nil {
		log.Fatal(err)
	}
	if _, err := c.license("42"); err != nil {
		log.Fatal(err)
	}
}
