package main

import (
	"fmt"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type reader interface {
	read(path string) (int, error)
}

type web struct{}

func (web) read(path string) (int, error) {
	res, err := http.Get("https://api.orbitflare.com/customer/v1" + path)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	return res.StatusCode, nil
}

func regions(from reader) (int, error) { return from.read("/locations") }

func main() {
	fmt.Println(regions(web{}))
}
