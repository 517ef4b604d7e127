package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func get(u string) error {
	res, err := http.Get(u)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func main() {
	for e := range endpoint(len(paths)) {
		if err := load(e); err != nil {
			log.Fatal(err)
		}
	}
	for _, op := range []operation{listLicenses, listRegions} {
		if err := run(op); err != nil {
			log.Fatal(err)
		}
	}
	for _, r := range []resource{license, region} {
		if err := index(r); err != nil {
			log.Fatal(err)
		}
	}
	if err := search(region, 2); err != nil {
		log.Fatal(err)
	}
}
