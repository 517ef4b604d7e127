package main

import "net/http"

type Licenses struct {
	service
	tenant string
}

func (l *Licenses) List() error {
	return l.do(http.MethodGet, "/licenses")
}

func (l *Licenses) Revoke(id, ip string) error {
	return l.do(http.MethodDelete, "/licenses/"+id+"/ips/"+ip)
}

type Regions service

func (r *Regions) List() error {
	return r.do(http.MethodGet, "/locations")
}

type Client struct {
	*Licenses
	Regions *Regions
}

func NewClient() *Client {
	c := &core{base: "https://api.orbitflare.com/customer/v1", hc: http.DefaultClient}
	return &Client{
		Licenses: &Licenses{service: service{c}, tenant: "acme"},
		Regions:  &Regions{core: c},
	}
}
