package syncjob

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func setup(t *testing.T) (*Job, *http.ServeMux) {
	t.Helper()
	mux := http.NewServeMux()
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	job := New(srv.Client(), "k")
	job.host = srv.URL
	return job, mux
}

func TestRun(t *testing.T) {
	job, mux := setup(t)
	mux.HandleFunc("GET /customer/v1/licenses", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"licenses":[]}`)
	})
	mux.HandleFunc("GET /customer/v1/licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"license":{"id":%q}}`, r.PathValue("id"))
	})
	mux.HandleFunc("GET /customer/v1/licenses/{id}/ips", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"ips":[]}`)
	})
	mux.HandleFunc("GET /customer/v1/locations", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"locations":[{"id":"fra1"},{"id":"nyc1"}]}`)
	})

	snap, err := job.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(snap) != len(endpoints) {
		t.Errorf("snapshot has %d parts, want %d", len(snap), len(endpoints))
	}
	if got, want := string(snap["pool"]), `{"license":{"id":"lic_pool"}}`; got != want {
		t.Errorf("pool = %s, want %s", got, want)
	}
	got, err := snap.Locations()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"fra1", "nyc1"}; !slices.Equal(got, want) {
		t.Errorf("locations = %q, want %q", got, want)
	}
}

func TestRunPartial(t *testing.T) {
	job, mux := setup(t)
	mux.HandleFunc("/customer/v1/licenses", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"licenses":[]}`)
	})

	snap, err := job.Run(context.Background())
	if err == nil || !strings.Contains(err.Error(), "syncjob: locations: status 404") {
		t.Errorf("err = %v, want locations to fail with 404", err)
	}
	if len(snap) != 1 || snap["licenses"] == nil {
		t.Errorf("snapshot = %v, want the licenses alone", snap)
	}
	if _, err := snap.Locations(); err == nil {
		t.Error("Locations of a snapshot without them: no error")
	}
}
