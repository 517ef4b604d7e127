// Command regions prints the regions of an account.
package main

import (
	"io"
	"log"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

const base = "https://api.orbitflare.com/customer/v1"

// regions copies the answer of the API to w.
//
// GET /customer/v1/locations
func regions(w io.Writer) error {
	resp, err := http.Get(base + "/locations")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(w, resp.Body)
	return err
}

// license reads one license, see https://api.orbitflare.com/customer/v1/licenses/42 for an example.
func license(w io.Writer, id string) error {
	resp, err := http.Get(base + "/licenses/" + id)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(w, resp.Body)
	return err
}

func main() {
	if err := regions(os.Stderr); err != nil {
		log.Fatal(err)
	}
	if err := license(os.Stderr, "42"); err != nil {
		log.Fatal(err)
	}
}
