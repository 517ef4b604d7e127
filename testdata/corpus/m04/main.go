package main

import (
	"context"
	"fmt"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func run(ctx context.Context) error {
	c := newClient()
	if _, err := c.ListLocations(ctx); err != nil {
		return err
	}
	if _, err := c.ListIPs(ctx, "lic_1001"); err != nil {
		return err
	}
	return c.AddIP(ctx, "lic_1001", "203.0.113.7")
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
