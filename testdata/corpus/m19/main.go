package main

import (
	"context"
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	ctx := context.Background()
	m := newManagement("api.orbitflare.com")
	if err := m.Licenses(ctx); err != nil {
		log.Fatal(err)
	}
	if err := m.RegenerateKey(ctx, "lic_1001"); err != nil {
		log.Fatal(err)
	}
	if err := m.Whitelist(ctx, "lic_1001"); err != nil {
		log.Fatal(err)
	}
	if err := m.Locations(ctx); err != nil {
		log.Fatal(err)
	}
}
