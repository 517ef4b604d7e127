package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	c := catalog{src: &apiFetcher{hc: http.DefaultClient}}
	if err := c.load(); err != nil {
		log.Fatal(err)
	}
	if err := survey([]provider{orbit{}, partner{tenant: "acme"}}); err != nil {
		log.Fatal(err)
	}
}
