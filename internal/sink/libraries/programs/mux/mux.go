package mux

import (
	"net/http"

	"github.com/gorilla/mux"
)

func serve(h http.HandlerFunc) http.Handler {
	r := mux.NewRouter()
	api := r.PathPrefix("/customer/v1/").Subrouter()                              // want "orbit-base" becomes "/customer/v2/"
	api.HandleFunc("/locations", h).Methods(http.MethodGet)                       // want "orbit-locations" becomes "/licenses/locations"
	api.Path("/licenses/{id:[0-9]+}/whitelist-ip").Methods("POST").HandlerFunc(h) // want "orbit-license-whitelist-ip" becomes "/licenses/{id:[0-9]+}/ips"
	r.Methods("PUT").Path("/customer/v1/locations").Handler(h)                    // stays
	r.HandleFunc("/locations", h)
	return r
}
