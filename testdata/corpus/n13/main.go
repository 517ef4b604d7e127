// Command locations lists locations.
//
// It replaces the old shell script, which called
// curl https://api.orbitflare.com/customer/v1/locations.
package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

// base was https://api.orbitflare.com/customer/v1 until March.
const base = "https://api.orbitflare.com/customer/v2"

func main() {
	// resp, err := http.Get("https://api.orbitflare.com/customer/v1/locations")
	resp, err := http.Get(base + "/licenses/locations")
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()

	/*
		if resp, err = http.Post("https://api.orbitflare.com/customer/v1/licenses/42/reset-key", "", nil); err != nil {
			log.Fatal(err)
		}
	*/
}
