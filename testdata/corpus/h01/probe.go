package main

import (
	"fmt"
	"net/http"
)

const probeURL = "https://api.orbitflare.com/customer/v1/locations"

func probe() error {
	res, err := http.Get(probeURL)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("probe: %s", res.Status)
	}
	return nil
}
