package gockv1

import "gopkg.in/h2non/gock.v1"

func mock() {
	defer gock.Off()
	gock.New("https://api.orbitflare.com").Get("/customer/v1/locations").Reply(200)                                     // want "orbit-locations" becomes "/customer/v2/licenses/locations"
	gock.New("https://api.orbitflare.com/customer/v1").Post("/licenses/(.*)/whitelist-ip").MatchType("json").Reply(200) // want "orbit-license-whitelist-ip" want "orbit-license-whitelist-ip" becomes "/licenses/(.*)/ips" becomes "https://api.orbitflare.com/customer/v2"
	gock.New("https://api.orbitflare.com/customer/v1").Get("/locations").Reply(200)                                     // want "orbit-locations" want "orbit-locations" becomes "/licenses/locations" becomes "https://api.orbitflare.com/customer/v2"
	gock.New("https://example.com/customer/v1").Get("/locations").Reply(200)
}
