package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

const defaultBase = "https://api.orbitflare.com/customer/v1"

type License struct {
	ID int `json:"id"`
}

type page struct {
	Licenses []License `json:"licenses"`
	Next     string    `json:"next"`
}

type Client struct {
	HTTP   *http.Client
	Base   string
	Cursor string
}

func (c *Client) start() (string, error) {
	saved, err := os.ReadFile(c.Cursor)
	if errors.Is(err, os.ErrNotExist) {
		return c.Base + "/licenses?limit=50", nil
	}
	return strings.TrimSpace(string(saved)), err
}

func (c *Client) fetch(target string) (*page, error) {
	resp, err := c.HTTP.Get(target)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("get %s: %s", target, resp.Status)
	}
	var p page
	if err := json.NewDecoder(resp.Body).Decode(&p); err != nil {
		return nil, fmt.Errorf("get %s: %w", target, err)
	}
	return &p, nil
}

func (c *Client) Licenses() (all []License, err error) {
	next, err := c.start()
	for err == nil && next != "" {
		var p *page
		if p, err = c.fetch(next); err != nil {
			break
		}
		all = append(all, p.Licenses...)
		if next, err = resolve(next, p.Next); err == nil && next != "" {
			err = os.WriteFile(c.Cursor, []byte(next), 0o600)
		}
	}
	return all, err
}

func resolve(current, next string) (string, error) {
	if next == "" {
		return "", nil
	}
	u, err := url.Parse(current)
	if err != nil {
		return "", err
	}
	u, err = u.Parse(next)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

func main() {
	c := &Client{HTTP: http.DefaultClient, Base: defaultBase, Cursor: "licenses.cursor"}
	if _, err := c.Licenses(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if _, err := c.fetch(c.Base + "/locations"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
