package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
)

var (
	versioned   = regexp.MustCompile(`^/customer/(v1|v2)/`)
	regionsRE   = regexp.MustCompile(`^/customer/v1/locations$`)
	addressesRE = regexp.MustCompile("^/customer/v1/licenses/([^/]+)/ips$")
)

func TestRequests(t *testing.T) {
	var licenses []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !versioned.MatchString(r.URL.Path) {
			t.Errorf("%s has no version", r.URL.Path)
		}
		if regionsRE.MatchString(r.URL.Path) {
			io.WriteString(w, `[]`)
			return
		}
		m := addressesRE.FindStringSubmatch(r.URL.Path)
		if m == nil {
			http.NotFound(w, r)
			return
		}
		licenses = append(licenses, m[1])
		io.WriteString(w, `[]`)
	}))
	defer srv.Close()
	c := &Client{base: srv.URL + "/customer/v1", hc: srv.Client()}
	if err := c.Regions(); err != nil {
		t.Error(err)
	}
	if err := c.Addresses(42); err != nil {
		t.Error(err)
	}
	if len(licenses) != 1 || licenses[0] != "42" {
		t.Errorf("addresses were asked for %q", licenses)
	}
}
