package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	c := new(client)
	for _, err := range []error{c.IPs("lic/1001"), c.Locations(), page(2), status()} {
		if err != nil {
			log.Fatal(err)
		}
	}
}
