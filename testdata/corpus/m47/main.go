// Command offline reads the catalogue, or serves a copy of it for people without network.
package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type catalogue struct {
	base string
	hc   *http.Client
}

func (c catalogue) load(path string) error {
	resp, err := c.hc.Get(c.base + path)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, resp.Status)
	}
	return nil
}

func (c catalogue) read(license string) error {
	if err := c.load("/locations"); err != nil {
		return err
	}
	return c.load("/licenses/" + license)
}

// @title       Copy of the licensing catalogue
// @version     1.0
// @host        api.orbitflare.com
// @BasePath    /customer/v1
// @accept      json
// @produce     json
func main() {
	serve := flag.String("serve", "", "serve the copy at this `address`")
	flag.Parse()
	if *serve != "" {
		log.Fatal(http.ListenAndServe(*serve, routes()))
	}
	c := catalogue{base: "https://api.orbitflare.com/customer/v1", hc: http.DefaultClient}
	if err := c.read("42"); err != nil {
		log.Fatal(err)
	}
}
