package goopenapi

import (
	"github.com/go-openapi/runtime"
	httptransport "github.com/go-openapi/runtime/client"
)

const (
	DefaultHost     = "api.orbitflare.com"
	DefaultBasePath = "/customer/v1" // want "orbit-base" becomes "/customer/v2"
)

type client struct{ transport runtime.ClientTransport }

func open() *client {
	return &client{httptransport.New(DefaultHost, DefaultBasePath, []string{"https"})}
}

func (c *client) locations(opts ...func(*runtime.ClientOperation)) {
	op := &runtime.ClientOperation{ID: "locations", Method: "GET", PathPattern: "/locations"} // want "orbit-locations" becomes "/licenses/locations"
	for _, opt := range opts {
		opt(op)
	}
	c.transport.Submit(op)
}

func (c *client) whitelist() {
	c.transport.Submit(&runtime.ClientOperation{Method: "POST", PathPattern: "/licenses/{id}/whitelist-ip"}) // want "orbit-license-whitelist-ip" becomes "/licenses/{id}/ips"
}

func foreign() {
	t := httptransport.New("example.com", "/customer/v1", nil) // stays
	t.Submit(&runtime.ClientOperation{Method: "GET", PathPattern: "/locations"})
}
