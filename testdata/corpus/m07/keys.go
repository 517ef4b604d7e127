package main

import (
	"context"
	"fmt"
	"net/http"
)

const (
	keysPath  = "customer/v1/licenses"
	sitesPath = "customer/v1/locations"
)

type keysService struct {
	client *client
}

func (s *keysService) List(ctx context.Context) error {
	return s.client.do(ctx, http.MethodGet, keysPath)
}

func (s *keysService) Get(ctx context.Context, id int) error {
	path := fmt.Sprintf("%s/%d", keysPath, id)
	return s.client.do(ctx, http.MethodGet, path)
}

func (s *keysService) Rotate(ctx context.Context, id int) error {
	path := fmt.Sprintf("%s/%d/%s", keysPath, id, "reset-key")
	return s.client.do(ctx, http.MethodPost, path)
}

func (s *keysService) Sites(ctx context.Context) error {
	return s.client.do(ctx, http.MethodGet, sitesPath)
}
