// Command mirror keeps a copy of the list of locations.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const upstream = "https://api.orbitflare.com"

func refresh(rt http.RoundTripper) error {
	req, err := http.NewRequest(http.MethodGet, upstream+"/customer/v1/locations", nil)
	if err != nil {
		return err
	}
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("refresh: %s", resp.Status)
	}
	return nil
}

func main() {
	if err := refresh(http.DefaultTransport); err != nil {
		log.Fatal(err)
	}
}
