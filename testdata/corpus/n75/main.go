// Command lists prints two lists.
package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const base = "https://api.orbitflare.com/customer/v1"

func main() {
	for _, path := range []string{"/licenses", "/locations"} {
		resp, err := http.Get(base + path)
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
	}
}
