package main

import (
	"net/http/httptest"
	"testing"
)

func TestClient(t *testing.T) {
	srv := httptest.NewServer(routes())
	defer srv.Close()
	c := &client{base: srv.URL + "/" + version, http: srv.Client()}
	if err := c.sites(); err != nil {
		t.Error(err)
	}
	if err := c.seat("42"); err != nil {
		t.Error(err)
	}
	if err := c.renew("42"); err != nil {
		t.Error(err)
	}
}
