package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func get(u string) error {
	res, err := http.Get(u)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func main() {
	if err := syncAll(); err != nil {
		log.Fatal(err)
	}
	if err := audit(); err != nil {
		log.Fatal(err)
	}
}
