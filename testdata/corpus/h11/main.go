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
	steps := []func() error{
		licenses,
		regions,
		func() error { return defaultClient().get("/licenses/42") },
		func() error { return defaultClient().get("/locations") },
		func() error { return addresses("42") },
		status,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
}
