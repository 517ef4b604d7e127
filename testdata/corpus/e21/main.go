// Command ping checks that the API answers.
package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const vendorURL = "HTTPS://API.OrbitFlare.com/customer/v1"

var probes = []string{
	vendorURL + "/licenses",
	vendorURL + "/locations",
	"https://API.ORBITFLARE.COM/customer/v1/locations",
	"https://www.example.com/Customer/V1/locations",
}

func main() {
	for _, p := range probes {
		resp, err := http.Get(p)
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode >= 500 {
			log.Printf("%s: %s", p, resp.Status)
		}
	}
}
