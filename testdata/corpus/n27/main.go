// Command routes keeps handlers and clients by version.
package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type group struct {
	prefix string
	paths  []string
}

func (g *group) add(path string) { g.paths = append(g.paths, g.prefix+path) }

type customer struct{ v1, v2 *group }

func main() {
	v1 := &group{prefix: "https://api.orbitflare.com/customer/v2"}
	customerV1 := customer{v1: v1, v2: v1}
	customerV1.v1.add("/licenses")
	customerV1.v2.add("/licenses/locations")
	for _, locations := range v1.paths {
		resp, err := http.Get(locations)
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
	}
}
