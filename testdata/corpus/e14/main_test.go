package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestFake(t *testing.T) {
	srv := httptest.NewServer(newFake(license{ID: "42", Plan: "pro"}))
	defer srv.Close()
	c := &client{host: srv.URL, http: &http.Client{Transport: new(http.Transport)}}

	l, err := c.license("42")
	if err != nil {
		t.Fatal(err)
	}
	if l.Plan != "pro" {
		t.Errorf("plan = %q, want pro", l.Plan)
	}
	if got, err := c.locations(); err != nil || got != `{"locations":[]}` {
		t.Errorf("locations = %q, %v", got, err)
	}
}

func TestLicenseNotFound(t *testing.T) {
	mux := http.NewServeMux()
	called := false
	mux.HandleFunc("/customer/v1/licenses/7", func(w http.ResponseWriter, r *http.Request) {
		called = true
		w.WriteHeader(http.StatusNotFound)
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)

	c := &client{host: srv.URL, http: &http.Client{Transport: new(http.Transport)}}
	if _, err := c.license("7"); err == nil {
		t.Error("no error for an unknown license")
	}
	if !called {
		t.Error("the request did not reach the server")
	}
}
