package main

import "net/http"

type core struct {
	base string
	hc   *http.Client
}

func (c *core) do(method, path string) error {
	return roundTrip(c.hc, method, c.base+path)
}

func roundTrip(hc *http.Client, method, u string) error {
	req, err := http.NewRequest(method, u, nil)
	if err != nil {
		return err
	}
	res, err := hc.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

type service struct {
	*core
}
