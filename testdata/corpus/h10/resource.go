package main

import "fmt"

type resource uint8

const (
	license resource = iota + 1
	region
)

func (r resource) String() string {
	switch r {
	case region:
		return "locations"
	}
	return "licenses"
}

const root = "https://api.orbitflare.com/customer/v1/"

func index(r resource) error {
	return get(root + r.String())
}

func search(r resource, page int) error {
	return get(fmt.Sprintf("%s%v?page=%d", root, r, page))
}
