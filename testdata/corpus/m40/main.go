// Command tidy closes addresses that nobody uses any more.
package main

import (
	"bytes"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func request(method, endpoint string, body []byte) error {
	req, err := http.NewRequest(method, endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func get(endpoint string) error { return request("GET", endpoint, nil) }

func tidy(license string, stale []string) error {
	if err := get(endpointLocations); err != nil {
		return err
	}
	if err := get(endpointLicenses); err != nil {
		return err
	}
	if err := get(endpointIPs(license)); err != nil {
		return err
	}
	for _, ip := range stale {
		if err := request("DELETE", endpointIP(license, ip), nil); err != nil {
			return err
		}
	}
	return request("POST", endpointReset(license), []byte(`{}`))
}

func main() {
	if err := tidy("42", []string{"203.0.113.7", "2001:db8::7"}); err != nil {
		log.Fatal(err)
	}
}
