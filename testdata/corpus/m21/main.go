package main

import (
	"log"
	"net/http"
	"os"

	_ "example.com/corpus/internal/recorder"
)

func main() {
	s := &sender{
		baseURL: "https://api.orbitflare.com/customer/v1",
		key:     os.Getenv("ORBIT_KEY"),
	}
	license := "lic_1001"

	if _, err := s.send(apiRequest{Method: http.MethodGet, Path: "/locations"}); err != nil {
		log.Fatal(err)
	}
	add := apiRequest{
		Method: http.MethodPost,
		Path:   "/licenses/" + license + "/ips",
		Body:   `{"ip_address":"203.0.113.7","location_id":3}`,
	}
	if _, err := s.send(add); err != nil {
		log.Fatal(err)
	}
	if _, err := s.send(apiRequest{"DELETE", "/licenses/" + license + "/ips/203.0.113.7", ""}); err != nil {
		log.Fatal(err)
	}
	if _, err := s.do(&call{"GET", "/locations?limit=10", true}); err != nil {
		log.Fatal(err)
	}
	rotate := &call{verb: "POST", retry: false}
	rotate.path = "/licenses/" + license + "/reset-key"
	if _, err := s.do(rotate); err != nil {
		log.Fatal(err)
	}
}
