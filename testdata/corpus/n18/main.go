// Command guard sends requests only to the current API.
package main

import (
	"fmt"
	"log"
	"net/http"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

const base = "https://api.orbitflare.com/customer/v2/"

func get(u string) error {
	if !strings.HasPrefix(u, base) {
		return fmt.Errorf("%s is not below %s", u, base)
	}
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	if err := get(base + "licenses"); err != nil {
		log.Fatal(err)
	}
}
