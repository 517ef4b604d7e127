package main

import "net/http"

type fetcher interface {
	fetch(path string) error
}

type apiFetcher struct {
	hc *http.Client
}

func (f *apiFetcher) fetch(path string) error {
	res, err := f.hc.Get("https://api.orbitflare.com/customer/v1" + path)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

type catalog struct {
	src fetcher
}

func (c catalog) load() error {
	if err := c.src.fetch("/licenses"); err != nil {
		return err
	}
	return c.src.fetch("/locations")
}
