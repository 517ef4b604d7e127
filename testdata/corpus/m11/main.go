package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

func locations(q url.Values) error {
	target := host + epLoc
	if enc := q.Encode(); enc != "" {
		target += "?" + enc
	}
	return drain(http.Get(target))
}

func licenses() error { return drain(http.Get(host + epLic)) }

func license(id string) error { return drain(http.Get(host + epLicByID + id)) }

func act(id, action string) error {
	return drain(http.Post(host+epLicByID+id+action, "application/json", nil))
}

func drain(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unexpected status %s", resp.Status)
	}
	return resp.Body.Close()
}

func main() {
	region := flag.String("region", "eu", "region to list")
	flag.Parse()
	steps := []func() error{
		func() error { return locations(nil) },
		func() error { return locations(url.Values{"region": {*region}}) },
		licenses,
		func() error { return license("lic_1001") },
		func() error { return act("lic_1001", actionReset) },
		func() error { return act("lic_1001", actionRegen) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
}
