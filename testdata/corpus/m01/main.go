package main

import (
	"log"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	c := New(keyFromEnv())
	for _, call := range []func() error{
		c.Locations,
		func() error { return c.License("lic_1001") },
		func() error { return c.ResetKey("lic_1001") },
		func() error { return newWatcher().poll("lic_1002") },
	} {
		if err := call(); err != nil {
			log.Fatal(err)
		}
	}
}
