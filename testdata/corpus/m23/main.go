package main

import (
	"errors"
	"log"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	c := newClient(http.DefaultClient, os.Getenv("ORBIT_KEY"))
	err := errors.Join(
		c.licenses.show("lic_1001"),
		c.licenses.addIP("lic_1001", "203.0.113.7"),
		c.locations(),
		c.regions(),
	)
	if err != nil {
		log.Fatal(err)
	}
}
