package main

import (
	"net/http"

	"github.com/go-openapi/runtime"
	"github.com/go-openapi/runtime/client"
	"github.com/go-openapi/strfmt"
)

const (
	// DefaultHost is the host of the API.
	DefaultHost = "api.orbitflare.com"
	// DefaultBasePath is what all paths are relative to.
	DefaultBasePath = "/customer/v1"
)

// DefaultSchemes are the schemes that the API speaks.
var DefaultSchemes = []string{"https"}

type licensing struct {
	transport runtime.ClientTransport
}

func newLicensing() *licensing {
	rt := client.New(DefaultHost, DefaultBasePath, DefaultSchemes)
	rt.Transport = http.DefaultTransport
	return &licensing{transport: rt}
}

func drain(resp runtime.ClientResponse, _ runtime.Consumer) (any, error) {
	return resp.Code(), resp.Body().Close()
}

func (l *licensing) ListLocations() error {
	_, err := l.transport.Submit(&runtime.ClientOperation{
		ID:                 "listLocations",
		Method:             "GET",
		PathPattern:        "/locations",
		ProducesMediaTypes: []string{"application/json"},
		ConsumesMediaTypes: []string{"application/json"},
		Schemes:            []string{"https"},
		Params:             runtime.ClientRequestWriterFunc(func(runtime.ClientRequest, strfmt.Registry) error { return nil }),
		Reader:             runtime.ClientResponseReaderFunc(drain),
	})
	return err
}

func (l *licensing) RemoveAddress(id, ip string) error {
	_, err := l.transport.Submit(&runtime.ClientOperation{
		ID:                 "removeAddress",
		Method:             "DELETE",
		PathPattern:        "/licenses/{id}/ips/{ip}",
		ProducesMediaTypes: []string{"application/json"},
		ConsumesMediaTypes: []string{"application/json"},
		Schemes:            []string{"https"},
		Params: runtime.ClientRequestWriterFunc(func(r runtime.ClientRequest, _ strfmt.Registry) error {
			if err := r.SetPathParam("id", id); err != nil {
				return err
			}
			return r.SetPathParam("ip", ip)
		}),
		Reader: runtime.ClientResponseReaderFunc(drain),
	})
	return err
}
