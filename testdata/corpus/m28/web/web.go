// Package web is the small HTTP framework of the company.
package web

import (
	"encoding/json"
	"net/http"
)

// A Handler answers a request with a value that is sent as JSON.
type Handler func(r *http.Request) (any, error)

// App is a server.
type App struct {
	mux    *http.ServeMux
	around []func(http.Handler) http.Handler
}

// New returns a server whose handlers are called through the given middleware, the first outermost.
func New(around ...func(http.Handler) http.Handler) *App {
	return &App{mux: http.NewServeMux(), around: around}
}

// ServeHTTP implements http.Handler.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

// Handle routes a method and a path to h. The path lies below the version, if there is one.
func (a *App) Handle(method, version, path string, h Handler) {
	var next http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := h(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	})
	for i := len(a.around) - 1; i >= 0; i-- {
		next = a.around[i](next)
	}
	pattern := path
	if version != "" {
		pattern = "/" + version + path
	}
	a.mux.Handle(method+" "+pattern, next)
}
