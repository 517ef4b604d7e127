package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestFiles(t *testing.T) {
	mux, err := newMux()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/customer/v1/app.js", "/customer/v1/assets/app.js"} {
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if rec.Code != http.StatusOK {
			t.Errorf("GET %s: %d", path, rec.Code)
		}
	}
}
