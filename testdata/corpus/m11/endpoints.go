package main

const (
	host   = "https://api.orbitflare.com"
	prefix = "/customer/v1"

	epLoc     = prefix + "/locations"
	epLic     = prefix + "/licenses"
	epLicByID = epLic + "/"
)

const (
	actionReset = "/reset-key"
	actionRegen = "/regenerate-key"
)
