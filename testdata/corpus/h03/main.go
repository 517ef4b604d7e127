package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/url"

	_ "example.com/corpus/internal/recorder"
)

const baseURL = "https://api.orbitflare.com/customer/v1"

type client struct {
	hc    *http.Client
	pages map[string][]byte
}

func (c *client) authorize() error {
	res, err := c.hc.PostForm("https://login.acme.example/oauth/token", url.Values{
		"grant_type": {"client_credentials"},
		"audience":   {baseURL},
	})
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func (c *client) page(path string) ([]byte, error) {
	key := baseURL + path
	if body, ok := c.pages[key]; ok {
		return body, nil
	}
	res, err := c.hc.Get(baseURL + path)
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", path, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	c.pages[key] = body
	return body, nil
}

func main() {
	jar, err := cookiejar.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	c := &client{hc: &http.Client{Jar: jar}, pages: map[string][]byte{}}
	if err := c.authorize(); err != nil {
		log.Fatal(err)
	}
	for _, path := range []string{"/licenses", "/licenses/42", "/licenses/42/ips", "/licenses"} {
		if _, err := c.page(path); err != nil {
			log.Fatal(err)
		}
	}
	if err := status(c.hc); err != nil {
		log.Fatal(err)
	}
	if err := session(c.hc, "s1"); err != nil {
		log.Fatal(err)
	}
}
