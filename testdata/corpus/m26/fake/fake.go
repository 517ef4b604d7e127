// Package fake is a stand-in for the licensing service in tests.
package fake

import (
	"net/http"

	"example.com/corpus/m26/fake/licenses"
	"github.com/gin-gonic/gin"
)

// Handler returns the routes of the stand-in.
func Handler() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	customer := r.Group("/customer")
	v1 := customer.Group("/v1")
	v1.GET("/locations", listLocations)
	licenses.Register(v1)
	return r
}

func listLocations(c *gin.Context) {
	c.JSON(http.StatusOK, []gin.H{{"id": "fra1"}, {"id": "ams2"}})
}
