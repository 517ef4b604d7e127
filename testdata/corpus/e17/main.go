// Command catalog prints how many locations and licenses there are.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const base = "https://api.orbitflare.com/customer/v1"

func count(url, key string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	var all map[string][]json.RawMessage
	if err := json.NewDecoder(resp.Body).Decode(&all); err != nil {
		return 0, fmt.Errorf("%s: %w", key, err)
	}
	return len(all[key]), nil
}

func countLocations() (int, error) { return count(base+"/locations", "locations") }
func countIPs(id string) (int, error) {
	return count(fmt.Sprintf("%s/licenses/%s/ips", base, id), "ips")
}

func main() {
	l, err := countLocations()
	if err != nil {
		log.Fatal(err)
	}
	n, err := countIPs("42")
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("%d locations, %d addresses", l, n)
}
