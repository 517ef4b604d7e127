package main

import (
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"
)

func chiRoutes() http.Handler {
	r := chi.NewRouter()
	r.Route("/customer/v1", func(r chi.Router) {
		r.Get("/locations", places)
		r.Get("/licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, license(chi.URLParam(r, "id")))
		})
		r.Get("/licenses/{id}/ips", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, admitted(chi.URLParam(r, "id")))
		})
	})
	return r
}
