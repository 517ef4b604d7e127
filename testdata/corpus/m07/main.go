package main

import (
	"context"
	"errors"
	"log"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	ctx := context.Background()
	c, err := newClient(os.Getenv("ORBIT_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	err = errors.Join(
		c.Keys.List(ctx),
		c.Keys.Get(ctx, 42),
		c.Keys.Rotate(ctx, 42),
		c.Keys.Sites(ctx),
	)
	if err != nil {
		log.Fatal(err)
	}
}
