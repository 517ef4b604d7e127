// Package constants holds the addresses of the services that we call.
package constants

const (
	// V1 is the version segment of customer calls.
	V1 = "v1"

	// APIHost is scheme and host of the API.
	APIHost = "https://api.orbitflare.com"

	// LicenseURL is the collection of licenses.
	LicenseURL = "https://orbitflare.com/api/customer/v1/licenses"

	// LicensePath is the collection below the version.
	LicensePath = "/licenses"

	// LocationPath lists the sites.
	LocationPath = "/locations"
)
