package main

import (
	"log"
	"net/http"
	"os"

	_ "example.com/fleet/agent/internal/recorder"
	"example.com/fleet/orbit"
)

const siteBase = "https://orbitflare.com/api/customer/v1"

func sync(c *orbit.Client, id string) error {
	if err := c.Call(http.MethodGet, "/licenses"); err != nil {
		return err
	}
	if err := c.Call(http.MethodGet, "/locations"); err != nil {
		return err
	}
	if err := c.Call(http.MethodPost, "/licenses/"+id+"/reset-key"); err != nil {
		return err
	}
	return c.Fetch(siteBase, "licenses", id, "ips")
}

func main() {
	if err := sync(orbit.New(os.Getenv("ORBIT_KEY")), "42"); err != nil {
		log.Fatal(err)
	}
}
