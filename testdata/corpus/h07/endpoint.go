package main

import "strings"

const origin = "https://api.orbitflare.com"

func endpoint(segs ...string) string {
	return strings.Join(append([]string{origin, "customer", "v1"}, segs...), "/")
}

func licenseURL(id, sub string) string {
	segs := []string{"licenses"}
	if id != "" {
		segs = append(segs, id)
		if sub != "" {
			segs = append(segs, sub)
		}
	}
	return endpoint(segs...)
}

func regionsURL() string {
	return endpoint("locations")
}
