package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLicensesFollowsNext(t *testing.T) {
	var srv *httptest.Server
	mux := http.NewServeMux()
	mux.HandleFunc("GET /customer/v1/licenses", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("page") {
		case "":
			fmt.Fprintf(w, `{"licenses":[{"id":1}],"next":"%s/customer/v1/licenses?page=2"}`, srv.URL)
		case "2":
			fmt.Fprint(w, `{"licenses":[{"id":2}],"next":"?page=3"}`)
		default:
			fmt.Fprint(w, `{"licenses":[{"id":3}]}`)
		}
	})
	srv = httptest.NewServer(mux)
	defer srv.Close()

	c := &Client{HTTP: srv.Client(), Base: srv.URL + "/customer/v1", Cursor: filepath.Join(t.TempDir(), "cursor")}
	all, err := c.Licenses()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(all); got != "[{1} {2} {3}]" {
		t.Errorf("licenses = %s", got)
	}
	saved, err := os.ReadFile(c.Cursor)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(string(saved), "/licenses?page=3") {
		t.Errorf("cursor = %s", saved)
	}
}
