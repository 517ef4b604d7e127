// Command probe checks that the licensing API answers.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type check struct {
	name   string
	method string
	path   string
	code   int
}

var checks = []check{
	{"licenses", "GET", "/customer/v1/licenses", http.StatusOK},
	{"locations", "GET", "/customer/v1/locations", http.StatusOK},
	{name: "admitted addresses", method: http.MethodGet, path: "/customer/v1/licenses/42/ips", code: http.StatusOK},
}

func probe(client *http.Client, host string, checks []check) error {
	for _, c := range checks {
		req, err := http.NewRequest(c.method, host+c.path, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		resp, err := client.Do(req)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		resp.Body.Close()
		if resp.StatusCode != c.code {
			return fmt.Errorf("%s: status %d, want %d", c.name, resp.StatusCode, c.code)
		}
	}
	return nil
}

func main() {
	if err := probe(http.DefaultClient, "https://api.orbitflare.com", checks); err != nil {
		log.Fatal(err)
	}
}
