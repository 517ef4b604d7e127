package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

func TestKeys(t *testing.T) {
	var calls []string
	mux := http.NewServeMux()
	mux.HandleFunc("GET /customer/v1/licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		calls = append(calls, "get "+r.PathValue("id"))
	})
	mux.HandleFunc("POST /customer/v1/licenses/{id}/regenerate-key", func(w http.ResponseWriter, r *http.Request) {
		calls = append(calls, "regenerate "+r.PathValue("id"))
	})
	mux.HandleFunc(http.MethodDelete+" /customer/v1/licenses/{license}/ips/{ip...}", func(w http.ResponseWriter, r *http.Request) {
		calls = append(calls, "delete "+r.PathValue("ip"))
		w.WriteHeader(http.StatusNoContent)
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()

	k := keys{base: srv.URL, rt: new(http.Transport)}
	if err := k.renew("42"); err != nil {
		t.Error(err)
	}
	if err := k.forget("42", "192.0.2.7"); err != nil {
		t.Error(err)
	}
	want := []string{"get 42", "regenerate 42", "delete 192.0.2.7"}
	if !slices.Equal(calls, want) {
		t.Errorf("calls = %q, want %q", calls, want)
	}
}
