package fiberv3

import "github.com/gofiber/fiber/v3"

func serve(h fiber.Handler) *fiber.App {
	app := fiber.New()
	app.Use(h)
	v1 := app.Group("/customer/v1")                     // want "orbit-base" becomes "/customer/v2"
	v1.Add([]string{"GET"}, "/locations", h)            // want "orbit-locations" becomes "/licenses/locations"
	v1.RouteChain("/licenses/:id/whitelist-ip").Post(h) // want "orbit-license-whitelist-ip" becomes "/licenses/:id/ips"
	app.Use("/api/customer/v1", mounted(h))             // want "orbit-base-www" becomes "/api/customer/v2"
	return app
}

func mounted(h fiber.Handler) *fiber.App {
	sub := fiber.New()
	sub.Get("/locations", h) // want "orbit-locations" becomes "/licenses/locations"
	return sub
}
