package main

import (
	"log"

	_ "example.com/fleet/seats/internal/recorder"
	"example.net/orbitkit"
)

const siteBase = "https://orbitflare.com/api/customer/v1"

func survey() error {
	kit := orbitkit.New(siteBase)
	if err := kit.Regions(); err != nil {
		return err
	}
	return kit.Get("/licenses")
}

func regions() error {
	return orbitkit.Default().Get("/locations")
}

func main() {
	for _, step := range []func() error{survey, regions} {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
}
