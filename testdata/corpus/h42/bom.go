package main

import (
	"fmt"
	"net/http"
)

func license(id int) error {
	resp, err := http.Get(fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%d", id))
	if err != nil {
		return fmt.Errorf("Lizenz № %d – nicht lesbar: %w", id, err)
	}
	return resp.Body.Close()
}
