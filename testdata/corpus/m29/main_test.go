package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestWarm(t *testing.T) {
	for _, h := range []http.HandlerFunc{madeUp, byExactPath} {
		srv := httptest.NewServer(h)
		defer srv.Close()
		if err := warm(srv.Client(), srv.URL, []string{"42"}); err != nil {
			t.Error(err)
		}
	}
}
