package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func double() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /customer/v1/licenses", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `[{"id":"42"}]`)
	})
	mux.HandleFunc("GET /customer/v1/locations", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `[{"id":"fra1"}]`)
	})
	mux.HandleFunc("/customer/v1/licenses/{id}/ips", func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet:
			fmt.Fprintf(w, `[{"license":%q}]`, r.PathValue("id"))
		case http.MethodPost:
			w.WriteHeader(http.StatusCreated)
		}
	})
	return mux
}

func TestDouble(t *testing.T) {
	tests := []struct {
		name   string
		method string
		path   string
		code   int
		body   string
	}{
		{name: "list", method: "GET", path: "/customer/v1/licenses", code: 200, body: `"42"`},
		{name: "places", method: "GET", path: "/customer/v1/locations", code: 200, body: "fra1"},
		{name: "addresses", method: "GET", path: "/customer/v1/licenses/7/ips", code: 200, body: `"7"`},
		{"admit", http.MethodPost, "/customer/v1/licenses/9/ips", 201, ""},
		{name: "health", method: "GET", path: "/healthz", code: 404, body: "not found"},
	}
	h := double()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(tt.method, tt.path, nil))
			if rec.Code != tt.code || !strings.Contains(rec.Body.String(), tt.body) {
				t.Errorf("got %d %s, want %d with %s", rec.Code, rec.Body, tt.code, tt.body)
			}
		})
	}
}

func TestProbe(t *testing.T) {
	srv := httptest.NewServer(double())
	defer srv.Close()
	if err := probe(srv.Client(), srv.URL, checks); err != nil {
		t.Error(err)
	}
}
