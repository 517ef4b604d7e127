package main

import (
	"fmt"
	"net/http"
)

func stripped() http.Handler {
	inner := http.NewServeMux()
	inner.HandleFunc("GET /locations", places)
	inner.HandleFunc("GET /licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, license(r.PathValue("id")))
	})
	inner.HandleFunc("GET /licenses/{id}/ips", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, admitted(r.PathValue("id")))
	})
	outer := http.NewServeMux()
	outer.Handle("/customer/v1/", http.StripPrefix("/customer/v1", inner))
	return outer
}
