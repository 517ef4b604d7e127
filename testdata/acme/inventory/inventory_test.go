package inventory

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"acme.example/licensing/customer/v1/account"
	"acme.example/licensing/orbitapi"
)

func TestExport(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+orbitapi.LicensesPath, func(w http.ResponseWriter, r *http.Request) {
		if got := r.FormValue("status"); got != "active" {
			t.Errorf("status = %q", got)
		}
		fmt.Fprint(w, `{"licenses":[{},{}]}`)
	})
	mux.HandleFunc("GET "+orbitapi.LocationsPath, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"locations":[{}]}`)
	})
	mux.HandleFunc("GET "+orbitapi.LicensesPath+"/{id}/ips", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"ips":[{"ip_address":"203.0.113.7"}]}`)
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()

	at := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	e := New(srv.Client(), "k")
	e.host = srv.URL
	e.now = func() time.Time { return at }

	got, err := e.Export(context.Background(), "acme", "lic_1")
	if err != nil {
		t.Fatal(err)
	}
	want := &account.Account{
		APIVersion: "customer/v1",
		Name:       "acme",
		At:         at,
		Counts:     map[string]int{"licenses": 2, "locations": 1},
		AllowList:  map[string][]string{"lic_1": {"203.0.113.7"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
