// Command fetch reads licenses in a vendor format.
package main

import (
	"log"
	"mime"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const mediaType = "application/vnd.orbitflare.customer.v1+json"

func main() {
	req, err := http.NewRequest(http.MethodGet, "https://api.orbitflare.com/customer/v2/licenses", nil)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Accept", mediaType+`; profile="customer/v1"`)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	if t, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err != nil || t != mediaType && t != "application/json" {
		log.Fatalf("unexpected content type %q", t)
	}
}
