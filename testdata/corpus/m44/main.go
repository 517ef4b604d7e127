// Command edge lets browsers of the company ask a few things without a key.
package main

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

func edge(upstream *url.URL) http.Handler {
	regions := &httputil.ReverseProxy{Rewrite: func(pr *httputil.ProxyRequest) {
		pr.SetURL(upstream)
		pr.Out.Method = http.MethodGet
		pr.Out.URL.Path = "/customer/v1/locations"
		pr.Out.URL.RawQuery = ""
	}}
	addresses := &httputil.ReverseProxy{Director: func(r *http.Request) {
		r.URL.Scheme = upstream.Scheme
		r.URL.Host = upstream.Host
		r.Host = upstream.Host
		r.Method = http.MethodGet
		r.URL.Path = fmt.Sprintf("/customer/v1/licenses/%s/ips", r.PathValue("license"))
	}}
	mux := http.NewServeMux()
	mux.Handle("GET /regions", regions)
	mux.Handle("GET /admitted/{license}", addresses)
	mux.Handle("/proxy/", passThrough())
	return mux
}

func passThrough() http.Handler {
	return &httputil.ReverseProxy{Director: func(r *http.Request) {
		r.URL.Scheme = "https"
		r.URL.Host = "api.orbitflare.com"
		r.Host = r.URL.Host
		r.URL.Path = "/customer/v1" + strings.TrimPrefix(r.URL.Path, "/proxy")
	}}
}

func main() {
	upstream, err := url.Parse("https://api.orbitflare.com")
	if err != nil {
		log.Fatal(err)
	}
	h := edge(upstream)
	for _, target := range []string{"/regions?cached=1", "/admitted/42", "/proxy/licenses/42", "/proxy/locations"} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, target, nil))
		if rec.Code != http.StatusOK {
			log.Fatalf("%s: status %d", target, rec.Code)
		}
	}
}
