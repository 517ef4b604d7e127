package fiberv2

import "github.com/gofiber/fiber/v2"

func serve(h fiber.Handler) *fiber.App {
	app := fiber.New()
	app.Use(h)
	v1 := app.Group("/customer/v1/")                             // want "orbit-base" becomes "/customer/v2/"
	v1.Get("/locations", h).Post("licenses/:id/whitelist-ip", h) // want "orbit-license-whitelist-ip" want "orbit-locations" becomes "/licenses/locations" becomes "licenses/:id/ips"
	app.Route("/api/customer/v1", func(r fiber.Router) {         // want "orbit-base-www" becomes "/api/customer/v2"
		r.Add("GET", "/locations", h) // want "orbit-locations" becomes "/licenses/locations"
	})
	app.Mount("/customer/v1", mounted(h)) // want "orbit-base" becomes "/customer/v2"
	return app
}

func mounted(h fiber.Handler) *fiber.App {
	sub := fiber.New()
	sub.All("/locations/", h) // want "orbit-locations" becomes "/licenses/locations/"
	return sub
}
