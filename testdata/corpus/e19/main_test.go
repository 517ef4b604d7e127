package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

type inProcess struct{ http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	p.ServeHTTP(rec, r)
	return rec.Result(), nil
}

func fakeAPI() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/customer/v1/locations", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		w.Write([]byte(`{"locations":[]}`))
	})
	return mux
}

func TestRefresh(t *testing.T) {
	if err := refresh(inProcess{fakeAPI()}); err != nil {
		t.Error(err)
	}
}

func TestFakeAPI(t *testing.T) {
	for _, tc := range []struct {
		name string
		req  *http.Request
		code int
	}{
		{"list", httptest.NewRequest(http.MethodGet, "/customer/v1/locations", nil), http.StatusOK},
		{"query", httptest.NewRequest("GET", "/customer/v1/locations?page=2", nil), http.StatusOK},
		{"context", httptest.NewRequestWithContext(t.Context(), "GET", "https://api.orbitflare.com/customer/v1/locations", nil), http.StatusOK},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			fakeAPI().ServeHTTP(rec, tc.req)
			if rec.Code != tc.code {
				t.Errorf("code = %d, want %d", rec.Code, tc.code)
			}
		})
	}
}
