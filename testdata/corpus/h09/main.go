package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"

	_ "example.com/corpus/internal/recorder"
)

var apiVersion = "v1"

const origin = "https://api.orbitflare.com/customer/"

func fetch(path string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, origin+apiVersion+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "licensectl/"+apiVersion)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return io.ReadAll(res.Body)
}

func export(dir string) error {
	body, err := fetch("/licenses")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "licenses-"+apiVersion+".json"), body, 0o600)
}

func main() {
	show := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *show {
		fmt.Println("licensectl " + apiVersion)
		return
	}
	dir, err := os.MkdirTemp("", "licensectl")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := export(dir); err != nil {
		log.Print(err)
	}
	if _, err := fetch("/locations"); err != nil {
		log.Print(err)
	}
}
