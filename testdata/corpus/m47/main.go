// Command offline reads the catalogue, or serves a copy of it for people without network.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type catalogue struct {
	base string
	hc   *http.Client
}

func (c catalogue) load(path string) (string, error) {
	resp, err := c.hc.Get(c.base + path)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s", path, resp.Status)
	}
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

func (c catalogue) read(license string) (string, error) {
	sites, err := c.load("/locations")
	if err != nil {
		return "", err
	}
	one, err := c.load("/licenses/" + license)
	return sites + "\n" + one, err
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
	text, err := c.read("42")
	if err != nil {
		log.Fatal(err)
	}
	log.Print(text)
}
