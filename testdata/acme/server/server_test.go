package server

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"acme.example/licensing/orbit"
)

// setup returns the handler under test, with a fake customer API behind it.
func setup(t *testing.T) http.Handler {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /customer/v1/licenses", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"licenses":[{"id":"lic_1","status":%q}]}`, r.FormValue("status"))
	})
	mux.HandleFunc("GET /customer/v1/licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		if id := r.PathValue("id"); id != "lic_1" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		fmt.Fprint(w, `{"license":{"id":"lic_1","plan":"pro"}}`)
	})
	mux.HandleFunc("/customer/v1/licenses/{id}/ips", func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet:
			fmt.Fprint(w, `{"ips":[{"ip_address":"203.0.113.7","location_id":"fra1"}]}`)
		case http.MethodPost:
			w.WriteHeader(http.StatusCreated)
		default:
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
	mux.HandleFunc("DELETE /customer/v1/licenses/{id}/ips/{ip}", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
	})
	mux.HandleFunc("GET /customer/v1/locations", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"locations":[{"id":"fra1","name":"Frankfurt","region":"eu"}]}`)
	})
	upstream := httptest.NewServer(mux)
	t.Cleanup(upstream.Close)

	client := orbit.New("k", orbit.WithBaseURL(upstream.URL+"/customer/v1"))
	return New(client, slog.New(slog.DiscardHandler)).Handler()
}

func TestRelay(t *testing.T) {
	h := setup(t)
	tests := []struct {
		name   string
		method string
		target string
		status int
		body   string // a part of the answer
	}{
		{"health", "GET", "/healthz", http.StatusNoContent, ""},
		{"licenses", "GET", "/api/licenses?status=active", http.StatusOK, `"status":"active"`},
		{"license", "GET", "/api/licenses/lic_1", http.StatusOK, `"plan":"pro"`},
		{"license that is not there", "GET", "/api/licenses/lic_2", http.StatusNotFound, "Not Found"},
		{"allow list", "GET", "/api/licenses/lic_1/ips", http.StatusOK, `"ip_address":"203.0.113.7"`},
		{"add", "PUT", "/api/licenses/lic_1/ips/203.0.113.8?location=fra1", http.StatusOK, `"location_id":"fra1"`},
		{"add nonsense", "PUT", "/api/licenses/lic_1/ips/localhost", http.StatusBadRequest, "not an IP address"},
		{"delete that fails", "DELETE", "/api/licenses/lic_1/ips/203.0.113.7", http.StatusBadGateway, "Bad Gateway"},
		{"locations", "GET", "/api/locations", http.StatusOK, `"name":"Frankfurt"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(tt.method, tt.target, nil))
			if rec.Code != tt.status {
				t.Errorf("status = %d, want %d", rec.Code, tt.status)
			}
			body, err := io.ReadAll(rec.Body)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(body), tt.body) {
				t.Errorf("body = %q, want %q in it", body, tt.body)
			}
		})
	}
}
