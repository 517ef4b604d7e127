package main

import (
	"io"
	nethttp "net/http"
)

type session struct{ origin string }

func (s session) Get(path string) (*nethttp.Response, error) {
	return nethttp.Get(s.origin + path)
}

func (s session) Post(path, contentType string, body io.Reader) (*nethttp.Response, error) {
	return nethttp.Post(s.origin+path, contentType, body)
}

func partnerStock() error {
	http := session{origin: "https://api.partner.example"}
	resp, err := http.Get("/customer/v1/locations")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func resetKey() error {
	post := func(http session, id string) (*nethttp.Response, error) {
		return http.Post("/customer/v1/licenses/"+id+"/reset-key", "", nil)
	}
	resp, err := post(session{origin: "https://api.orbitflare.com"}, "42")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
