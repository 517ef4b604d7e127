package main

import "net/http"

const loginURL = "https://portal.acme.example/login?next=https%3A%2F%2Fapi.orbitflare.com%2Fcustomer%2Fv1%2Flocations"

func login(user string) error {
	res, err := http.Get(loginURL + "&user=" + user)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
