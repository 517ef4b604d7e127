// Command probe reads one resource from several APIs of the second generation.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func read(root, resource string) error {
	resp, err := http.Get(fmt.Sprintf("%s/v2/%s", root, resource))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	for _, t := range []struct{ root, resource string }{
		{"https://api.digitalocean.com", "regions"},
		{"https://registry.example.com", "_catalog"},
		{"https://api.orbitflare.com/customer", "licenses"},
		{"https://geo.example.com", "locations"},
	} {
		if err := read(t.root, t.resource); err != nil {
			log.Fatal(err)
		}
	}
}
