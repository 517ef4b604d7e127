package restyv2

import "github.com/go-resty/resty/v2"

type api struct{ http *resty.Client }

func open() *api {
	c := resty.New().SetRetryCount(3)
	c.SetBaseURL("https://api.orbitflare.com/customer/v1/") // want "orbit-base" becomes "https://api.orbitflare.com/customer/v2/"
	return &api{c}
}

func (a *api) calls() {
	a.http.R().SetHeader("Accept", "application/json").Get("locations")               // want "orbit-locations" becomes "licenses/locations"
	a.http.R().SetPathParam("id", "7").Execute("POST", "/licenses/{id}/whitelist-ip") // want "orbit-license-whitelist-ip" becomes "/licenses/{id}/ips"
	a.http.R().Get("https://example.com/locations")
}

func send() {
	r := resty.New().R()
	r.Method = resty.MethodGet
	r.URL = "https://api.orbitflare.com/customer/v1/locations" // want "orbit-locations" becomes "https://api.orbitflare.com/customer/v2/licenses/locations"
	r.Send()
}
