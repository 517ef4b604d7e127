package main

import (
	"fmt"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

const baseURL = "https://api.orbitflare.com/customer/v1"

type job struct {
	method string
	path   string
	done   chan<- error
}

type pool struct {
	jobs chan job
}

func newPool() *pool {
	p := &pool{jobs: make(chan job, 4)}
	go p.work()
	return p
}

func (p *pool) work() {
	for j := range p.jobs {
		j.done <- send(j.method, baseURL+j.path)
	}
}

func send(method, url string) error {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (p *pool) submit(method, path string) error {
	done := make(chan error, 1)
	p.jobs <- job{method, path, done}
	return <-done
}

func warmUp(ids []string) error {
	urls := make(chan string)
	go func() {
		defer close(urls)
		urls <- "https://orbitflare.com/api/customer/v1/locations"
		for _, id := range ids {
			urls <- "https://orbitflare.com/api/customer/v1/licenses/" + id
		}
	}()
	var failed error
	for u := range urls {
		if err := send(http.MethodGet, u); err != nil && failed == nil {
			failed = err
		}
	}
	return failed
}

func main() {
	p := newPool()
	steps := []func() error{
		func() error { return p.submit(http.MethodGet, "/locations") },
		func() error { return p.submit(http.MethodPost, "/licenses/42/regenerate-key") },
		func() error { return p.submit(http.MethodPost, "/licenses/42/whitelist-ip") },
		func() error { return warmUp([]string{"42", "43"}) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
