package main

import (
	"net/http"
	"net/url"
)

type provider interface {
	Name() string
	Query(path string, args url.Values) error
}

type orbit struct{}

func (orbit) Name() string { return "orbit" }

func (orbit) Query(path string, args url.Values) error {
	res, err := http.Get("https://orbitflare.com/api/customer/v1" + path + "?" + args.Encode())
	if err != nil {
		return err
	}
	return res.Body.Close()
}

type partner struct{ tenant string }

func (p partner) Name() string { return "partner " + p.tenant }

func (p partner) Query(path string, args url.Values) error {
	args.Set("tenant", p.tenant)
	res, err := http.Get("https://licensing.partner.example/v3" + path + "?" + args.Encode())
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func survey(providers []provider) error {
	for _, p := range providers {
		if err := p.Query("/locations", url.Values{"limit": {"50"}}); err != nil {
			return err
		}
	}
	return nil
}
