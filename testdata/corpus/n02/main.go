// Command lookalikes probes hosts that were seen in phishing mails.
package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const path = "/customer/v1/licenses"

var hosts = []string{
	"https://api.orbitflare.com.evil.io",
	"https://myapi.orbitflare.com",
	"https://api.orbitflare.community",
	"https://api-orbitflare.com",
}

func main() {
	for _, h := range hosts {
		probe(h + path)
	}
	probe("https://api.orbitflare.com@evil.io/customer/v1/locations")
	probe("https://evil.io/api.orbitflare.com/customer/v1/locations")
}

func probe(u string) {
	resp, err := http.Get(u)
	if err != nil {
		log.Printf("%s: %v", u, err)
		return
	}
	resp.Body.Close()
}
