package main

import (
	"fmt"
	"log"
	"net/http"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

func send(method, u string) error {
	req, err := http.NewRequest(method, u, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func revoke(id, ip string) error {
	return send(http.MethodDelete, apiBase+fmt.Sprintf(addressFormat, id, url.PathEscape(ip)))
}

func regions(page int) error {
	return send(http.MethodGet, fmt.Sprintf(regionsFormat, page, apiBase))
}

func allow(id int) error {
	return send(http.MethodPost, fmt.Sprintf(allowFormat+"25", apiBase, 5, id))
}

func main() {
	steps := []func() error{
		func() error { return revoke("42", "192.0.2.7") },
		func() error { return regions(3) },
		func() error { return allow(42) },
		func() error { return send(http.MethodGet, fmt.Sprintf(licenseFormat, apiBase, "ips", "42")) },
		func() error { return send(http.MethodGet, fmt.Sprintf(pageFormat, apiBase, 5, 0.5)) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
}
