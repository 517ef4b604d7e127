// Command inventory lists licenses and the locations they run in.
package main

import (
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	_ "example.com/corpus/internal/recorder"
)

func (c config) list(path string) error {
	q := url.Values{"source": {c.source()}}
	resp, err := http.Get(c.URL + path + "?" + q.Encode())
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, resp.Status)
	}
	return nil
}

func main() {
	dir, err := os.MkdirTemp("", "inventory")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "inventory.json")
	cfg, err := load(file)
	if err != nil {
		log.Fatal(err)
	}
	if err := cfg.list("/locations"); err != nil {
		log.Fatal(err)
	}
	if err := cfg.list("/licenses"); err != nil {
		log.Fatal(err)
	}
	if err := cfg.save(file); err != nil {
		log.Fatal(err)
	}
}
