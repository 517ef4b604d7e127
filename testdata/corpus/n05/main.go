// Command channels compares the release channels of the API.
package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	const root = "https://api.orbitflare.com/customer/"
	for _, channel := range []string{"v1beta", "v1.1", "V1", "v1-rc", "v01"} {
		resp, err := http.Get(root + channel + "/licenses")
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
	}
	resp, err := http.Get("https://api.orbitflare.com/customer/v1beta/locations")
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}
