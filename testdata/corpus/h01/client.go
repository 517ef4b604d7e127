package main

import (
	"fmt"
	"io"
	"net/http"
	"time"
)

const apiBase = "https://api.orbitflare.com/customer/v1"

type client struct {
	hc  *http.Client
	key string
}

func newClient(key string) *client {
	return &client{hc: &http.Client{Timeout: 10 * time.Second}, key: key}
}

func (c *client) call(method, url string) error {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-ORBIT-KEY", c.key)
	res, err := c.hc.Do(req)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, url, err)
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return err
}
