package main

type operation string

const (
	listLicenses operation = "list-licenses"
	listRegions  operation = "list-regions"
)

const siteBase = "https://orbitflare.com/api/customer/v1"

func route(op operation) string {
	switch op {
	case listRegions:
		return "/locations"
	case listLicenses:
		fallthrough
	default:
		return "/licenses"
	}
}

func run(op operation) error {
	return get(siteBase + route(op))
}
