package main

import (
	"fmt"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func regions() (*http.Response, error) {
	return http.Get("https://api.orbitflare.com/customer/v1/locations")
}

func license(id string) (*http.Response, error) {
	return http.Get("https://api.orbitflare.com/customer/v1/licenses/" + id)
}

func main() {
	for _, ask := range []func() (*http.Response, error){regions, func() (*http.Response, error) { return license("7") }} {
		res, err := ask()
		if err != nil {
			fmt.Println(err)
			continue
		}
		res.Body.Close()
	}
}
