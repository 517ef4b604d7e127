package main

const (
	defaultHost = "https://api.orbitflare.com"
	siteHost    = "https://orbitflare.com"
)

func regions(viaSite bool) error {
	root := defaultHost + "/customer/v1"
	if viaSite {
		root = siteHost + "/api/customer/v1"
	}
	return get(root + "/locations")
}
