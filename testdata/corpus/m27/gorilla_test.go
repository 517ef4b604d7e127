package main

import (
	"fmt"
	"net/http"

	"github.com/gorilla/mux"
)

func gorillaRoutes() http.Handler {
	root := mux.NewRouter()
	s := root.PathPrefix("/customer/v1").Subrouter()
	s.HandleFunc("/locations", places).Methods(http.MethodGet)
	s.HandleFunc("/licenses/{id:[0-9]+}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, license(mux.Vars(r)["id"]))
	}).Methods(http.MethodGet)
	s.HandleFunc("/licenses/{id:[0-9]+}/ips", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, admitted(mux.Vars(r)["id"]))
	}).Methods(http.MethodGet)
	return root
}
