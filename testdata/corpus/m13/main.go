package main

import (
	"context"
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	ctx := context.Background()
	c, err := newClient("https://api.orbitflare.com/customer/v1/")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := c.license(ctx, "lic_1001"); err != nil {
		log.Fatal(err)
	}
	if _, err := c.page(ctx, 3); err != nil {
		log.Fatal(err)
	}
	if _, err := c.locations(ctx); err != nil {
		log.Fatal(err)
	}
}
