package main

import (
	"testing"

	"github.com/jarcoal/httpmock"
)

func TestCountLocations(t *testing.T) {
	httpmock.Activate()
	defer httpmock.DeactivateAndReset()
	httpmock.RegisterResponder("GET", "https://api.orbitflare.com/customer/v1/locations",
		httpmock.NewStringResponder(200, `{"locations":[{"id":1},{"id":2}]}`))

	got, err := countLocations()
	if err != nil {
		t.Fatal(err)
	}
	if got != 2 {
		t.Errorf("countLocations() = %d, want 2", got)
	}
	if n := httpmock.GetCallCountInfo()["GET https://api.orbitflare.com/customer/v1/locations"]; n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

func TestCountIPs(t *testing.T) {
	httpmock.Activate()
	defer httpmock.DeactivateAndReset()
	httpmock.RegisterResponder("GET", `=~^https://api\.orbitflare\.com/customer/v1/licenses/[^/]+/ips$`,
		httpmock.NewStringResponder(200, `{"ips":[{"ip":"192.0.2.7"}]}`))

	got, err := countIPs("42")
	if err != nil {
		t.Fatal(err)
	}
	if got != 1 {
		t.Errorf("countIPs() = %d, want 1", got)
	}
}
