// Command gateway serves the old and the new paths side by side.
package main

import (
	"flag"
	"log"
	"net/http"
)

type handlers struct{}

func (handlers) licenses(w http.ResponseWriter, r *http.Request)  { w.Write([]byte(`[]`)) }
func (handlers) license(w http.ResponseWriter, r *http.Request)   { w.Write([]byte(`{}`)) }
func (handlers) locations(w http.ResponseWriter, r *http.Request) { w.Write([]byte(`[]`)) }

func newMux() *http.ServeMux {
	var h handlers
	mux := http.NewServeMux()

	mux.HandleFunc("GET /customer/v1/licenses", h.licenses)
	mux.HandleFunc("GET /customer/v1/licenses/{id}", h.license)
	mux.HandleFunc("GET /customer/v1/locations", h.locations)

	mux.HandleFunc("GET /customer/v2/licenses", h.licenses)
	mux.HandleFunc("GET /customer/v2/licenses/{id}", h.license)
	mux.HandleFunc("GET /customer/v2/licenses/locations", h.locations)
	return mux
}

func main() {
	addr := flag.String("addr", "", "`address` to listen on; empty to check the routes only")
	flag.Parse()
	mux := newMux()
	if *addr == "" {
		return
	}
	log.Fatal(http.ListenAndServe(*addr, mux))
}
