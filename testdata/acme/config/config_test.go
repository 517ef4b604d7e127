package config

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	env := map[string]string{
		"ORBIT_KEY":      "k",
		"ORBITFLARE_URL": "http://localhost:8080/mirror",
		"XDG_STATE_HOME": "state",
		"LOCALAPPDATA":   "state",
	}
	cfg := Load(func(name string) string { return env[name] })

	if cfg.Key != "k" || cfg.BaseURL != "http://localhost:8080/mirror" || cfg.Egress != "" {
		t.Errorf("got %+v", cfg)
	}
	if cfg.RPCKey != demoRPCKey {
		t.Errorf("RPC key = %q, want the demo key", cfg.RPCKey)
	}
	if !strings.HasPrefix(cfg.State, "state"+string(filepath.Separator)) || filepath.Base(cfg.State) != "snapshot.json" {
		t.Errorf("state = %q", cfg.State)
	}
}

func TestProbeURL(t *testing.T) {
	u, err := url.Parse(ProbeURL)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(u.Query().Get("agent"), "acme-") {
		t.Errorf("agent = %q", u.Query().Get("agent"))
	}
}
