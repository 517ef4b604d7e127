package main

import (
	"net/http"

	"github.com/dghubble/sling"
)

const baseURL = "https://api.orbitflare.com/customer/v1/"

type client struct {
	sling    *sling.Sling
	licenses *licenseService
}

type licenseService struct {
	sling *sling.Sling
}

func newClient(hc *http.Client, key string) *client {
	base := sling.New().Client(hc).Base(baseURL).Set("X-ORBIT-KEY", key)
	return &client{
		sling:    base,
		licenses: &licenseService{sling: base.New().Path("licenses/")},
	}
}

type addressBody struct {
	IP string `json:"ip_address"`
}

type reply struct {
	Message string `json:"message"`
}

func (s *licenseService) show(id string) error {
	var r reply
	_, err := s.sling.New().Get(id).ReceiveSuccess(&r)
	return err
}

func (s *licenseService) addIP(id, ip string) error {
	var r reply
	_, err := s.sling.New().Post(id + "/ips").BodyJSON(&addressBody{IP: ip}).ReceiveSuccess(&r)
	return err
}

func (c *client) locations() error {
	var r reply
	_, err := c.sling.New().Get("locations").ReceiveSuccess(&r)
	return err
}

func (c *client) regions() error {
	req, err := sling.New().Base("https://api.orbitflare.com/").Path("customer/v1/").Get("locations?group=region").Request()
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
