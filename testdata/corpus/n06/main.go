// Command payments looks up disputes and customers at two providers.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type provider struct {
	base     string
	disputes string
	customer string
}

var providers = []provider{
	{"https://api-m.paypal.com", "/v1/customer/disputes", "/v1/customer/partners/%s"},
	{"https://api.stripe.com", "/v1/disputes", "/v1/customers/%s"},
}

func main() {
	for _, p := range providers {
		for _, u := range []string{p.base + p.disputes, p.base + fmt.Sprintf(p.customer, "cus_42")} {
			resp, err := http.Get(u)
			if err != nil {
				log.Fatal(err)
			}
			resp.Body.Close()
		}
	}
}
