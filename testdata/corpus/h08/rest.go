package main

import "net/http"

var APIVersion = "1"

func endpoint(path string) string {
	return "https://api.orbitflare.com/" + "customer/v" + APIVersion + "/" + path
}

func get(u string) error {
	res, err := http.Get(u)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func inventory() error {
	if err := get(endpoint("licenses")); err != nil {
		return err
	}
	return get(endpoint("locations"))
}
