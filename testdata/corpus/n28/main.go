// Command compare reads licenses from two products.
package main

import (
	"errors"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
	"example.com/corpus/n28/billing"
)

type orbit struct{ host string }

func (o *orbit) licenses() error {
	resp, err := http.Get(o.host + "/customer/v2" + "/licenses")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	o := &orbit{host: "https://api.orbitflare.com"}
	b := &billing.Client{Host: "https://billing.acme.example"}
	if err := errors.Join(o.licenses(), b.Licenses(), b.Locations()); err != nil {
		log.Fatal(err)
	}
}
