package main

import (
	"context"
	"log"

	_ "example.com/corpus/internal/recorder"
	"example.com/corpus/m03/orbit"
)

const apiURL = "https://api.orbitflare.com/customer/v1/"

func main() {
	ctx := context.Background()
	for _, c := range []*orbit.Client{
		orbit.NewClient(),
		orbit.NewClient(orbit.WithUserAgent("billing-sync"), orbit.WithBaseURL(apiURL)),
	} {
		if _, err := c.Locations(ctx); err != nil {
			log.Fatal(err)
		}
		if _, err := c.DeleteIP(ctx, "lic_1001", "203.0.113.7"); err != nil {
			log.Fatal(err)
		}
	}
}
