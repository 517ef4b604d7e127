package gateway

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

type Limit struct {
	Body    int64
	Timeout time.Duration
}

var limits = map[string]Limit{
	"POST /customer/v1/licenses/":         {Body: 1 << 10, Timeout: 5 * time.Second},
	"GET /customer/v1/locations":          {Timeout: 30 * time.Second},
	"GET /customer/v1/licenses/:id/ips":   {Timeout: 10 * time.Second},
	"GET /partner/customer/v1/statements": {Timeout: time.Minute},
}

func limitFor(method, path string) (Limit, bool) {
	if l, ok := limits[method+" "+path]; ok {
		return l, true
	}
	for key, l := range limits {
		if strings.HasSuffix(key, "/") && strings.HasPrefix(method+" "+path, key) {
			return l, true
		}
	}
	return Limit{}, false
}

func limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		l, ok := limitFor(c.Request().Method, c.Path())
		if !ok {
			return next(c)
		}
		c.Response().Header().Set("X-Timeout", l.Timeout.String())
		if l.Body > 0 && c.Request().ContentLength > l.Body {
			return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
		}
		return next(c)
	}
}

func requireKey(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Path() == "/customer/v1/licenses" || c.Request().Header.Get("X-ORBIT-KEY") != "" {
			return next(c)
		}
		return echo.NewHTTPError(http.StatusUnauthorized)
	}
}

func New() *echo.Echo {
	e := echo.New()
	e.Use(requireKey, limit)
	empty := func(c echo.Context) error { return c.JSON(http.StatusOK, struct{}{}) }
	e.GET("/customer/v1/licenses", empty)
	e.GET("/customer/v1/licenses/:id/ips", empty)
	e.POST("/customer/v1/licenses/:id/reset-key", empty)
	e.GET("/customer/v1/locations", empty)
	return e
}
