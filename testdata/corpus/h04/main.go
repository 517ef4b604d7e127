package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	for _, sandbox := range []bool{false, true} {
		c := newClient(sandbox)
		if err := c.list(); err != nil {
			log.Fatal(err)
		}
		if err := c.addresses("42"); err != nil {
			log.Fatal(err)
		}
		if err := regions(sandbox); err != nil {
			log.Fatal(err)
		}
	}
}
