package main

import (
	"log"
	"net/http"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func unlist(license, ip string) error {
	customer, err := url.Parse("https://api.orbitflare.com/customer/")
	if err != nil {
		return err
	}
	u, err := customer.Parse("v1/licenses/" + license + "/ips/" + ip)
	if err != nil {
		return err
	}
	return dispatch(http.MethodDelete, u)
}

func main() {
	plain, err := newService("https://api.orbitflare.com/customer/v1")
	must(err)
	must(plain.send(http.MethodGet, "locations"))

	slashed, err := newService("https://orbitflare.com/api/customer/v1/")
	must(err)
	must(slashed.send(http.MethodPost, "licenses/lic_1001/reset-key"))

	origin, err := url.Parse("https://api.orbitflare.com")
	must(err)
	g := gateway{origin: origin}
	must(g.send(http.MethodGet, "/customer/v1/locations"))
	must(g.send(http.MethodGet, "/customer/v1/licenses?status=active"))

	must(unlist("lic_1001", "203.0.113.7"))
}
