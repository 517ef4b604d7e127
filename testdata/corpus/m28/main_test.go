package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestClient(t *testing.T) {
	srv := httptest.NewServer(routes())
	defer srv.Close()
	c := &client{base: srv.URL + "/customer/v1", http: srv.Client()}
	tests := []struct {
		name string
		call func() ([]byte, error)
		want string
	}{
		{"sites", c.sites, `["fra1","ams2"]`},
		{"seat", func() ([]byte, error) { return c.seat("42") }, `{"id":"42"}`},
		{"renew", func() ([]byte, error) { return c.renew("42") }, `{"id":"42"}`},
	}
	for _, tt := range tests {
		got, err := tt.call()
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if s := strings.TrimSpace(string(got)); s != tt.want {
			t.Errorf("%s = %s, want %s", tt.name, s, tt.want)
		}
	}
}
