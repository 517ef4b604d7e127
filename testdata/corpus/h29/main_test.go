package main

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"testing"

	"gopkg.in/dnaeon/go-vcr.v4/pkg/cassette"
	"gopkg.in/dnaeon/go-vcr.v4/pkg/recorder"
)

func replay(t *testing.T, name string) *Client {
	t.Helper()
	byURL := func(r *http.Request, i cassette.Request) bool {
		return r.Method == i.Method && r.URL.String() == i.URL
	}
	rec, err := recorder.New("testdata/cassettes/"+name,
		recorder.WithMode(recorder.ModeReplayOnly), recorder.WithSkipRequestLatency(true), recorder.WithMatcher(byURL))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := rec.Stop(); err != nil {
			t.Error(err)
		}
	})
	return &Client{Server: defaultServer, HTTP: rec.GetDefaultClient()}
}

func TestRegions(t *testing.T) {
	export, err := replay(t, "regions").Regions()
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/regions.golden.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(got)+"\n" != string(want) {
		t.Errorf("export:\n%s\nwant:\n%s", got, want)
	}
}

func TestIPs(t *testing.T) {
	got, err := replay(t, "ips").IPs("42")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"192.0.2.7", "192.0.2.8"}; !slices.Equal(got, want) {
		t.Errorf("IPs = %v, want %v", got, want)
	}
}
