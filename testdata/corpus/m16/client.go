package main

import (
	"net/http"
	"net/url"
	"path"
)

type client struct {
	base *url.URL
	key  string
}

func (c *client) Locations() error {
	u := *c.base
	u.Path = path.Join(u.Path, "/locations")
	return c.send(http.MethodGet, &u)
}

func (c *client) Licenses(query url.Values) error {
	u := *c.base
	u.Path += "/licenses"
	u.RawQuery = query.Encode()
	return c.send(http.MethodGet, &u)
}

func (c *client) License(id string) error {
	u := *c.base
	u.RawPath = u.EscapedPath() + "/licenses/" + url.PathEscape(id)
	u.Path += "/licenses/" + id
	return c.send(http.MethodGet, &u)
}

func (c *client) ResetKey(id string) error {
	u := new(url.URL)
	*u = *c.base
	u.Path = c.base.Path + path.Join("/licenses", id, "reset-key")
	return c.send(http.MethodPost, u)
}

func (c *client) send(method string, u *url.URL) error {
	req, err := http.NewRequest(method, u.String(), nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-ORBIT-KEY", c.key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
