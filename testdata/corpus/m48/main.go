// Command spots lists the locations and the addresses of a license.
package main

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.5.0 -config oapi.yaml ./openapi.yaml

import (
	"context"
	"fmt"
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func check(resp *http.Response, err error) error {
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
	ctx := context.Background()
	c, err := NewClient(ServerUrlProduction)
	if err != nil {
		log.Fatal(err)
	}
	if err := check(c.ListLocations(ctx)); err != nil {
		log.Fatal(err)
	}
	if err := check(c.ListAddresses(ctx, "42")); err != nil {
		log.Fatal(err)
	}
}
