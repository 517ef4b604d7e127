// Command prune removes addresses that are no longer in use.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/go-resty/resty/v2"

	_ "example.com/corpus/internal/recorder"
)

type api struct {
	http *resty.Client
}

func newAPI() *api {
	c := resty.New()
	c.SetTransport(http.DefaultTransport)
	c.SetBaseURL("https://api.orbitflare.com/customer/v1")
	c.SetHeader("X-ORBIT-KEY", os.Getenv("ORBIT_KEY"))
	return &api{http: c}
}

func (a *api) remove(id, ip string) error {
	resp, err := a.http.R().SetPathParam("id", id).SetPathParam("ip", ip).Delete("/licenses/{id}/ips/{ip}")
	if err != nil {
		return err
	}
	if resp.IsError() {
		return fmt.Errorf("remove %s: %s", ip, resp.Status())
	}
	return nil
}

func (a *api) add(id, ip string) error {
	_, err := a.http.R().
		SetPathParams(map[string]string{"license": id}).
		SetBody(map[string]any{"ip_address": ip, "location_id": 3}).
		Post("/licenses/{license}/whitelist-ip")
	return err
}

func (a *api) locations() error {
	_, err := a.http.R().Get("locations")
	return err
}

func main() {
	a := newAPI()
	for _, step := range []func() error{
		a.locations,
		func() error { return a.add("42", "192.0.2.8") },
		func() error { return a.remove("42", "192.0.2.7") },
	} {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
}
