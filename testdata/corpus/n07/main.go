// Command allow opens a partner's firewall for our addresses.
package main

import (
	"fmt"
	"log"
	"net/http"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

type partner struct{ base string }

func newPartner() *partner { return &partner{base: "https://api.partner.example/v1"} }

func (p *partner) allow(license, ip string) error {
	body := strings.NewReader(`{"ip":"` + ip + `"}`)
	resp, err := http.Post(p.base+fmt.Sprintf("/licenses/%s/ips", license), "application/json", body)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (p *partner) locations() error {
	resp, err := http.Get(p.base + "/locations")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	p := newPartner()
	if err := p.locations(); err != nil {
		log.Fatal(err)
	}
	if err := p.allow("42", "192.0.2.7"); err != nil {
		log.Fatal(err)
	}
}
