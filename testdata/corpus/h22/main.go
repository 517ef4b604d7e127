package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	c := NewClient(http.DefaultClient)
	if err := c.Regions(); err != nil {
		log.Fatal(err)
	}
	if err := c.License(42); err != nil {
		log.Fatal(err)
	}
	if err := c.Addresses(42); err != nil {
		log.Fatal(err)
	}
}
