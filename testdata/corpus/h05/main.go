package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

var bases = map[string]string{
	"orbit":   "https://api.orbitflare.com/customer/v1",
	"partner": "https://licensing.partner.example/v3",
	"lab":     "https://lab.acme.example/licensing",
}

func fetch(vendor, path string) error {
	base, ok := bases[vendor]
	if !ok {
		return fmt.Errorf("unknown vendor %q", vendor)
	}
	res, err := http.Get(base + path)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func report(vendor string) error {
	if err := fetch(vendor, "/licenses"); err != nil {
		return err
	}
	return fetch(vendor, "/locations")
}

func vendors() []string {
	if list := os.Getenv("VENDORS"); list != "" {
		return strings.Split(list, ",")
	}
	return []string{"lab", "orbit", "partner"}
}

func main() {
	for _, vendor := range vendors() {
		if err := report(vendor); err != nil {
			log.Fatal(err)
		}
	}
}
