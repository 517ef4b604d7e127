// Command beta reads from the preview of a later API.
package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const preview = "https://api.orbitflare.com/customer/v10"

func main() {
	for _, u := range []string{
		preview + "/licenses",
		preview + "/locations",
		"https://api.orbitflare.com/customer/v" + "12" + "/licenses/42",
	} {
		resp, err := http.Get(u)
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
	}
}
