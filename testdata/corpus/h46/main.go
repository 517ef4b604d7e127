package main

import (
	"fmt"
	"net/http"

	_ "example.com/corpus/internal/recorder"
)

func addresses(id string) (*http.Response, error) {
	return http.Get("https://api.orbitflare.com/customer/v1/licenses/" + id + "/ips")
}

func main() {
	res, err := addresses("7")
	if err != nil {
		fmt.Println(err)
		return
	}
	res.Body.Close()
}
