package main

import (
	"fmt"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	for _, call := range []func() error{listLicenses, listLocations, partnerStock, resetKey} {
		if err := call(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
