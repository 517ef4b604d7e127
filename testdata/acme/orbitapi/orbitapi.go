// Package orbitapi holds the names that every caller of the OrbitFlare
// customer API in this module agrees on.
package orbitapi

// Host is the public API host, without a path.
const Host = "https://api.orbitflare.com"

// KeyHeader carries the customer API key.
const KeyHeader = "X-ORBIT-KEY"

// Paths of the collections, relative to Host.
const (
	LicensesPath  = "/customer/v1/licenses"
	LocationsPath = "/customer/v1/locations"
)
