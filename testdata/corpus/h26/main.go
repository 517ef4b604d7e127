package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"example.com/corpus/h26/orbitgen"
	_ "example.com/corpus/internal/recorder"
)

func run(ctx context.Context) error {
	c := &orbitgen.Client{Server: orbitgen.ServerProduction, Doer: http.DefaultClient, Key: os.Getenv("ORBIT_KEY")}
	calls := []func() (*http.Response, error){
		func() (*http.Response, error) { return c.ListLocations(ctx) },
		func() (*http.Response, error) { return c.GetLicense(ctx, "42") },
		func() (*http.Response, error) { return c.RemoveIP(ctx, "42", "192.0.2.7") },
	}
	for _, call := range calls {
		resp, err := call()
		if err != nil {
			return err
		}
		if err := resp.Body.Close(); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
