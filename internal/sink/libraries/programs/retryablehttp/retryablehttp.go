package retryablehttp

import "github.com/hashicorp/go-retryablehttp"

const base = "https://api.orbitflare.com/customer/v1" // want "orbit-base" becomes "https://api.orbitflare.com/customer/v2"

func calls() {
	c := retryablehttp.NewClient()
	c.Get(base + "/locations")                                                       // want "orbit-locations" becomes "/licenses/locations"
	c.StandardClient().Get(base + "/locations")                                      // want "orbit-locations" becomes "/licenses/locations"
	req, _ := retryablehttp.NewRequest("POST", base+"/licenses/7/whitelist-ip", nil) // want "orbit-license-whitelist-ip" becomes "/licenses/7/ips"
	c.Do(req)
}
