package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

type conn struct {
	base string
	http *http.Client
}

func getJSON[T any](ctx context.Context, c *conn, path string) (T, error) {
	var zero T
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return zero, err
	}
	return exchange[T](c, req)
}

func request[Req, Resp any](ctx context.Context, c *conn, method, path string, in Req, out *Resp) error {
	raw, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	got, err := exchange[Resp](c, req)
	if err == nil && out != nil {
		*out = got
	}
	return err
}

func exchange[T any](c *conn, req *http.Request) (T, error) {
	var v T
	resp, err := c.http.Do(req)
	if err != nil {
		return v, err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		msg, _ := io.ReadAll(resp.Body)
		return v, fmt.Errorf("%s: %s", resp.Status, msg)
	}
	err = json.NewDecoder(resp.Body).Decode(&v)
	return v, err
}

type list[T any] struct {
	conn *conn
	path string
}

func (l list[T]) all(ctx context.Context) (map[string]T, error) {
	return getJSON[map[string]T](ctx, l.conn, l.path)
}
