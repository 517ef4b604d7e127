package ogen

import (
	"context"
	"net/url"

	ht "github.com/ogen-go/ogen/http"
)

func call(ctx context.Context) {
	u, _ := url.Parse("https://api.orbitflare.com/customer/v1/locations") // want "orbit-locations" becomes "https://api.orbitflare.com/customer/v2/licenses/locations"
	ht.NewRequest(ctx, "GET", u)
}
