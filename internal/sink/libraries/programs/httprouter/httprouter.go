package httprouter

import "github.com/julienschmidt/httprouter"

func serve(h httprouter.Handle) *httprouter.Router {
	r := httprouter.New()
	r.GET("/customer/v1/locations", h)                            // want "orbit-locations" becomes "/customer/v2/licenses/locations"
	r.Handle("POST", "/customer/v1/licenses/:id/whitelist-ip", h) // want "orbit-license-whitelist-ip" becomes "/customer/v2/licenses/:id/ips"
	return r
}
