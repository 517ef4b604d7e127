package main

import "net/http"

const host = "https://api.orbitflare.com"

const (
	regionsPath = "\x2fcustomer\u002fv1/locations"
	prefix      = "/customer\057v1"
	grantPath   = "/licenses/42/\u0077hitelist\U0000002dip"
)

func get(path string) error {
	res, err := http.Get(host + path)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func grant() error {
	res, err := http.Post(host+prefix+grantPath, "application/json", http.NoBody)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
