package orbit

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

const testKey = "test-key"

// setup returns a client and the mux that answers it.
func setup(t *testing.T) (*Client, *http.ServeMux) {
	t.Helper()
	mux := http.NewServeMux()
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return New(testKey, WithBaseURL(srv.URL), WithUserAgent("orbit-test")), mux
}

func testMethod(t *testing.T, r *http.Request, want string) {
	t.Helper()
	if r.Method != want {
		t.Errorf("method = %s, want %s", r.Method, want)
	}
}

func testBody(t *testing.T, r *http.Request, want string) {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Errorf("read body: %v", err)
	}
	if got := string(b); got != want {
		t.Errorf("body = %s, want %s", got, want)
	}
}

func TestListLicenses(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("/licenses", func(w http.ResponseWriter, r *http.Request) {
		testMethod(t, r, http.MethodGet)
		if got, want := r.URL.RawQuery, "page=2&per_page=50"; got != want {
			t.Errorf("query = %q, want %q", got, want)
		}
		if got := r.Header.Get("X-ORBIT-KEY"); got != testKey {
			t.Errorf("key header = %q, want %q", got, testKey)
		}
		if got := r.Header.Get("User-Agent"); got != "orbit-test" {
			t.Errorf("user agent = %q", got)
		}
		fmt.Fprint(w, `{"error":false,"licenses":[{"id":"lic_1","plan":"pro","locations":["fra1"]}]}`)
	})

	got, err := client.ListLicenses(context.Background(), &ListOptions{Page: 2, PerPage: 50})
	if err != nil {
		t.Fatal(err)
	}
	want := []License{{ID: "lic_1", Plan: "pro", Locations: []string{"fra1"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLicense(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("GET /licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"error":false,"license":{"id":%q,"status":"active"}}`, r.PathValue("id"))
	})

	// An identifier with a slash must stay one segment.
	got, err := client.License(context.Background(), "eu/1")
	if err != nil {
		t.Fatal(err)
	}
	if got.ID != "eu/1" || got.Status != "active" {
		t.Errorf("got %+v", got)
	}
}

func TestLicenseNotFound(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("GET /licenses/{id}", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"error":true,"message":"no such license"}`)
	})

	_, err := client.License(context.Background(), "lic_9")
	if !IsNotFound(err) {
		t.Fatalf("err = %v, want not found", err)
	}
	if !strings.Contains(err.Error(), "no such license") {
		t.Errorf("err = %v, want the message of the API in it", err)
	}
}

func TestKeys(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("/licenses/{id}/reset-key", func(w http.ResponseWriter, r *http.Request) {
		testMethod(t, r, http.MethodPost)
		fmt.Fprintf(w, `{"license_id":%q,"key":"old"}`, r.PathValue("id"))
	})
	mux.HandleFunc("POST /licenses/{id}/regenerate-key", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"license_id":%q,"key":"new"}`, r.PathValue("id"))
	})

	tests := []struct {
		name string
		call func(context.Context, string) (*Key, error)
		want Key
	}{
		{"reset", client.ResetKey, Key{LicenseID: "lic_1", Value: "old"}},
		{"regenerate", client.RegenerateKey, Key{LicenseID: "lic_1", Value: "new"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.call(context.Background(), "lic_1")
			if err != nil {
				t.Fatal(err)
			}
			if *got != tt.want {
				t.Errorf("got %+v, want %+v", *got, tt.want)
			}
		})
	}
}

func TestLocations(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("/locations", func(w http.ResponseWriter, r *http.Request) {
		testMethod(t, r, http.MethodGet)
		all := []Location{{ID: "fra1", Region: "eu"}, {ID: "nyc1", Region: "us"}}
		var matching []Location
		for _, loc := range all {
			if region := r.FormValue("region"); region == "" || region == loc.Region {
				matching = append(matching, loc)
			}
		}
		json.NewEncoder(w).Encode(map[string]any{"locations": matching})
	})

	all, err := client.Locations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 {
		t.Errorf("got %d locations, want 2", len(all))
	}
	us, err := client.LocationsIn(context.Background(), "us")
	if err != nil {
		t.Fatal(err)
	}
	if len(us) != 1 || us[0].ID != "nyc1" {
		t.Errorf("got %+v, want nyc1 alone", us)
	}
}

func TestIPs(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("/licenses/{id}/ips", func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet:
			fmt.Fprint(w, `{"ips":[{"ip_address":"203.0.113.7","location_id":"fra1"}]}`)
		case http.MethodPost:
			testBody(t, r, `{"ip_address":"203.0.113.8","location_id":"nyc1"}`)
			w.WriteHeader(http.StatusCreated)
		default:
			t.Errorf("unexpected %s", r.Method)
		}
	})

	ips, err := client.IPs(context.Background(), "lic_1")
	if err != nil {
		t.Fatal(err)
	}
	if len(ips) != 1 || ips[0].Address != "203.0.113.7" {
		t.Errorf("got %+v", ips)
	}
	if err := client.AddIP(context.Background(), "lic_1", IP{Address: "203.0.113.8", LocationID: "nyc1"}); err != nil {
		t.Error(err)
	}
}

func TestDeleteIP(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("DELETE /licenses/{id}/ips/{ip}", func(w http.ResponseWriter, r *http.Request) {
		if got := r.PathValue("ip"); got != "203.0.113.0/28" {
			t.Errorf("ip = %q", got)
		}
		w.WriteHeader(http.StatusNoContent)
	})

	if err := client.DeleteIP(context.Background(), "lic_1", "203.0.113.0/28"); err != nil {
		t.Error(err)
	}
}

func TestWhitelistIP(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("/licenses/{id}/whitelist-ip", func(w http.ResponseWriter, r *http.Request) {
		testMethod(t, r, http.MethodPost)
		testBody(t, r, `{"ip_address":"203.0.113.9","location_id":"fra1"}`)
		fmt.Fprint(w, `{"message":"whitelisted"}`)
	})

	if err := client.WhitelistIP(context.Background(), "lic_1", IP{Address: "203.0.113.9", LocationID: "fra1"}); err != nil {
		t.Error(err)
	}
}

func TestErrorWithoutJSON(t *testing.T) {
	client, mux := setup(t)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "<html>bad gateway</html>", http.StatusBadGateway)
	})

	_, err := client.Locations(context.Background())
	if err == nil || !strings.Contains(err.Error(), "status 502 (Bad Gateway)") {
		t.Errorf("err = %v, want the status", err)
	}
}
