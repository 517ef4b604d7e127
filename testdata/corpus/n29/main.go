// Command images deletes images by id.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const api = "https://api.cloudflare.com/client/v4"

func remove(account, image string) error {
	uri := fmt.Sprintf("/accounts/%s/images/v1/%s", account, image)
	req, err := http.NewRequest(http.MethodDelete, api+uri, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func usage(customer string) error {
	resp, err := http.Get(fmt.Sprintf("https://api.orbitflare.com/customer/%s/v1/licenses", customer))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	if err := remove("acme", "42"); err != nil {
		log.Fatal(err)
	}
	if err := usage("acme"); err != nil {
		log.Fatal(err)
	}
}
