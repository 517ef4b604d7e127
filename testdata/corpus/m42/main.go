// Command look prints licenses or one of them.
package main

import (
	"log"
	"net/http"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

const base = "https://api.orbitflare.com/customer/v1"

type query struct {
	license string
	ips     bool
	filter  url.Values
}

func (q query) url() string {
	u := base
	u += "/licenses"
	if q.license != "" {
		u += "/" + q.license
		if q.ips {
			u += "/ips"
		}
	}
	if len(q.filter) > 0 {
		u += "?" + q.filter.Encode()
	}
	return u
}

func sites(region string) string {
	u := base + "/"
	u += "locations"
	if region != "" {
		u += "?region="
		u += url.QueryEscape(region)
	}
	return u
}

func look(target string) error {
	resp, err := http.Get(target)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	targets := []string{
		query{}.url(),
		query{filter: url.Values{"plan": {"pro"}}}.url(),
		query{license: "42"}.url(),
		query{license: "42", ips: true}.url(),
		sites(""),
		sites("eu"),
	}
	for _, target := range targets {
		if err := look(target); err != nil {
			log.Fatal(err)
		}
	}
}
