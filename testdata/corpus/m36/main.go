// Command orbit shows licenses.
package main

import (
	"flag"
	"log"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func show(target string) error {
	resp, err := http.Get(target)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func plain(args []string) error {
	fs := flag.NewFlagSet("orbit", flag.ContinueOnError)
	base := fs.String("base", "https://api.orbitflare.com/customer/v1", "base `URL` of the API")
	var mirror string
	fs.StringVar(&mirror, "mirror", "https://orbitflare.com/api/customer/v1", "second `URL` to ask")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if err := show(*base + "/locations"); err != nil {
		return err
	}
	return show(mirror + "/licenses")
}

func main() {
	if err := plain(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	if err := command().Execute(); err != nil {
		log.Fatal(err)
	}
	if err := configured(); err != nil {
		log.Fatal(err)
	}
}
