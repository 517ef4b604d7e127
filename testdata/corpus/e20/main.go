// Command search lists licenses that match a filter.
package main

import (
	"flag"
	"log"
	"net/http"
	"net/url"
	"strconv"

	_ "example.com/corpus/internal/recorder"
)

const endpoint = "https://api.orbitflare.com/customer/v1"

func search(plan string, page int) error {
	u, err := url.Parse(endpoint + "/licenses")
	if err != nil {
		return err
	}
	q := u.Query()
	q.Set("plan", plan)
	q.Set("page", strconv.Itoa(page))
	u.RawQuery = q.Encode()
	resp, err := http.Get(u.String())
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func locations() error {
	u, err := url.ParseRequestURI("https://api.orbitflare.com/customer/v1/locations")
	if err != nil {
		return err
	}
	req := &http.Request{Method: http.MethodGet, URL: u}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	plan := flag.String("plan", "pro", "only licenses of this `plan`")
	flag.Parse()
	for page := range 2 {
		if err := search(*plan, page+1); err != nil {
			log.Fatal(err)
		}
	}
	if err := locations(); err != nil {
		log.Fatal(err)
	}
}
