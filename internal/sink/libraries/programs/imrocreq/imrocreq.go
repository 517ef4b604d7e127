package imrocreq

import "github.com/imroc/req/v3"

func calls() {
	c := req.C().SetBaseURL("https://api.orbitflare.com/customer/v1") // want "orbit-base" becomes "https://api.orbitflare.com/customer/v2"
	c.R().SetPathParam("id", "7").Post("/licenses/{id}/whitelist-ip") // want "orbit-license-whitelist-ip" becomes "/licenses/{id}/ips"
	c.Get("/locations").Do()                                          // want "orbit-locations" becomes "/licenses/locations"
	req.MustGet("https://api.orbitflare.com/customer/v1/locations")   // want "orbit-locations" becomes "https://api.orbitflare.com/customer/v2/licenses/locations"
}
