package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

func checkServer(t *testing.T, h http.Handler) {
	t.Helper()
	srv := httptest.NewServer(h)
	defer srv.Close()
	c := client{base: srv.URL, http: &http.Client{Transport: new(http.Transport)}}
	if err := c.check("42", "192.0.2.7"); err != nil {
		t.Error(err)
	}
}

func TestChi(t *testing.T) {
	r := chi.NewRouter()
	ok := func(w http.ResponseWriter, r *http.Request) {}
	r.Get("/customer/v1/locations", ok)
	r.Get("/customer/v1/licenses/{id:[0-9]+}", ok)
	r.MethodFunc("DELETE", "/customer/v1/licenses/{id}/ips/*", ok)
	checkServer(t, r)
}

func TestGin(t *testing.T) {
	gin.SetMode(gin.TestMode)
	r := gin.New()
	ok := func(c *gin.Context) { c.Status(http.StatusOK) }
	r.GET("/customer/v1/locations", ok)
	r.GET("/customer/v1/licenses/:id", ok)
	r.Handle(http.MethodDelete, "/customer/v1/licenses/:id/ips/*ip", ok)
	checkServer(t, r)
}

func TestEcho(t *testing.T) {
	e := echo.New()
	ok := func(c echo.Context) error { return c.NoContent(http.StatusOK) }
	e.GET("/customer/v1/locations", ok)
	e.GET("/customer/v1/licenses/:id", ok)
	e.Add("DELETE", "/customer/v1/licenses/:id/ips/:ip", ok)
	checkServer(t, e)
}

type fiberTransport struct{ app *fiber.App }

func (f fiberTransport) RoundTrip(r *http.Request) (*http.Response, error) { return f.app.Test(r) }

func TestFiber(t *testing.T) {
	app := fiber.New()
	ok := func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusOK) }
	app.Get("/customer/v1/locations", ok)
	app.Get("/customer/v1/licenses/:id", ok)
	app.Delete("/customer/v1/licenses/:id/ips/+", ok)
	c := client{base: "http://fake.test", http: &http.Client{Transport: fiberTransport{app}}}
	if err := c.check("42", "192.0.2.7"); err != nil {
		t.Error(err)
	}
}
