package gin

import "github.com/gin-gonic/gin"

func serve(h gin.HandlerFunc) *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery())
	r.GET("/customer/v1/licenses", h)       // want "orbit-licenses-list" becomes "/customer/v2/licenses"
	v1 := r.Group("/customer").Group("v1/") // want "orbit-base" becomes "v2/"
	routes(v1, h)
	r.Handle("PUT", "/customer/v1/locations", h) // stays
	return r
}

func routes(r gin.IRouter, h gin.HandlerFunc) {
	r.GET("/locations", h).POST("licenses/:id/whitelist-ip", h) // want "orbit-license-whitelist-ip" want "orbit-locations" becomes "/licenses/locations" becomes "licenses/:id/ips"
}
