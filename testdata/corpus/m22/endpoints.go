package main

import (
	"fmt"
	"net/http"
)

type endpoint struct {
	method string
	path   string
}

const (
	opList      = "list"
	opLocations = "locations"
	opReset     = "reset"
	opRevoke    = "revoke"
)

var endpoints = map[string]endpoint{
	opList:      {http.MethodGet, "/licenses"},
	opLocations: {http.MethodGet, "/locations"},
	opReset:     {http.MethodPost, "/licenses/%s/reset-key"},
	opRevoke:    {method: "DELETE", path: "/licenses/%s/ips/%s"},
}

var probes = map[string]*endpoint{
	"licenses":  {"GET", "/licenses?per_page=1"},
	"locations": {"GET", "/locations?per_page=1"},
}

func (e endpoint) request(base string, args ...any) (*http.Request, error) {
	path := e.path
	if len(args) > 0 {
		path = fmt.Sprintf(path, args...)
	}
	return http.NewRequest(e.method, base+path, nil)
}
