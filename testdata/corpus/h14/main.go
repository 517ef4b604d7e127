package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	c, m := NewClient(), newMirror()
	steps := []func() error{
		c.List,
		func() error { return c.Revoke("42", "192.0.2.7") },
		c.Regions.List,
		m.upstream,
		m.cached,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
}
