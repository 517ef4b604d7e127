// Command versioned asks for two lists.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
	"example.com/corpus/n74/version"
)

func main() {
	for _, list := range []string{"licenses", "locations"} {
		resp, err := http.Get(fmt.Sprintf("https://api.orbitflare.com/customer/%s/%s", version.API, list))
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
	}
}
