package main

import (
	"net/http"
	"strings"
)

type allowance struct {
	license string
	address string
	nested  bool
}

func (a allowance) url() string {
	parts := []string{"https://orbitflare.com/api/customer/v1"}
	parts = append(parts, "licenses", a.license)
	if a.nested {
		parts = append(parts, "ips")
	} else {
		parts = append(parts, "whitelist-ip")
	}
	return strings.Join(parts, "/")
}

func (a allowance) grant() error {
	body := strings.NewReader(`{"ip_address":"` + a.address + `","location_id":1}`)
	return send(http.MethodPost, a.url(), body)
}
