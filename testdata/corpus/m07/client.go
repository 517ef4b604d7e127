package main

import (
	"context"
	"net/http"
	"net/url"
)

type client struct {
	endpoint *url.URL
	token    string
	Keys     *keysService
}

func newClient(token string) (*client, error) {
	u, err := url.Parse("https://api.orbitflare.com/")
	if err != nil {
		return nil, err
	}
	c := &client{endpoint: u, token: token}
	c.Keys = &keysService{client: c}
	return c, nil
}

func (c *client) do(ctx context.Context, method, path string) error {
	u, err := c.endpoint.Parse(path)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return err
	}
	req.Header.Add("X-ORBIT-KEY", c.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
