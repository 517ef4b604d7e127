// Command pages reads licenses page by page.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const root = "https://api.orbitflare.com/customer/v1/"

func open(u string) {
	resp, err := http.Get(u)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}

func main() {
	open(root + "licenses/")
	open(root + "locations/")
	open(root + "locations?sort=city")
	for page := 1; page <= 2; page++ {
		open(fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses?page=%d&per_page=%d", page, 50))
	}
	open(fmt.Sprintf("https://api.orbitflare.com/customer/v1/locations/?page=%d", 1))
	open("https://api.orbitflare.com/customer/v1/licenses/42?return=/customer/v1/locations#keys")
}
