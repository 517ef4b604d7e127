// Command seed is a tool of another team with its own module.
package main

import (
	"log"
	"net/http"
)

func main() {
	resp, err := http.Get("https://api.orbitflare.com/customer/v1/licenses")
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}
