package main

import (
	"net/http"

	"example.com/corpus/m28/web"
)

const version = "customer/v1"

func routes() *web.App {
	app := web.New()
	app.Handle(http.MethodGet, "", "/healthz", alive)
	app.Handle(http.MethodGet, version, "/locations", sites)
	app.Handle(http.MethodGet, version, "/licenses/{id}", one)
	app.Handle(http.MethodPost, version, "/licenses/{id}/reset-key", one)
	return app
}

func alive(*http.Request) (any, error) { return map[string]bool{"ok": true}, nil }

func sites(*http.Request) (any, error) { return []string{"fra1", "ams2"}, nil }

func one(r *http.Request) (any, error) { return map[string]string{"id": r.PathValue("id")}, nil }
