package main

import "net/url"

// The endpoints are variables so that a proxy can be put in between.
var (
	endpointHost = "https://api.orbitflare.com/"
	endpointAPI  = endpointHost + "customer/v1/"

	endpointLicenses  = endpointAPI + "licenses"
	endpointLocations = endpointAPI + "locations"

	endpointLicense = func(id string) string { return endpointLicenses + "/" + id }
	endpointReset   = func(id string) string { return endpointLicense(id) + "/reset-key" }
	endpointIPs     = func(id string) string { return endpointLicense(id) + "/ips" }
	endpointIP      = func(id, ip string) string {
		return endpointIPs(id) + "/" + url.PathEscape(ip)
	}
)
