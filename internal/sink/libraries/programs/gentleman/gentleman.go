package gentleman

import "gopkg.in/h2non/gentleman.v2"

func calls() {
	cli := gentleman.New()
	cli.URL("https://api.orbitflare.com")
	req := cli.Request()
	req.Method("POST")
	req.Path("/customer/v1/licenses/:id/whitelist-ip") // want "orbit-license-whitelist-ip" becomes "/customer/v2/licenses/:id/ips"
	req.Param("id", "7")
	req.Send()

	v1 := gentleman.New().BaseURL("https://api.orbitflare.com/customer/v1") // want "orbit-locations" becomes "https://api.orbitflare.com/customer/v2"
	v1.Get().AddPath("/locations").Send()                                   // want "orbit-locations" becomes "/licenses/locations"
	v1.Get().Path("/locations").Send()
}
