package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func setup(t *testing.T) (*Client, *http.ServeMux) {
	t.Helper()
	mux := http.NewServeMux()
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return NewClient(WithEndpoint(srv.URL), WithHTTP(srv.Client())), mux
}

func testMethod(t *testing.T, r *http.Request, want string) {
	t.Helper()
	if r.Method != want {
		t.Errorf("method = %s, want %s", r.Method, want)
	}
}

func TestLocations(t *testing.T) {
	c, mux := setup(t)
	mux.HandleFunc("/locations", func(w http.ResponseWriter, r *http.Request) {
		testMethod(t, r, http.MethodGet)
		fmt.Fprint(w, `[{"id":"fra1"}]`)
	})
	got, err := c.Locations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != `[{"id":"fra1"}]` {
		t.Errorf("got %s", got)
	}
}

func TestLocationsFail(t *testing.T) {
	c, mux := setup(t)
	mux.HandleFunc("GET /locations", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, `{"locations":[]}`, http.StatusTeapot)
	})
	_, err := c.Locations(t.Context())
	if err == nil || !strings.Contains(err.Error(), "418") {
		t.Errorf("error %v does not name status 418", err)
	}
}

func TestAdmission(t *testing.T) {
	c, mux := setup(t)
	mux.HandleFunc("/licenses/42/ips", func(w http.ResponseWriter, r *http.Request) {
		testMethod(t, r, http.MethodPost)
		fmt.Fprint(w, `{}`)
	})
	mux.HandleFunc("DELETE /licenses/{id}/ips/{ip}", func(w http.ResponseWriter, r *http.Request) {
		if ip := r.PathValue("ip"); ip != "203.0.113.8" {
			t.Errorf("expelled %s", ip)
		}
		fmt.Fprint(w, `{}`)
	})
	if _, err := c.Admit(t.Context(), "42", "203.0.113.7"); err != nil {
		t.Error(err)
	}
	if _, err := c.Expel(t.Context(), "42", "203.0.113.8"); err != nil {
		t.Error(err)
	}
}
