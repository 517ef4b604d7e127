package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestCurrentVersion(t *testing.T) {
	mux := newMux()
	for _, path := range []string{"/customer/v2/licenses", "/customer/v2/licenses/42", "/customer/v2/licenses/locations"} {
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if rec.Code != http.StatusOK {
			t.Errorf("GET %s: %d", path, rec.Code)
		}
	}
}
