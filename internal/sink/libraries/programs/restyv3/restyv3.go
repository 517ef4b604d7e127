package restyv3

import "resty.dev/v3"

func calls() {
	c := resty.New()
	defer c.Close()
	c.SetBaseURL("https://api.orbitflare.com/customer/v1")            // want "orbit-base" becomes "https://api.orbitflare.com/customer/v2"
	c.R().Get("/locations")                                           // want "orbit-locations" becomes "/licenses/locations"
	c.R().SetMethod("POST").SetURL("/licenses/7/whitelist-ip").Send() // want "orbit-license-whitelist-ip" becomes "/licenses/7/ips"
}
