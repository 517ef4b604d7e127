package main

import (
	"expvar"
	"net/http"
	"net/url"
)

const statusURL = "https://orbitflare.com/api/customer/v1/locations"

var calls = expvar.NewMap("calls")

func status(hc *http.Client) error {
	res, err := hc.Get(statusURL)
	if err != nil {
		return err
	}
	calls.Add(statusURL, 1)
	return res.Body.Close()
}

const (
	originURL   = "https://api.orbitflare.com"
	sessionPath = "/customer/v1"
)

func session(hc *http.Client, token string) error {
	u, err := url.Parse(originURL + sessionPath + "/licenses/7")
	if err != nil {
		return err
	}
	hc.Jar.SetCookies(u, []*http.Cookie{{Name: "session", Value: token, Path: sessionPath}})
	res, err := hc.Get(u.String())
	if err != nil {
		return err
	}
	return res.Body.Close()
}
