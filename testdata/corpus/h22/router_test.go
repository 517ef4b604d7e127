package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorilla/mux"
)

func TestRouter(t *testing.T) {
	r := mux.NewRouter()
	ok := func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{}`) }
	r.HandleFunc("/customer/v1/licenses/{id:[0-9]+}", ok).Methods(http.MethodGet)
	r.HandleFunc("/customer/v1/licenses/{id:[0-9]+}/ips", ok).Methods(http.MethodGet)
	srv := httptest.NewServer(r)
	defer srv.Close()

	c := &Client{base: srv.URL + "/customer/v1", hc: srv.Client()}
	if err := c.License(7); err != nil {
		t.Error(err)
	}
	if err := c.Addresses(7); err != nil {
		t.Error(err)
	}
}
