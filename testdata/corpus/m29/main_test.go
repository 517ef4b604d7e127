package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

func TestWarm(t *testing.T) {
	tests := []struct {
		handler http.HandlerFunc
		want    []string
	}{
		{madeUp, []string{`[{"id":"fra1","name":"Frankfurt"}]`, `[{"id":"42"},{"id":"57"}]`, `{"plan":"pro"}`, `[{"ip":"203.0.113.7"}]`}},
		{byExactPath, []string{"[]", "[]", "{}", "{}"}},
	}
	for _, tt := range tests {
		srv := httptest.NewServer(tt.handler)
		defer srv.Close()
		c := &cache{client: srv.Client()}
		if err := c.warm(srv.URL, []string{"42"}); err != nil {
			t.Error(err)
		}
		if !slices.Equal(c.pages, tt.want) {
			t.Errorf("got %q, want %q", c.pages, tt.want)
		}
	}
}
