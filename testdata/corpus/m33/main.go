// Command admit admits an address everywhere.
package main

import (
	"context"
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	ctx := context.Background()
	c := NewClient()
	if _, err := c.Locations(ctx); err != nil {
		log.Fatal(err)
	}
	if _, err := c.Admit(ctx, "42", "203.0.113.7"); err != nil {
		log.Fatal(err)
	}
	if _, err := c.Expel(ctx, "42", "203.0.113.8"); err != nil {
		log.Fatal(err)
	}
}
