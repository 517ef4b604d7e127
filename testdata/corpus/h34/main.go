package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

//go:embed endpoints.json
var endpointsJSON []byte

type endpoint struct {
	Method string `json:"method"`
	Path   string `json:"path"`
}

type catalog struct {
	Base      string              `json:"base"`
	Endpoints map[string]endpoint `json:"endpoints"`
}

func load() (*catalog, error) {
	var c catalog
	if err := json.Unmarshal(endpointsJSON, &c); err != nil {
		return nil, fmt.Errorf("endpoints.json: %w", err)
	}
	return &c, nil
}

func (c *catalog) call(name string, args ...string) error {
	e, ok := c.Endpoints[name]
	if !ok {
		return fmt.Errorf("no endpoint %q", name)
	}
	req, err := http.NewRequest(e.Method, c.Base+strings.NewReplacer(args...).Replace(e.Path), nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	c, err := load()
	if err == nil {
		err = c.call("locations")
	}
	if err == nil {
		err = c.call("ips", ":license", "42")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
