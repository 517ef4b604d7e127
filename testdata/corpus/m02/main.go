package main

import (
	"context"
	"log"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	ctx := context.Background()
	c := &Client{
		BaseURL: "https://api.orbitflare.com/customer/v1",
		Key:     os.Getenv("ORBIT_KEY"),
	}
	if _, err := c.List(ctx); err != nil {
		log.Fatal(err)
	}
	if _, err := c.Get(ctx, "lic_7"); err != nil {
		log.Fatal(err)
	}
	if err := c.RegenerateKey(ctx, "lic_7"); err != nil {
		log.Fatal(err)
	}
}
