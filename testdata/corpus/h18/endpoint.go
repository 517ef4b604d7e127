package main

type Endpoint string

const (
	Licenses  Endpoint = "/licenses"
	Locations Endpoint = "/locations"
)

func (e Endpoint) With(id string) Endpoint {
	return e + Endpoint("/"+id)
}

func (e Endpoint) Sub(name Endpoint) Endpoint {
	return e + "/" + name
}

type BaseURL string

const Production BaseURL = "https://api.orbitflare.com/customer/v1"

func (b BaseURL) Resolve(e Endpoint) string {
	return string(b) + string(e)
}
