package sendgrid

import "github.com/sendgrid/rest"

const base = "https://api.orbitflare.com/customer/v1" // want "orbit-base" becomes "https://api.orbitflare.com/customer/v2"

func calls() {
	rest.Send(rest.Request{Method: rest.Get, BaseURL: base + "/locations"}) // want "orbit-locations" becomes "/licenses/locations"
	r := rest.Request{Method: rest.Post}
	r.BaseURL = base + "/licenses/7/whitelist-ip" // want "orbit-license-whitelist-ip" becomes "/licenses/7/ips"
	rest.API(r)
}
