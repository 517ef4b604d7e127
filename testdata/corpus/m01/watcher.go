package main

import (
	"fmt"
	"net/http"
)

type watcher struct {
	endpoint string
	seen     map[string]bool
}

func newWatcher() *watcher {
	w := new(watcher)
	w.endpoint = "https://api.orbitflare.com/customer/v1/licenses"
	w.seen = map[string]bool{}
	return w
}

func (w *watcher) poll(id string) error {
	resp, err := http.Get(w.endpoint + "/" + id + "/ips")
	if err != nil {
		return fmt.Errorf("poll %s: %w", id, err)
	}
	defer resp.Body.Close()
	w.seen[id] = resp.StatusCode == http.StatusOK
	return nil
}
