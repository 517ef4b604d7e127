package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

func TestWalk(t *testing.T) {
	var seen []string
	note := func(w http.ResponseWriter, r *http.Request) { seen = append(seen, r.URL.RequestURI()) }
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+licensesPath(), note)
	mux.HandleFunc("GET "+licensesPath()+"/{id}", note)
	mux.HandleFunc("GET "+licensePath("42")+"/ips", note)
	mux.HandleFunc("GET "+locationsPath(), note)
	srv := httptest.NewServer(mux)
	defer srv.Close()

	w := &walker{host: srv.URL, hc: srv.Client()}
	if err := w.walk("42", 2); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"/customer/v1/locations",
		"/customer/v1/licenses",
		licensePath("42"),
		addressesPath("42", 0),
		"/customer/v1/licenses/42/ips?page=1",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("saw %q, want %q", seen, want)
	}
}
