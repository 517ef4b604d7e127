package chi

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

func serve(h http.HandlerFunc) http.Handler {
	r := chi.NewRouter()
	r.Route("/customer", func(r chi.Router) {
		r.Group(func(r chi.Router) {
			r.With(nil).Get("/v1/locations", h) // want "orbit-locations" becomes "/v2/licenses/locations"
		})
		r.Mount("/v1/licenses", licenses(h)) // want "orbit-base" becomes "/v2/licenses"
	})
	return r
}

func licenses(h http.HandlerFunc) chi.Router {
	r := chi.NewRouter()
	r.Method("POST", "/{id}/whitelist-ip", h) // want "orbit-license-whitelist-ip" becomes "/{id}/ips"
	return r
}
