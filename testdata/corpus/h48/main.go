package main

import (
	"fmt"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

var base = "https://api.orbitflare.com/customer/v1"

func fetch(path string) (*http.Response, error) { return http.Get(base + path) }

func regions() (*http.Response, error) { return fetch("/locations") }

func main() {
	res, err := regions()
	if err != nil {
		fmt.Println(err)
		return
	}
	res.Body.Close()
}
