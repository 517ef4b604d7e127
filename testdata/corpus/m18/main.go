package main

import (
	"log"
	"net/http"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

type caller struct {
	base string
}

func (c caller) ips(license string) error {
	return fire(http.MethodGet, strings.Join([]string{c.base, "licenses", license, "ips"}, "/"))
}

func (c caller) dropIP(license, ip string) error {
	parts := []string{c.base, "licenses", license, "ips", ip}
	return fire(http.MethodDelete, strings.Join(parts, "/"))
}

func rotate(license string) error {
	segs := [...]string{"https:", "", "api.orbitflare.com", "customer", "v1", "licenses", license, "regenerate-key"}
	return fire(http.MethodPost, strings.Join(segs[:], "/"))
}

func sites() error {
	const sep = "/"
	host := "https://api.orbitflare.com"
	return fire(http.MethodGet, strings.Join([]string{host, "customer/v1/locations"}, sep))
}

func fire(method, url string) error {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	c := caller{base: "https://orbitflare.com/api/customer/v1"}
	for _, err := range []error{
		c.ips("lic_1001"),
		c.dropIP("lic_1001", "203.0.113.7"),
		rotate("lic_1001"),
		sites(),
	} {
		if err != nil {
			log.Fatal(err)
		}
	}
}
