// Command seats counts the addresses that a license allows.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const seatsFormat = `https://api.orbitflare.com/customer/v1/licenses/%s/ips`

func fetch(u string) {
	resp, err := http.Get(u)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}

func main() {
	fetch(`https://api.orbitflare.com/customer/v1/locations`)
	fetch(fmt.Sprintf(seatsFormat, "42"))
	fetch(`https://api.orbitflare.com/customer/v1` + "/licenses")
	if _, err := http.Post(`https://api.orbitflare.com`+`/customer/v1/licenses/`+"42"+`/regenerate-key`, `application/json`, nil); err != nil {
		log.Fatal(err)
	}
}
