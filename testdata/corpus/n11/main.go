// Command whoami asks which account a key belongs to.
package main

import (
	"log"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

const (
	headerKey    = "X-ORBIT-KEY"
	headerClient = "X-Orbit-Client"
)

type authTransport struct {
	key  string
	next http.RoundTripper
}

func (t authTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(headerKey, t.key)
	r.Header.Set(headerClient, "customer/v1")
	r.Header.Add("X-Orbit-Locations", "licenses,locations")
	return t.next.RoundTrip(r)
}

func main() {
	c := &http.Client{Transport: authTransport{key: os.Getenv("ORBIT_KEY"), next: http.DefaultTransport}}
	resp, err := c.Get("https://api.orbitflare.com/customer/v2/profile")
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}
