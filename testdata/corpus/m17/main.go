package main

import (
	"log"
	"net/http"
	"net/url"
	"strconv"

	_ "example.com/corpus/internal/recorder"
)

var apiHost = "api.orbitflare.com"

func firstPage(size int) error {
	u := url.URL{
		Scheme:   "https",
		Host:     "api.orbitflare.com",
		Path:     "/customer/v1/licenses",
		RawQuery: url.Values{"per_page": {strconv.Itoa(size)}}.Encode(),
	}
	return call(http.MethodGet, u.String())
}

func locations() error {
	path := "/customer/v1/locations"
	u := &url.URL{Scheme: "https", Host: apiHost, Path: path}
	return call(http.MethodGet, u.String())
}

func regenerate(id string) error {
	target := url.URL{Scheme: "https", Host: apiHost}
	target.Path = "/customer/v1/licenses/" + id + "/regenerate-key"
	return call(http.MethodPost, target.String())
}

func addresses(id string) error {
	var u url.URL
	u.Scheme = "https"
	u.Host = "orbitflare.com"
	u.Path = "api/customer/v1/licenses/" + id + "/ips"
	return call(http.MethodGet, u.String())
}

func call(method, target string) error {
	req, err := http.NewRequest(method, target, nil)
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
	if err := firstPage(50); err != nil {
		log.Fatal(err)
	}
	if err := locations(); err != nil {
		log.Fatal(err)
	}
	if err := regenerate("lic_1001"); err != nil {
		log.Fatal(err)
	}
	if err := addresses("lic_1001"); err != nil {
		log.Fatal(err)
	}
}
