package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

type license struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

func pageQuery(endpoint string, page int) string {
	if strings.Contains(endpoint, "/v1/") {
		return fmt.Sprintf("%s?page=%d", endpoint, page)
	}
	return fmt.Sprintf("%s?cursor=%d", endpoint, page*50)
}

var versioned = regexp.MustCompile(`^https://[^/]+/api/customer/v(\d+)/`)

func decode(endpoint string, body io.Reader) (license, error) {
	dec := json.NewDecoder(body)
	if m := versioned.FindStringSubmatch(endpoint); m != nil && m[1] == "1" {
		var flat struct {
			License license `json:"license"`
		}
		err := dec.Decode(&flat)
		return flat.License, err
	}
	var nested struct {
		Data struct {
			License license `json:"license"`
		} `json:"data"`
	}
	err := dec.Decode(&nested)
	return nested.Data.License, err
}

func list(endpoint string, page int) error {
	resp, err := http.Get(pageQuery(endpoint, page))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func get(endpoint string) (license, error) {
	resp, err := http.Get(endpoint)
	if err != nil {
		return license{}, err
	}
	defer resp.Body.Close()
	return decode(endpoint, resp.Body)
}

func main() {
	if err := list("https://api.orbitflare.com/customer/v1/licenses", 2); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if _, err := get("https://orbitflare.com/api/customer/v1/licenses/42"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
