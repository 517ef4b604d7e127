// Command manual opens the chapter behind the one of the version.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const (
	major   = 1
	chapter = major + 1
)

func main() {
	for _, url := range []string{
		fmt.Sprintf("https://api.orbitflare.com/customer/v%d/licenses", major),
		fmt.Sprintf("https://manual.example.com/chapters/%d", chapter),
	} {
		resp, err := http.Get(url)
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
	}
}
