package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
)

type api struct {
	root string
	key  string
}

func (a api) get(path string) error { return a.roundTrip("GET", path, nil) }

func (a api) post(path string, in any) error {
	var buf bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&buf).Encode(in); err != nil {
			return err
		}
	}
	return a.roundTrip("POST", path, &buf)
}

func (a api) del(path string) error { return a.roundTrip(http.MethodDelete, path, nil) }

func (a api) roundTrip(verb, path string, body io.Reader) error {
	req, err := http.NewRequest(verb, a.root+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("X-ORBIT-KEY", a.key)
	req.Header.Set("Accept", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (a api) locations(region string) error {
	return a.get("/locations?region=" + url.QueryEscape(region))
}

func (a api) whitelist(license, ip string) error {
	return a.post("/licenses/"+license+"/whitelist-ip", map[string]string{"ip_address": ip})
}

func (a api) forget(license, ip string) error {
	return a.del("/licenses/" + license + "/ips/" + ip)
}
