package main

import (
	"fmt"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Print(banner)
		return
	}
	for _, call := range []func() error{
		locations,
		func() error { return license(42) },
		func() error { return whitelist("42", "192.0.2.7") },
		licenses,
	} {
		if err := call(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
