package main

type endpoint int

const (
	epLicenses endpoint = iota
	epLocations
	epFirstLicense
)

const apiBase = "https://api.orbitflare.com/customer/v1"

var paths = [...]string{
	epLicenses:     "/licenses",
	epLocations:    "/locations",
	epFirstLicense: "/licenses/1",
}

func load(e endpoint) error {
	return get(apiBase + paths[e])
}
