package main

import (
	"fmt"
	"net/http"
)

type directory struct {
	name string
	base string
}

func newDirectory(name, base string) *directory {
	return &directory{name: name, base: base}
}

func (d *directory) fetch(path string) error {
	res, err := http.Get(d.base + path)
	if err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	return res.Body.Close()
}

func (d *directory) refresh() error {
	if err := d.fetch("/licenses"); err != nil {
		return err
	}
	return d.fetch("/locations")
}
