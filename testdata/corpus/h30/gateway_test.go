package gateway

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func testClient(t *testing.T, key string) *Client {
	t.Helper()
	srv := httptest.NewServer(New())
	t.Cleanup(srv.Close)
	c := NewClient(key)
	c.Base = srv.URL + "/customer/v1"
	return c
}

func TestLimits(t *testing.T) {
	c := testClient(t, "test")
	tests := []struct {
		name string
		call func() (string, error)
		want string
	}{
		{"licenses", c.Licenses, ""},
		{"locations", c.Locations, "30s"},
		{"ips", func() (string, error) { return c.IPs("42") }, "10s"},
		{"reset key", func() (string, error) { return c.ResetKey("42", "rotated") }, "5s"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.call()
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("timeout %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBodyLimit(t *testing.T) {
	c := testClient(t, "test")
	_, err := c.ResetKey("42", strings.Repeat("x", 2<<10))
	if err == nil || !strings.Contains(err.Error(), "413") {
		t.Errorf("ResetKey with a large body: %v, want 413", err)
	}
}

func TestKeyRequired(t *testing.T) {
	c := testClient(t, "")
	if _, err := c.Licenses(); err != nil {
		t.Errorf("Licenses without a key: %v", err)
	}
	if _, err := c.Locations(); err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("Locations without a key: %v, want 401", err)
	}
}
