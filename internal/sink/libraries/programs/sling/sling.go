package sling

import "github.com/dghubble/sling"

func calls() {
	base := sling.New().Base("https://api.orbitflare.com/customer/v1/").Set("Accept", "application/json") // want "orbit-base" becomes "https://api.orbitflare.com/customer/v2/"
	base.New().Get("locations").ReceiveSuccess(nil)                                                       // want "orbit-locations" becomes "licenses/locations"
	base.New().Path("licenses/").Post("7/whitelist-ip").Receive(nil, nil)                                 // want "orbit-license-whitelist-ip" becomes "7/ips"
	base.New().Get("/locations").Request()
}
