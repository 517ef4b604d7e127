package main

import (
	"errors"
	"log"
	"net/url"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	base, err := url.Parse("https://api.orbitflare.com/customer/v1")
	if err != nil {
		log.Fatal(err)
	}
	c := &client{base: base, key: os.Getenv("ORBIT_KEY")}
	err = errors.Join(
		c.Locations(),
		c.Licenses(url.Values{"status": {"active"}}),
		c.License("lic_1001"),
		c.ResetKey("lic_1001"),
	)
	if err != nil {
		log.Fatal(err)
	}
}
