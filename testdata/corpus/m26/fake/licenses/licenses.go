// Package licenses answers the license requests of the stand-in.
package licenses

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// Register adds the routes to g.
func Register(g *gin.RouterGroup) {
	g.GET("/licenses", func(c *gin.Context) {
		c.JSON(http.StatusOK, []gin.H{{"id": "42"}})
	})
	one := g.Group("/licenses/:id")
	one.GET("/ips", func(c *gin.Context) {
		c.JSON(http.StatusOK, []gin.H{{"license": c.Param("id"), "ip": "203.0.113.7"}})
	})
}
