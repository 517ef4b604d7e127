package main

import (
	"log"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	if err := probe(); err != nil {
		log.Fatal(err)
	}
	c := newClient(os.Getenv("ORBIT_KEY"))
	for _, step := range []func() error{c.Licenses, c.Regions, c.Charges} {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
}
