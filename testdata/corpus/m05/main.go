package main

import (
	"log"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	a := api{root: "https://api.orbitflare.com/customer/v1", key: os.Getenv("ORBIT_KEY")}
	if err := a.get("/licenses"); err != nil {
		log.Fatal(err)
	}
	if err := a.locations("eu-west"); err != nil {
		log.Fatal(err)
	}
	if err := a.whitelist("lic_1001", "203.0.113.7"); err != nil {
		log.Fatal(err)
	}
	if err := a.forget("lic_1001", "203.0.113.7"); err != nil {
		log.Fatal(err)
	}
	if err := a.post("/licenses/lic_1001/reset-key", nil); err != nil {
		log.Fatal(err)
	}
}
