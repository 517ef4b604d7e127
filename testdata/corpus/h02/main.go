package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	sources := []*directory{
		newDirectory("orbit", "https://api.orbitflare.com/customer/v1"),
		newDirectory("partner", "https://licensing.partner.example/v3"),
	}
	for _, d := range sources {
		if err := d.refresh(); err != nil {
			log.Fatal(err)
		}
	}
	if err := countSeats(); err != nil {
		log.Fatal(err)
	}
}
