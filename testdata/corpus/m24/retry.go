package main

import (
	"net/http"

	"github.com/hashicorp/go-retryablehttp"
)

const retryBase = "https://api.orbitflare.com/customer/v1"

func viaRetryable(id string) error {
	rc := retryablehttp.NewClient()
	rc.HTTPClient = &http.Client{Transport: http.DefaultTransport}
	rc.Logger = nil

	req, err := retryablehttp.NewRequest(http.MethodPost, retryBase+"/licenses/"+id+"/regenerate-key", nil)
	if err != nil {
		return err
	}
	resp, err := rc.Do(req)
	if err != nil {
		return err
	}
	if err := resp.Body.Close(); err != nil {
		return err
	}
	if resp, err = rc.Get(retryBase + "/locations"); err != nil {
		return err
	}
	if err := resp.Body.Close(); err != nil {
		return err
	}
	resp, err = rc.StandardClient().Get(retryBase + "/licenses/" + id)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
