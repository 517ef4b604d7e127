package main

import (
	"net/http"
	"strings"
	"time"

	"github.com/gojek/heimdall/v7/httpclient"
)

type circuit struct {
	api    *httpclient.Client
	prefix string
}

func newCircuit() *circuit {
	return &circuit{
		api:    httpclient.NewClient(httpclient.WithHTTPTimeout(2 * time.Second)),
		prefix: "https://api.orbitflare.com/customer/v1",
	}
}

func (c *circuit) locations() error {
	resp, err := c.api.Get(c.prefix+"/locations?fields=name", http.Header{"Accept": {"application/json"}})
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *circuit) addIP(id, ip string) error {
	body := strings.NewReader(`{"ip_address":"` + ip + `"}`)
	resp, err := c.api.Post(c.prefix+"/licenses/"+id+"/whitelist-ip", body, nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
