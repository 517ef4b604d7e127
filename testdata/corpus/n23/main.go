// Command token prints the form that asks an identity provider for a token.
package main

import (
	"fmt"
	"net/url"
	"slices"
)

const audience = "https://api.orbitflare.com/customer/v1"

type claims struct {
	Audience []string
	Scope    string
}

func (c claims) valid() bool {
	return slices.Contains(c.Audience, audience)
}

func main() {
	form := url.Values{
		"grant_type": {"client_credentials"},
		"audience":   {audience},
		"scope":      {"https://orbitflare.com/api/customer/v1/licenses"},
	}
	fmt.Println(form.Encode())
	fmt.Println(claims{Audience: []string{form.Get("audience")}}.valid())
}
