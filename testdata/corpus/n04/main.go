// Command crm synchronises customers with the shop.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const host = "https://api.orbitflare.com"

func fetch(path string) {
	resp, err := http.Get(host + path)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}

func main() {
	fetch("/customers/v1/licenses")
	fetch(fmt.Sprintf("/precustomer/v1/licenses/%d", 42))
	fetch("/customer-v1/locations")
	fetch("/customer_v1/locations")
	fetch("/internal/customer/v1x/licenses")
}
