package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	const id, ip = "lic_1001", "203.0.113.7"
	if err := viaRetryable(id); err != nil {
		log.Fatal(err)
	}
	if err := viaFast(id, ip); err != nil {
		log.Fatal(err)
	}
	c := newCircuit()
	if err := c.locations(); err != nil {
		log.Fatal(err)
	}
	if err := c.addIP(id, ip); err != nil {
		log.Fatal(err)
	}
	if err := viaReq(id); err != nil {
		log.Fatal(err)
	}
	if err := viaGentleman(id); err != nil {
		log.Fatal(err)
	}
}
