// Command warm asks for everything that the dashboard shows, so that its cache is filled.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	_ "example.com/corpus/internal/recorder"
)

const production = "https://api.orbitflare.com"

type cache struct {
	client *http.Client
	pages  []string
}

func (c *cache) fetch(target string) error {
	resp, err := c.client.Get(target)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", target, resp.Status)
	}
	page, err := io.ReadAll(resp.Body)
	c.pages = append(c.pages, string(page))
	return err
}

func (c *cache) warm(host string, ids []string) error {
	root := host + "/customer/v1"
	err := errors.Join(
		c.fetch(root+"/locations"),
		c.fetch(root+"/licenses"),
	)
	for _, id := range ids {
		err = errors.Join(err,
			c.fetch(root+"/licenses/"+id),
			c.fetch(root+"/licenses/"+id+"/ips"),
		)
	}
	return err
}

func main() {
	demo := flag.Bool("demo", false, "ask a server of this process with made-up data")
	flag.Parse()
	host, client := production, http.DefaultClient
	if *demo {
		srv := httptest.NewServer(http.HandlerFunc(madeUp))
		defer srv.Close()
		host, client = srv.URL, srv.Client()
	}
	c := &cache{client: client}
	if err := c.warm(host, []string{"42", "57"}); err != nil {
		log.Println(err)
		os.Exit(1)
	}
}
