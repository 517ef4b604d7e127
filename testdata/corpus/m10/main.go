package main

import (
	"fmt"
	"log"
	"net/http"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

const (
	pathLicense  = "%s/customer/v1/licenses/%s"
	pathIP       = "%s/customer/v1/licenses/%s/ips/%s"
	pathLocation = "%s/customer/v1/locations?page=%d"
)

type session struct {
	host string
	http http.Client
}

func (s *session) open(id string) error {
	return s.run(http.MethodGet, fmt.Sprintf(pathLicense, s.host, url.PathEscape(id)))
}

func (s *session) revoke(id, ip string) error {
	return s.run(http.MethodDelete, fmt.Sprintf(pathIP, s.host, url.PathEscape(id), ip))
}

func (s *session) sites(page int) error {
	target := fmt.Sprintf(pathLocation, s.host, page)
	return s.run(http.MethodGet, target)
}

func (s *session) run(method, target string) error {
	req, err := http.NewRequest(method, target, nil)
	if err != nil {
		return err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	s := &session{host: "https://api.orbitflare.com"}
	if err := s.open("lic_1001"); err != nil {
		log.Fatal(err)
	}
	if err := s.revoke("lic_1001", "203.0.113.7"); err != nil {
		log.Fatal(err)
	}
	if err := s.sites(2); err != nil {
		log.Fatal(err)
	}
}
