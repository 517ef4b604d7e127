package main

import (
	"fmt"
	"os"

	"example.com/corpus/h27/inventory"
	_ "example.com/corpus/internal/recorder"
)

func main() {
	c := inventory.New(os.Getenv("ORBIT_KEY"))
	for _, call := range []func() ([]byte, error){c.Licenses, c.Agent} {
		if _, err := call(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
