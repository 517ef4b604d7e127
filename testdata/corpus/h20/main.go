package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	if err := get(regionsPath); err != nil {
		log.Fatal(err)
	}
	if err := get(prefix + "/licenses\x3fpage=\062"); err != nil {
		log.Fatal(err)
	}
	if err := grant(); err != nil {
		log.Fatal(err)
	}
	if err := login("ops"); err != nil {
		log.Fatal(err)
	}
}
