package fasthttp

import "github.com/valyala/fasthttp"

func calls() {
	req := fasthttp.AcquireRequest()
	defer fasthttp.ReleaseRequest(req)
	req.SetRequestURI("https://api.orbitflare.com/customer/v1/licenses/7/whitelist-ip") // want "orbit-license-whitelist-ip" becomes "https://api.orbitflare.com/customer/v2/licenses/7/ips"
	req.Header.SetMethod(fasthttp.MethodPost)
	fasthttp.Do(req, nil)

	var c fasthttp.Client
	c.Get(nil, "https://api.orbitflare.com/customer/v1/locations") // want "orbit-locations" becomes "https://api.orbitflare.com/customer/v2/licenses/locations"
}

func host(c *fasthttp.HostClient) {
	var req fasthttp.Request
	req.SetRequestURI("/customer/v1/locations") // want "orbit-locations" becomes "/customer/v2/licenses/locations"
	req.SetHost("api.orbitflare.com")
	c.Do(&req, nil)
}
