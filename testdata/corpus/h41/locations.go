package main

import (
	web "net/http"

	v2 "example.com/corpus/h41/orbitapi"
)

func listLocations() error {
	resp, err := web.Get(v2.Base + v2.Locations)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
