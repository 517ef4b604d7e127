package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

type licenses struct{ c *Client }

func (l licenses) IPs(ctx context.Context, id string) error {
	return l.c.Get().Prefix("customer", "v1").Resource("licenses").Name(id).SubResource("ips").Do(ctx)
}

func (l licenses) RemoveIP(ctx context.Context, id, ip string) error {
	return l.c.Delete().
		Prefix("customer/v1").
		Resource("licenses").
		Name(id).
		SubResource("ips", ip).
		Do(ctx)
}

func (l licenses) ResetKey(ctx context.Context, id string) error {
	return l.c.Post().Prefix("/customer").Prefix("v1").Resource("licenses").Name(id).SubResource("reset-key").Do(ctx)
}

func main() {
	c, err := NewClient("https://api.orbitflare.com", http.DefaultClient)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ctx := context.Background()
	l := licenses{c}
	for _, err := range []error{l.IPs(ctx, "42"), l.RemoveIP(ctx, "42", "192.0.2.7"), l.ResetKey(ctx, "42")} {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
