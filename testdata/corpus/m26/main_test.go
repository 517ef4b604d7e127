package main

import (
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/corpus/m26/fake"
)

func TestStock(t *testing.T) {
	srv := httptest.NewServer(fake.Handler())
	defer srv.Close()

	s := stock{base: srv.URL + "/customer/v1", http: srv.Client()}
	tests := []struct {
		name string
		read func() ([]byte, error)
		want string
	}{
		{"locations", s.locations, "fra1"},
		{"licenses", s.licenses, `"42"`},
		{"addresses", func() ([]byte, error) { return s.addresses("42") }, "203.0.113.7"},
	}
	for _, tt := range tests {
		got, err := tt.read()
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if !strings.Contains(string(got), tt.want) {
			t.Errorf("%s = %s, want %s in it", tt.name, got, tt.want)
		}
	}
}
