package main

import (
	"encoding/json"
	"net/http"
	"strings"
)

// newFake returns a server that knows the given licenses.
func newFake(known ...license) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/customer/v1/licenses/", func(w http.ResponseWriter, r *http.Request) {
		id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		for _, l := range known {
			if l.ID == id {
				json.NewEncoder(w).Encode(l)
				return
			}
		}
		http.NotFound(w, r)
	})
	mux.Handle("/customer/v1/locations", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`{"locations":[]}`))
	}))
	return mux
}
