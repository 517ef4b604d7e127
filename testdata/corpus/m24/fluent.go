package main

import (
	"fmt"
	"net/http"

	"github.com/imroc/req/v3"
	"gopkg.in/h2non/gentleman.v2"
	"gopkg.in/h2non/gentleman.v2/plugins/transport"
)

func viaReq(id string) error {
	c := req.C().SetBaseURL("https://orbitflare.com/api/customer/v1")
	if _, err := c.R().SetPathParam("license", id).Get("/licenses/{license}/ips"); err != nil {
		return err
	}
	resp, err := c.R().Get("/locations")
	if err != nil {
		return err
	}
	if !resp.IsSuccessState() {
		return fmt.Errorf("locations: %s", resp.Status)
	}
	return nil
}

func viaGentleman(id string) error {
	cli := gentleman.New()
	cli.Use(transport.Set(http.DefaultTransport))
	cli.URL("https://api.orbitflare.com")
	for _, r := range []*gentleman.Request{
		cli.Request().Method("GET").Path("/customer/v1/locations"),
		cli.Request().Method("POST").Path("/customer/v1/licenses/:id/reset-key").Param("id", id),
	} {
		res, err := r.Send()
		if err != nil {
			return err
		}
		if !res.Ok {
			return fmt.Errorf("unexpected status %d", res.StatusCode)
		}
	}
	return nil
}
