package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

const base = "https://api.orbitflare.com/customer/v1"

func listIPs(id string) error {
	u, err := url.JoinPath(base, "licenses", id, "ips")
	if err != nil {
		return fmt.Errorf("license %q: %w", id, err)
	}
	return finish(http.Get(u))
}

func addIP(id, ip string) error {
	u, err := url.JoinPath(base, "licenses/", id, "/ips")
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]string{"ip_address": ip})
	if err != nil {
		return err
	}
	return finish(http.Post(u, "application/json", bytes.NewReader(body)))
}

func listLocations(page string) error {
	root, err := url.Parse(base)
	if err != nil {
		return err
	}
	u := root.JoinPath("locations")
	u.RawQuery = url.Values{"page": {page}}.Encode()
	return finish(http.Get(u.String()))
}

func getLicense(id string) error {
	root := &url.URL{Scheme: "https", Host: "orbitflare.com"}
	return finish(http.Get(root.JoinPath("api", "customer", "v1", "licenses", id).String()))
}

func finish(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	for _, err := range []error{
		listIPs("lic_1001"),
		addIP("lic_1001", "203.0.113.7"),
		listLocations("2"),
		getLicense("lic_1001"),
	} {
		if err != nil {
			log.Fatal(err)
		}
	}
}
