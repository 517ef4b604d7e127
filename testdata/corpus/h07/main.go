package main

import (
	"io"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func send(method, u string, body io.Reader) error {
	req, err := http.NewRequest(method, u, body)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func main() {
	urls := []string{regionsURL(), licenseURL("", ""), licenseURL("42", ""), licenseURL("42", "ips")}
	for _, u := range urls {
		if err := send(http.MethodGet, u, nil); err != nil {
			log.Fatal(err)
		}
	}
	if err := send(http.MethodPost, endpoint("licenses", "42", "reset-key"), nil); err != nil {
		log.Fatal(err)
	}
	for _, a := range []allowance{{license: "42", address: "192.0.2.7"}, {license: "42", address: "192.0.2.8", nested: true}} {
		if err := a.grant(); err != nil {
			log.Fatal(err)
		}
	}
}
