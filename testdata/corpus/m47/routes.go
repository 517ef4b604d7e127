package main

import (
	"fmt"
	"net/http"
)

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /customer/v1/locations", listLocations)
	mux.HandleFunc("GET /customer/v1/licenses/{id}", getLicense)
	return mux
}

// listLocations godoc
//
// @Summary  Locations that licenses can run in
// @Tags     locations
// @Success  200 {array} string
// @Router   /locations [get]
func listLocations(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, `["fra1","ams2"]`)
}

// getLicense godoc
//
// @Summary  One license
// @Tags     licenses
// @Param    id path string true "ID of the license"
// @Success  200 {object} map[string]string
// @Router   /licenses/{id} [get]
func getLicense(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, `{"id":%q}`, r.PathValue("id"))
}
