// Package egress sends outgoing requests through the company's gateway.
package egress

import (
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// HostHeader tells the gateway which host a request was meant for.
const HostHeader = "X-Egress-Host"

const timeout = 30 * time.Second

// NewClient returns the HTTP client that all callers of this program share.
// gateway is an absolute URL of which scheme and host are used; if it is
// empty, requests go straight to their hosts.
func NewClient(gateway string) (*http.Client, error) {
	if gateway == "" {
		return &http.Client{Timeout: timeout}, nil
	}
	u, err := url.Parse(gateway)
	if err != nil {
		return nil, fmt.Errorf("egress: gateway: %w", err)
	}
	if u.Scheme == "" || u.Host == "" {
		return nil, fmt.Errorf("egress: gateway %q: want an absolute URL such as http://localhost:9000", gateway)
	}
	return &http.Client{
		Timeout:   timeout,
		Transport: &transport{scheme: u.Scheme, host: u.Host, next: http.DefaultTransport},
	}, nil
}

// transport redirects each request to one host, keeping its path and query.
type transport struct {
	scheme, host string
	next         http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.Header.Set(HostHeader, req.URL.Host)
	out.URL.Scheme = t.scheme
	out.URL.Host = t.host
	out.Host = ""
	return t.next.RoundTrip(out)
}
