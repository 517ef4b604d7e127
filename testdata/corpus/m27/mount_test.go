package main

import (
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"
)

func chiMounted() http.Handler {
	root := chi.NewRouter()
	root.Mount("/customer/v1", chiSub())
	return root
}

func chiSub() http.Handler {
	r := chi.NewRouter()
	r.Get("/locations", places)
	r.Route("/licenses/{id}", func(r chi.Router) {
		r.Get("/", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, license(chi.URLParam(r, "id")))
		})
		r.Get("/ips", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, admitted(chi.URLParam(r, "id")))
		})
	})
	return r
}
