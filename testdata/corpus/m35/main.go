// Command gateway checks its upstream before it starts.
package main

import (
	"fmt"
	"log"
	"net/http"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

func ping(base string, path ...string) error {
	resp, err := http.Get(strings.TrimSuffix(base, "/") + "/" + strings.Join(path, "/"))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", resp.Request.URL, resp.Status)
	}
	return nil
}

func main() {
	checks := []func() error{fromEnv, fromEnvconfig, fromFlags, fromApp, fromFile}
	for _, check := range checks {
		if err := check(); err != nil {
			log.Fatal(err)
		}
	}
}
