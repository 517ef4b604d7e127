package ghttp

import (
	"net/http"

	"github.com/onsi/gomega/ghttp"
)

func mock(h http.HandlerFunc) {
	s := ghttp.NewServer()
	s.AppendHandlers(ghttp.CombineHandlers(ghttp.VerifyRequest("GET", "/customer/v1/locations"), h)) // want "orbit-locations" becomes "/customer/v2/licenses/locations"
	s.RouteToHandler("POST", "/customer/v1/licenses/7/whitelist-ip", h)                              // want "orbit-license-whitelist-ip" becomes "/customer/v2/licenses/7/ips"
}
