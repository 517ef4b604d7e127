// Command admin walks through the life of one license.
package main

import (
	"fmt"
	"log"
	"net/http"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

func call(method, url, body string) {
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatalf("%v (see %s)", err, documentation)
	}
	resp.Body.Close()
}

func main() {
	const id = "42"
	call(http.MethodGet, listURL, "")
	call(http.MethodGet, locationsURL, "")
	call(http.MethodGet, fmt.Sprintf(licenseURL, id), "")
	call(http.MethodPost, fmt.Sprintf(whitelistURL, id), `{"ip_address":"192.0.2.7","location_id":3}`)
	call(http.MethodDelete, fmt.Sprintf(ipURL, id, "192.0.2.7"), "")
	call(http.MethodPost, fmt.Sprintf(resetURL, id), "")
}
