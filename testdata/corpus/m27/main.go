// Command ips prints the addresses that each license admits.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

// A reader asks the service at base.
type reader struct {
	base   string
	client *http.Client
}

func (r reader) get(path string, args ...any) (json.RawMessage, error) {
	target := r.base + fmt.Sprintf(path, args...)
	resp, err := r.client.Get(target)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET %s: %s", target, resp.Status)
	}
	return io.ReadAll(resp.Body)
}

func (r reader) places() (json.RawMessage, error) { return r.get("/locations") }

func (r reader) license(id int) (json.RawMessage, error) { return r.get("/licenses/%d", id) }

func (r reader) admitted(id int) (json.RawMessage, error) { return r.get("/licenses/%d/ips", id) }

func main() {
	r := reader{base: "https://api.orbitflare.com/customer/v1", client: http.DefaultClient}
	if _, err := r.places(); err != nil {
		log.Fatal(err)
	}
	for _, id := range []int{41, 42} {
		if _, err := r.license(id); err != nil {
			log.Fatal(err)
		}
		if _, err := r.admitted(id); err != nil {
			log.Fatal(err)
		}
	}
}
