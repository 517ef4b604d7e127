package main

import "net/http"

const (
	ownSeats     = "https://orbitflare.com/api/customer/v1"
	partnerSeats = "https://seats.partner.example/v1"
)

func count(base, path string) error {
	res, err := http.Get(base + path)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func countSeats() error {
	if err := count(ownSeats, "/licenses"); err != nil {
		return err
	}
	return count(partnerSeats, "/licenses")
}
