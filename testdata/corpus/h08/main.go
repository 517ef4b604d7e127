package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	if err := inventory(); err != nil {
		log.Fatal(err)
	}
	a := newAdmin()
	if err := a.license("42"); err != nil {
		log.Fatal(err)
	}
	if err := a.regions(); err != nil {
		log.Fatal(err)
	}
}
