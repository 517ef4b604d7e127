package main

import (
	"fmt"
	"io"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

type orbitTransport struct {
	key  string
	next http.RoundTripper
}

func (t *orbitTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.URL.Scheme = "https"
	out.URL.Host = "api.orbitflare.com"
	out.URL.Path = "/customer/v1" + req.URL.Path
	out.Host = out.URL.Host
	out.Header.Set("X-ORBIT-KEY", t.key)
	return t.next.RoundTrip(out)
}

func newClient(key string) *http.Client {
	return &http.Client{Transport: &orbitTransport{key: key, next: http.DefaultTransport}}
}

type inventory struct{ client *http.Client }

func (inv *inventory) drain(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func (inv *inventory) locations() error {
	return inv.drain(inv.client.Get("/locations"))
}

func (inv *inventory) ips(license string) error {
	return inv.drain(inv.client.Get("/licenses/" + license + "/ips"))
}

func (inv *inventory) reset(license string) error {
	req, err := http.NewRequest(http.MethodPost, fmt.Sprintf("/licenses/%s/reset-key", license), nil)
	if err != nil {
		return err
	}
	return inv.drain(inv.client.Do(req))
}

func partnerLocations() error {
	resp, err := http.Get("https://api.partner.example/locations")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	inv := &inventory{client: newClient(os.Getenv("ORBIT_KEY"))}
	for _, err := range []error{inv.locations(), inv.ips("42"), inv.reset("42"), partnerLocations()} {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
