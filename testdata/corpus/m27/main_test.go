package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestReader(t *testing.T) {
	servers := map[string]http.Handler{
		"chi route":    chiRoutes(),
		"chi mount":    chiMounted(),
		"gorilla":      gorillaRoutes(),
		"strip prefix": stripped(),
	}
	for name, h := range servers {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(h)
			defer srv.Close()
			r := reader{base: srv.URL + "/customer/v1", client: srv.Client()}
			equal(t, r.places, `[{"id":"fra1"}]`)
			equal(t, func() (json.RawMessage, error) { return r.license(42) }, `{"id":42}`)
			equal(t, func() (json.RawMessage, error) { return r.admitted(42) }, `[{"license":42,"ip":"203.0.113.7"}]`)
		})
	}
}

func equal(t *testing.T, read func() (json.RawMessage, error), want string) {
	t.Helper()
	got, err := read()
	if err != nil {
		t.Error(err)
	} else if string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
