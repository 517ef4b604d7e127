package main

import (
	"fmt"
	"net/url"
)

const (
	siteHost = "https://api.orbitflare.com"
	Version  = 1
)

type admin struct {
	host string
}

func newAdmin() *admin {
	return &admin{host: siteHost}
}

func (a *admin) resource(name string) string {
	return fmt.Sprintf("%s/customer/v%d/%s", a.host, Version, name)
}

func (a *admin) license(id string) error {
	return get(a.resource("licenses/" + url.PathEscape(id)))
}

func (a *admin) regions() error {
	return get(a.resource("locations"))
}
