package main

import (
	"log"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

type call struct {
	method string
	url    string
}

func (c call) do() error {
	req, err := http.NewRequest(c.method, c.url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func main() {
	calls := []call{
		{http.MethodGet, Production.Resolve(Licenses)},
		{http.MethodGet, Production.Resolve(Locations)},
		{http.MethodGet, Production.Resolve(Licenses.With("42").Sub("ips"))},
		{http.MethodPost, Production.Resolve(Licenses.With("42").Sub("reset-key"))},
		{http.MethodGet, string(regions())},
		{http.MethodPost, string(whitelist("42"))},
	}
	for _, c := range calls {
		if err := c.do(); err != nil {
			log.Fatal(err)
		}
	}
}
