package main

import (
	. "net/http"

	. "example.com/corpus/h41/orbitapi"
)

func listLicenses() error {
	req, err := NewRequest(MethodGet, Base+Licenses, nil)
	if err != nil {
		return err
	}
	resp, err := DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
