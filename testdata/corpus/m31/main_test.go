package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type spy struct {
	*httptest.Server
	Path   string
	Method string
}

func listen(t *testing.T) (*api, *spy) {
	t.Helper()
	s := &spy{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Path, s.Method = r.URL.Path, r.Method
	}))
	t.Cleanup(s.Close)
	return &api{root: s.URL + "/customer/v1", hc: s.Client()}, s
}

func TestLicense(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got, want := r.URL.Path, "/customer/v1/licenses/42"; got != want {
			t.Errorf("path = %q, want %q", got, want)
		}
	}))
	defer srv.Close()
	a := &api{root: srv.URL + "/customer/v1", hc: srv.Client()}
	if err := a.license(t.Context(), 42); err != nil {
		t.Fatal(err)
	}
}

func TestLocations(t *testing.T) {
	a, srv := listen(t)
	require.NoError(t, a.locations(t.Context()))
	assert.Equal(t, "/customer/v1/locations", srv.Path)
	assert.Equal(t, http.MethodGet, srv.Method)
}

func TestAdmit(t *testing.T) {
	a, srv := listen(t)
	require.NoError(t, a.admit(t.Context(), 42))
	require.Equal(t, "POST /customer/v1/licenses/42/ips", srv.Method+" "+srv.Path)
	if srv.Path != "/customer/v1/licenses/42/ips" {
		t.Errorf("the server saw %s", srv.Path)
	}
}
