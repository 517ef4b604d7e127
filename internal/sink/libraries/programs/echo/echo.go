package echo

import "github.com/labstack/echo/v4"

func serve(h echo.HandlerFunc) *echo.Echo {
	e := echo.New()
	v1 := e.Group("/customer/v1")                               // want "orbit-base" becomes "/customer/v2"
	v1.GET("/locations", h)                                     // want "orbit-locations" becomes "/licenses/locations"
	v1.Match([]string{"POST"}, "/licenses/:id/whitelist-ip", h) // want "orbit-license-whitelist-ip" becomes "/licenses/:id/ips"
	e.GET("/locations", h)
	return e
}

func test(e *echo.Echo) {
	c := e.NewContext(nil, nil)
	c.SetPath("/customer/v1/locations") // want "orbit-locations" becomes "/customer/v2/licenses/locations"
}
