// Command report lists locations and invoices.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const (
	perPage  = 5 * 20
	day      = 24 * 3600
	lastPage = iota + 1
)

func get(url string) {
	resp, err := http.Get(url)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
}

func main() {
	get("https://api.orbitflare.com/customer/v1/locations")
	get(fmt.Sprintf("https://api.orbitflare.com/customer/v1/invoices?limit=%d&since=%d&page=%d", perPage, day, lastPage))
}
