package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRegions(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.Trim(r.URL.Path, "/")
		words := strings.Split(path, "/")
		if len(words) != 3 || words[1] != "v1" || words[2] != "locations" {
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	defer srv.Close()
	defer func(old string) { base = old }(base)
	base = srv.URL + "/customer/v1"
	res, err := regions()
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Error(res.Status)
	}
}
