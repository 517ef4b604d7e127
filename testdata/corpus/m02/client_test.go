package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestGet(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"id": %q, "status": "active"}`, r.PathValue("id"))
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()

	c := &Client{Key: "test"}
	c.BaseURL = srv.URL
	c.HTTP = srv.Client()
	l, err := c.Get(context.Background(), "lic_7")
	if err != nil {
		t.Fatal(err)
	}
	if l.ID != "lic_7" || l.Status != "active" {
		t.Errorf("got %+v", *l)
	}
}

func TestRegenerateKeyForbidden(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-ORBIT-KEY") == "" {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer srv.Close()

	c := &Client{BaseURL: srv.URL, HTTP: srv.Client()}
	if err := c.RegenerateKey(context.Background(), "lic_7"); err == nil {
		t.Error("a call without a key succeeded")
	}
}
