// Command raw sends requests that are put together by hand.
package main

import (
	"bytes"
	"context"
	"io"
	"log"
	"net/http"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

func list() *http.Request {
	return &http.Request{
		Method: "GET",
		URL: &url.URL{
			Scheme:   "https",
			Host:     "api.orbitflare.com",
			Path:     "/customer/v1/licenses",
			RawQuery: url.Values{"page": {"1"}}.Encode(),
		},
		Header: http.Header{"Accept": {"application/json"}},
	}
}

func places() (*http.Request, error) {
	req, err := http.NewRequest("", "https://api.orbitflare.com", nil)
	if err != nil {
		return nil, err
	}
	req.URL.Path = "/customer/v1/locations"
	return req, nil
}

func rotate(id string) *http.Request {
	req := &http.Request{Header: make(http.Header)}
	req.Method = http.MethodPost
	req.URL = &url.URL{Scheme: "https", Host: "api.orbitflare.com"}
	req.URL = req.URL.JoinPath("customer", "v1", "licenses", id, "regenerate-key")
	return req
}

func admit(ctx context.Context, id, ip string) (*http.Request, error) {
	u, err := url.Parse("https://api.orbitflare.com/customer/v1")
	if err != nil {
		return nil, err
	}
	u.Path += "/licenses/" + id + "/ips"
	req := (&http.Request{Method: http.MethodPost, URL: u, Header: http.Header{}}).WithContext(ctx)
	body := []byte(`{"ip_address":"` + ip + `"}`)
	req.Body = io.NopCloser(bytes.NewReader(body))
	req.ContentLength = int64(len(body))
	return req, nil
}

func main() {
	where, err := places()
	if err != nil {
		log.Fatal(err)
	}
	add, err := admit(context.Background(), "42", "203.0.113.7")
	if err != nil {
		log.Fatal(err)
	}
	for _, req := range []*http.Request{list(), where, rotate("42"), add} {
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
	}
}
