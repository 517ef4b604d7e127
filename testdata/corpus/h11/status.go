package main

import "strings"

var statusURL = func() string {
	u := strings.TrimRight("https://api.orbitflare.com/customer/v1/", "/")
	return u + "/locations"
}()

func status() error {
	return get(statusURL)
}
