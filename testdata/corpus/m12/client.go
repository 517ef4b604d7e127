package main

import (
	"net/http"
	"net/url"
	"strings"
)

type service struct {
	base *url.URL
}

func newService(raw string) (*service, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return &service{base: u}, nil
}

func (s *service) send(method, ref string) error {
	u, err := s.base.Parse(ref)
	if err != nil {
		return err
	}
	return dispatch(method, u)
}

type gateway struct {
	origin *url.URL
}

func (g gateway) send(method, rooted string) error {
	u, err := g.origin.Parse(rooted)
	if err != nil {
		return err
	}
	return dispatch(method, u)
}

func dispatch(method string, u *url.URL) error {
	req, err := http.NewRequest(method, u.String(), nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
