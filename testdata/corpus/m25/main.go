// Command fleet prints where licenses are served from and closes stale addresses.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
	"github.com/go-resty/resty/v2"
)

type fleet struct {
	rest *resty.Client
}

func newFleet(host string) *fleet {
	rest := resty.New().
		SetTransport(http.DefaultTransport).
		SetBaseURL(host).
		SetHeader("Accept", "application/json")
	return &fleet{rest: rest}
}

func (f *fleet) locations() (*resty.Response, error) {
	return f.rest.R().
		SetQueryParam("region", "eu").
		Get("/customer/v1/locations")
}

func (f *fleet) license(id string) (*resty.Response, error) {
	return f.rest.R().
		SetPathParam("id", id).
		Get("/customer/v1/licenses/{id}")
}

func (f *fleet) rotate(id string) (*resty.Response, error) {
	return f.rest.R().Execute(http.MethodPost, "/customer/v1/licenses/"+id+"/regenerate-key")
}

func (f *fleet) release(id, ip string) (*resty.Response, error) {
	return f.rest.R().Delete(fmt.Sprintf("/customer/v1/licenses/%s/ips/%s", id, ip))
}

func main() {
	f := newFleet("https://api.orbitflare.com")
	steps := []func() (*resty.Response, error){
		f.locations,
		func() (*resty.Response, error) { return f.license("42") },
		func() (*resty.Response, error) { return f.rotate("42") },
		func() (*resty.Response, error) { return f.release("42", "203.0.113.7") },
	}
	for _, step := range steps {
		if _, err := step(); err != nil {
			log.Fatal(err)
		}
	}
}
