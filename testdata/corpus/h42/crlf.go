package main

import "net/http"

/*
	Locations are cached by the caller.
*/
func locations() error {
	resp, err := http.Get("https://api.orbitflare.com/customer/v1/locations") // no key needed

	if err != nil {
		return err
	}
	return resp.Body.Close()
}

const banner = `edge
inventory
`
