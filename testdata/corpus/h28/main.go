package main

import (
	"fmt"
	"net/http"
	"os"

	_ "example.com/corpus/h28/internal/recorder"
	"example.com/corpus/h28/probe"
)

func main() {
	resp, err := http.Get("https://api.orbitflare.com/customer/v1/licenses")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	resp.Body.Close()

	code, err := probe.Locations(http.DefaultClient)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if !probe.Healthy(code) {
		os.Exit(2)
	}
}
