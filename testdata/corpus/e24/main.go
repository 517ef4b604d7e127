// Command detach removes an address from a license.
package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func detach(license, ip string) error {
	req, err := http.NewRequest(
		http.MethodDelete,
		"https://api.orbitflare.com"+ // public endpoint, not the RPC nodes
			"/customer/v1/licenses/"+license+
			// one address, no prefix length
			"/ips/"+ip,
		nil,
	)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func regions() error {
	resp, err := http.Get("https://" +
		"api.orbitflare.com" + /* no trailing slash */
		"/customer/" +
		"v1" + // stable
		"/" +
		"locations")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	if err := regions(); err != nil {
		log.Fatal(err)
	}
	if err := detach("42", "192.0.2.7"); err != nil {
		log.Fatal(err)
	}
}
