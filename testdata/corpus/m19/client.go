package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

type management struct {
	domain   string
	basePath string
	http     *http.Client
}

func newManagement(domain string) *management {
	return &management{
		domain:   domain,
		basePath: "customer/v1",
		http:     http.DefaultClient,
	}
}

func (m *management) uri(segments ...string) string {
	return "https://" + m.domain + "/" + m.basePath + "/" + strings.Join(segments, "/")
}

func (m *management) Licenses(ctx context.Context) error {
	return m.request(ctx, "GET", m.uri("licenses"))
}

func (m *management) RegenerateKey(ctx context.Context, id string) error {
	return m.request(ctx, "POST", m.uri("licenses", id, "regenerate-key"))
}

func (m *management) Whitelist(ctx context.Context, id string) error {
	segments := []string{"licenses", id, "ips"}
	return m.request(ctx, "GET", m.uri(segments...))
}

func (m *management) Locations(ctx context.Context) error {
	return m.request(ctx, "GET", m.uri("locations"))
}

func (m *management) request(ctx context.Context, method, uri string) error {
	req, err := http.NewRequestWithContext(ctx, method, uri, nil)
	if err != nil {
		return fmt.Errorf("new %s request: %w", method, err)
	}
	resp, err := m.http.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
