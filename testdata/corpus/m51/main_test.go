package main

import (
	"net/http"
	"testing"
)

type empty struct{}

func (empty) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: r}, nil
}

func TestURLs(t *testing.T) {
	before := http.DefaultTransport
	defer func() { http.DefaultTransport = before }()
	http.DefaultTransport = empty{}
	want := []string{"https://api.orbitflare.com/customer/v1/locations", "https://api.orbitflare.com/customer/v1/licenses/9"}
	if got := get(regions); got != want[0] {
		t.Error(got)
	}
	if got := license("9"); got != want[1] {
		t.Error(got)
	}
}
