// Command sites prints all locations.
package main

import (
	"log"
	"net/http"
	"os"
	"time"

	"example.com/orbitclient"
)

func main() {
	c := orbitclient.Client{HTTP: &http.Client{Timeout: 10 * time.Second}}
	b, err := c.Locations()
	if err != nil {
		log.Fatal(err)
	}
	os.Stdout.Write(b)
}
