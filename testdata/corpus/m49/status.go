package main

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/imroc/req/v3"
)

func page(n int) error {
	u := fmt.Sprintf("https://orbitflare.com/api/customer/v1/%s?page=%d", url.PathEscape("locations"), n)
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func status() error {
	_, err := req.C().SetBaseURL("https://api.orbitflare.com").R().
		SetPathParam("resource", "locations").
		Get("/customer/v1/{resource}")
	return err
}
