package audit

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestFields(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/customer/v1/licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		if got := r.PathValue("id"); got != "lic_1" {
			t.Errorf("id = %q", got)
		}
		fmt.Fprint(w, `{"license":{"status":"active","id":"lic_1","auth_mode":"ip"}}`)
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()

	a := New(srv.Client(), "k")
	a.host = srv.URL
	got, err := a.Fields(context.Background(), "lic_1")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"auth_mode", "id", "status"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestWebsiteIPs(t *testing.T) {
	hc := &http.Client{Transport: roundTripFunc(func(req *http.Request) (*http.Response, error) {
		if req.URL.Host != "orbitflare.com" {
			t.Errorf("host = %q", req.URL.Host)
		}
		return &http.Response{
			StatusCode: http.StatusOK,
			Body:       io.NopCloser(strings.NewReader(`{"ips":[{"ip_address":"203.0.113.7"}]}`)),
		}, nil
	})}

	got, err := New(hc, "k").WebsiteIPs(context.Background(), "lic_1")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"203.0.113.7"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
