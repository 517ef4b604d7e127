package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

const (
	locationsURL = "https://api.orbitflare.com/customer/v1/locations"
	ipsURL       = "https://orbitflare.com/api/customer/v1/licenses/%s/ips"
)

type action int

const (
	list action = iota
	add
)

func do(method, url, body string) error {
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func locations(a action, name string) error {
	switch a {
	case list:
		return do(http.MethodGet, locationsURL, "")
	case add:
		return do(http.MethodPost, locationsURL, `{"name":"`+name+`"}`)
	}
	return fmt.Errorf("unknown action %d", a)
}

func ips(license, ip string) (err error) {
	url := fmt.Sprintf(ipsURL, license)
	defer func() {
		if err == nil {
			err = do(http.MethodGet, url, "")
		}
	}()
	method := http.MethodGet
	var body string
	if ip != "" {
		method, body = http.MethodPost, `{"ip_address":"`+ip+`"}`
	}
	return do(method, url, body)
}

func main() {
	for _, step := range []func() error{
		func() error { return locations(list, "") },
		func() error { return locations(add, "Oslo") },
		func() error { return ips("42", "192.0.2.7") },
	} {
		if err := step(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
