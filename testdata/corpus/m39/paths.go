package main

import (
	"net/url"
	"strconv"
)

const apiRoot = "/customer/v1"

func licensesPath() string { return apiRoot + "/licenses" }

func licensePath(id string) string { return licensesPath() + "/" + url.PathEscape(id) }

func addressesPath(id string, page int) string {
	p := licensePath(id) + "/ips"
	if page > 0 {
		p += "?page=" + strconv.Itoa(page)
	}
	return p
}

func locationsPath() (path string) {
	path = apiRoot + "/locations"
	return
}
