package main

const (
	listURL       = "https://api.orbitflare.com/customer/v1/licenses"
	licenseURL    = "https://api.orbitflare.com/customer/v1/licenses/%s"
	resetURL      = "https://api.orbitflare.com/customer/v1/licenses/%s/reset-key"
	ipURL         = "https://api.orbitflare.com/customer/v1/licenses/%s/ips/%s"
	whitelistURL  = "https://api.orbitflare.com/customer/v1/licenses/%s/whitelist-ip"
	locationsURL  = "https://api.orbitflare.com/customer/v1/locations"
	documentation = "https://docs.orbitflare.com/customer/v1/licenses"
)
