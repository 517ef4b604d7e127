//go:build !windows

package config

import (
	"cmp"
	"path/filepath"
)

// ProbeURL is asked to find out whether the API can be reached. The agent
// parameter tells the platforms apart in the vendor's access log.
const ProbeURL = "https://api.orbitflare.com/customer/v1/locations?agent=acme-unix"

func stateDir(getenv func(string) string) string {
	base := cmp.Or(getenv("XDG_STATE_HOME"), filepath.Join(getenv("HOME"), ".local", "state"))
	return filepath.Join(base, "acme")
}
