// Package config reads the settings of the program from the environment.
package config

import (
	"cmp"
	"path/filepath"
)

// Config is the settings of one run.
type Config struct {
	Key     string // customer API key
	RPCKey  string // key of the RPC network
	BaseURL string // base of the customer API; empty means the client's default
	Egress  string // URL of the egress gateway; empty means none
	State   string // file that snapshots are written to
}

// demoRPCKey is good for the public demo quota only.
const demoRPCKey = "ORBIT-000000-FAKE-DEMO"

// Load reads the settings with getenv, which is os.Getenv in production.
func Load(getenv func(string) string) Config {
	return Config{
		Key:     getenv("ORBIT_KEY"),
		RPCKey:  cmp.Or(getenv("ORBIT_RPC_KEY"), demoRPCKey),
		BaseURL: getenv("ORBITFLARE_URL"),
		Egress:  getenv("ACME_EGRESS"),
		State:   filepath.Join(stateDir(getenv), "snapshot.json"),
	}
}
