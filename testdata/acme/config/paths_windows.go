package config

import "path/filepath"

// ProbeURL is asked to find out whether the API can be reached. The agent
// parameter tells the platforms apart in the vendor's access log.
const ProbeURL = "https://api.orbitflare.com/customer/v1/locations?agent=acme-windows"

func stateDir(getenv func(string) string) string {
	return filepath.Join(getenv("LOCALAPPDATA"), "Acme", "Licensing")
}
