// Command stock counts licenses and the locations they can run in.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const apiBase = "https://api.orbitflare.com/customer/v1"

type stock struct {
	base string
	http *http.Client
}

func (s stock) fetch(path string) ([]byte, error) {
	resp, err := s.http.Get(s.base + path)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("stock: %s: %s", path, resp.Status)
	}
	return io.ReadAll(resp.Body)
}

func (s stock) locations() ([]byte, error) { return s.fetch("/locations") }

func (s stock) licenses() ([]byte, error) { return s.fetch("/licenses") }

func (s stock) addresses(id string) ([]byte, error) { return s.fetch("/licenses/" + id + "/ips") }

func main() {
	s := stock{base: apiBase, http: http.DefaultClient}
	for _, read := range []func() ([]byte, error){
		s.locations,
		s.licenses,
		func() ([]byte, error) { return s.addresses("42") },
	} {
		if _, err := read(); err != nil {
			log.Fatal(err)
		}
	}
}
