package main

import (
	"cmp"
	"fmt"
	"os"

	"example.com/corpus/h37/orbit"
	_ "example.com/corpus/internal/recorder"
)

func main() {
	c := &orbit.Client{Host: cmp.Or(os.Getenv("ORBIT_HOST"), orbit.DefaultHost), Key: os.Getenv("ORBIT_KEY")}
	calls := []func() (string, error){
		c.Licenses,
		c.Locations,
		func() (string, error) { return c.License("42") },
		func() (string, error) { return c.ResetKey("42") },
	}
	for _, call := range calls {
		if _, err := call(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
