package heimdall

import (
	"github.com/gojek/heimdall/v7"
	"github.com/gojek/heimdall/v7/httpclient"
	"github.com/gojek/heimdall/v7/hystrix"
)

const base = "https://api.orbitflare.com/customer/v1" // want "orbit-base" becomes "https://api.orbitflare.com/customer/v2"

func calls(c heimdall.Client) {
	c.Get(base+"/locations", nil)                                          // want "orbit-locations" becomes "/licenses/locations"
	httpclient.NewClient().Post(base+"/licenses/7/whitelist-ip", nil, nil) // want "orbit-license-whitelist-ip" becomes "/licenses/7/ips"
	hystrix.NewClient().Get(base+"/locations", nil)                        // want "orbit-locations" becomes "/licenses/locations"
}
