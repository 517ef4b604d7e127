// Command rotate gives a license a new key.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"

	_ "example.com/corpus/internal/recorder"
)

func rotate(ctx context.Context, id, reason string) error {
	body := strings.NewReader(fmt.Sprintf(`{"reason":%q}`, reason))
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.orbitflare.com/customer/v1/licenses/"+id+"/reset-key", body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	return do(req)
}

func regenerate(ctx context.Context, id string) error {
	req, err := http.NewRequestWithContext(ctx, "POST", "https://api.orbitflare.com/customer/v1/licenses/"+id+"/regenerate-key", http.NoBody)
	if err != nil {
		return err
	}
	return do(req)
}

func revoke(ctx context.Context, id, ip string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodDelete, "https://api.orbitflare.com/customer/v1/licenses/"+id+"/ips/"+ip, nil)
	if err != nil {
		return err
	}
	return do(req)
}

func do(req *http.Request) error {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		return fmt.Errorf("%s %s: %s", req.Method, req.URL.Path, resp.Status)
	}
	return nil
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, err := range []error{
		rotate(ctx, "42", "leaked"),
		regenerate(ctx, "42"),
		revoke(ctx, "42", "192.0.2.7"),
	} {
		if err != nil {
			log.Print(err)
		}
	}
}
