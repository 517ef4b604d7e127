// Command pages walks through the addresses of a license.
package main

import (
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type walker struct {
	host string
	hc   *http.Client
}

func (w *walker) step(method, path string) error {
	req, err := http.NewRequest(method, w.host+path, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := w.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, resp.Status)
	}
	return nil
}

func (w *walker) walk(id string, pages int) error {
	for _, p := range []string{locationsPath(), licensesPath(), licensePath(id)} {
		if err := w.step(http.MethodGet, p); err != nil {
			return err
		}
	}
	for page := range pages {
		if err := w.step(http.MethodGet, addressesPath(id, page)); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	w := &walker{host: "https://api.orbitflare.com", hc: http.DefaultClient}
	if err := w.walk("42", 2); err != nil {
		log.Fatal(err)
	}
}
