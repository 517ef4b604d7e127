package main

import (
	"log"
	"net/http"
	"net/url"
	"path"

	_ "example.com/corpus/internal/recorder"
)

const (
	origin  = "https://api.orbitflare.com"
	version = "v1"
)

func licensePath(id string) string {
	return path.Join("/customer", "v1", "licenses", id)
}

func ipsPath(id string) string {
	return path.Join("/customer", version, "licenses", id, "ips")
}

func show(id string) error {
	return do(http.MethodGet, licensePath(id))
}

func rotate(id string) error {
	return do(http.MethodPost, path.Join(licensePath(id), "regenerate-key"))
}

func whitelist(id string) error {
	return do(http.MethodGet, ipsPath(id))
}

func unlist(id, ip string) error {
	return do(http.MethodDelete, ipsPath(id)+"/"+url.PathEscape(ip))
}

func do(method, p string) error {
	req, err := http.NewRequest(method, origin+p, nil)
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
	const id = "lic_1001"
	for _, f := range []func(string) error{show, rotate, whitelist} {
		if err := f(id); err != nil {
			log.Fatal(err)
		}
	}
	if err := unlist(id, "203.0.113.7"); err != nil {
		log.Fatal(err)
	}
}
