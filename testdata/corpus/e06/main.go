// Command status asks the API for everything that a dashboard shows.
package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func locations() error {
	u := "https://api.orbitflare.com/customer/v1/locations"
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func license(id string) error {
	var endpoint string
	if id == "" {
		endpoint = "https://api.orbitflare.com/customer/v1/licenses"
	} else {
		endpoint = "https://api.orbitflare.com/customer/v1/licenses/" + id
	}
	req, err := http.NewRequest(http.MethodGet, endpoint, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func addresses(id string) error {
	url := fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%s/ips", id)
	if resp, err := http.Get(url); err != nil {
		return err
	} else {
		return resp.Body.Close()
	}
}

func main() {
	if err := errors.Join(locations(), license(""), license("42"), addresses("42")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
