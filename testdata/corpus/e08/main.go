// Command regions prints the names of all regions, one a line.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

const apiBase = "https://api.orbitflare.com/customer/v1"

func main() {
	req, err := http.NewRequest(http.MethodGet, apiBase+"/locations", nil)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("X-ORBIT-KEY", os.Getenv("ORBIT_KEY"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()

	var answer map[string][]struct {
		Name string `json:"name"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		log.Fatal(err)
	}
	for _, l := range answer["locations"] {
		fmt.Println(l.Name)
	}
}
