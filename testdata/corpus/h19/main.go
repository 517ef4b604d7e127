package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func send(method, u string) error {
	req, err := http.NewRequest(method, u, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func run(id int) error {
	for _, u := range [...]string{locationsURL, licensesURL, fmt.Sprintf(siteURL, id)} {
		if err := send(http.MethodGet, u); err != nil {
			return err
		}
	}
	return send(http.MethodPost, fmt.Sprintf(rotateFormat, fmt.Sprint(id)))
}

func main() {
	if err := run(42); err != nil {
		log.Fatal(err)
	}
}
