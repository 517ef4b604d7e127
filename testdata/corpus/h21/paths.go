package main

const (
	apiBase = "https://api.orbitflare.com/customer/v1"

	addressFormat = "/licenses/%[1]s/ips/%[2]s?next=%%2F"
	regionsFormat = "%[2]s/locations?page=%03[1]d&sort=%%2Bname"
	allowFormat   = "%s/licenses/%0*d/whitelist-ip?note=100%%"
	licenseFormat = "%[1]s/licenses/%[3]v?expand=%[2]s&raw=%[3]x"
	pageFormat    = "%v/licenses?limit=%02d&ratio=%.2f"
)
