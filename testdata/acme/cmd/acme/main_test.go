package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"acme.example/licensing/config"
	"acme.example/licensing/egress"
)

func env(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

func TestCommands(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"license":{"id":%q}}`, r.PathValue("id"))
	})
	mux.HandleFunc("GET /licenses/{id}/ips", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"ips":[{"ip_address":"203.0.113.7"}]}`)
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()

	tests := []struct {
		args []string
		want string
	}{
		{[]string{"license", "lic_7"}, `"id": "lic_7"`},
		{[]string{"ips", "lic_7"}, `"ip_address": "203.0.113.7"`},
	}
	for _, tt := range tests {
		var stdout, stderr bytes.Buffer
		args := append([]string{"-base", srv.URL}, tt.args...)
		if err := run(context.Background(), args, env(nil), &stdout, &stderr); err != nil {
			t.Errorf("%q: %v", tt.args, err)
		}
		if !strings.Contains(stdout.String(), tt.want) {
			t.Errorf("%q: output %q, want %s in it", tt.args, stdout.String(), tt.want)
		}
	}
}

func TestWrongArguments(t *testing.T) {
	for _, args := range [][]string{{}, {"license"}, {"deny", "lic_1"}, {"frobnicate"}} {
		var out bytes.Buffer
		if err := run(context.Background(), args, env(nil), &out, &out); !errors.Is(err, errUsage) {
			t.Errorf("%q: err = %v, want %v", args, err, errUsage)
		}
	}
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	err := run(context.Background(), []string{"-h"}, env(nil), &stdout, &stderr)
	if !errors.Is(err, flag.ErrHelp) {
		t.Fatalf("err = %v, want %v", err, flag.ErrHelp)
	}
	for _, want := range []string{"replay", "curl -H", "-base url"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("help does not say %q", want)
		}
	}
}

// gateway counts the requests to each host and answers all with an empty object.
type gateway struct {
	mu    sync.Mutex
	hosts map[string]int
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hosts[r.Header.Get(egress.HostHeader)]++
	fmt.Fprint(w, `{}`)
}

func TestReplayUsesGateway(t *testing.T) {
	g := &gateway{hosts: make(map[string]int)}
	srv := httptest.NewServer(g)
	defer srv.Close()

	var stdout, stderr bytes.Buffer
	err := run(context.Background(), []string{"replay"}, env(map[string]string{"ACME_EGRESS": srv.URL}), &stdout, &stderr)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{
		"api.orbitflare.com":         25,
		"orbitflare.com":             1,
		"api.partner.example":        1,
		"mainnet.rpc.orbitflare.com": 1,
	}
	for host, n := range want {
		if g.hosts[host] != n {
			t.Errorf("%d requests to %s, want %d", g.hosts[host], host, n)
		}
	}
	if len(g.hosts) != len(want) {
		t.Errorf("hosts = %v, want %v", g.hosts, want)
	}
}

func TestSyncWritesState(t *testing.T) {
	srv := httptest.NewServer(&gateway{hosts: make(map[string]int)})
	defer srv.Close()
	dir := t.TempDir()
	getenv := env(map[string]string{
		"ACME_EGRESS":    srv.URL,
		"XDG_STATE_HOME": dir,
		"LOCALAPPDATA":   dir,
	})

	var stdout, stderr bytes.Buffer
	if err := run(context.Background(), []string{"sync"}, getenv, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(config.Load(getenv).State)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), `"locations"`) {
		t.Errorf("snapshot = %s", b)
	}
}
