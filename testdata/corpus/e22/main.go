// Command behind-proxy talks to the API through a proxy that needs the port spelled out.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

const (
	origin = "https://api.orbitflare.com:443"
	base   = origin + "/customer/v1"
)

func call(ctx context.Context, method, url string) error {
	req, err := http.NewRequestWithContext(ctx, method, url, nil)
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
	ctx := context.Background()
	hostport := net.JoinHostPort("api.orbitflare.com", "443")
	for _, err := range []error{
		call(ctx, http.MethodGet, base+"/licenses"),
		call(ctx, http.MethodGet, base+"/locations"),
		call(ctx, http.MethodPost, "https://api.orbitflare.com:443/customer/v1/licenses/42/reset-key"),
		call(ctx, http.MethodGet, fmt.Sprintf("https://%s/customer/v1/licenses/42/ips", hostport)),
		call(ctx, http.MethodGet, fmt.Sprintf("https://api.orbitflare.com:%d/customer/v1/licenses/%s", 443, "42")),
	} {
		if err != nil {
			log.Fatal(err)
		}
	}
}
