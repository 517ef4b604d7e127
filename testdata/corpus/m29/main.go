// Command warm asks for everything that the dashboard shows, so that its cache is filled.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	_ "example.com/corpus/internal/recorder"
)

const production = "https://api.orbitflare.com"

func fetch(client *http.Client, target string) error {
	resp, err := client.Get(target)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", target, resp.Status)
	}
	return nil
}

func warm(client *http.Client, host string, ids []string) error {
	root := host + "/customer/v1"
	err := errors.Join(
		fetch(client, root+"/locations"),
		fetch(client, root+"/licenses"),
	)
	for _, id := range ids {
		err = errors.Join(err,
			fetch(client, root+"/licenses/"+id),
			fetch(client, root+"/licenses/"+id+"/ips"),
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
	if err := warm(client, host, []string{"42", "57"}); err != nil {
		log.Println(err)
		os.Exit(1)
	}
}
