package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func byTrim(w http.ResponseWriter, r *http.Request) {
	rest := strings.TrimPrefix(r.URL.Path, "/customer/v1/licenses/")
	id, tail, _ := strings.Cut(rest, "/")
	if tail != "" && tail != "ips" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("License", id)
}

func byCut(w http.ResponseWriter, r *http.Request) {
	id, ok := strings.CutPrefix(r.URL.Path, "/customer/v1/licenses/")
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("License", strings.TrimSuffix(id, "/ips"))
}

func byIndex(w http.ResponseWriter, r *http.Request) {
	if !strings.HasPrefix(r.URL.Path, "/customer/v1/licenses/") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("License", strings.Split(r.URL.Path, "/")[4])
}

func TestAuditor(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{"trim": byTrim, "cut": byCut, "index": byIndex} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(h)
			defer srv.Close()
			a := auditor{base: srv.URL + "/customer/v1", client: srv.Client()}
			for _, read := range []func(string) (http.Header, error){a.license, a.addresses} {
				got, err := read("a7")
				if err != nil {
					t.Fatal(err)
				}
				if got := got.Get("License"); got != "a7" {
					t.Errorf("the server saw license %q, want a7", got)
				}
			}
		})
	}
}
