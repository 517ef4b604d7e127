package requests

import (
	"context"

	"github.com/carlmjohnson/requests"
)

func calls(ctx context.Context, id int) {
	requests.URL("https://api.orbitflare.com/customer/v1/").Path("locations").Fetch(ctx)                                  // want "orbit-locations" want "orbit-locations" becomes "https://api.orbitflare.com/customer/v2/" becomes "licenses/locations"
	requests.New().Host("api.orbitflare.com").Pathf("/customer/v1/licenses/%d/whitelist-ip", id).BodyJSON(nil).Fetch(ctx) // want "orbit-license-whitelist-ip" becomes "/customer/v2/licenses/%d/ips"
	requests.URL("/customer/v1/locations").Host("api.orbitflare.com").Put().BodyJSON(nil).Fetch(ctx)                      // stays
	requests.URL("https://api.orbitflare.com/customer/v1/").Path("/locations").Fetch(ctx)                                 // want "orbit-base" becomes "https://api.orbitflare.com/customer/v2/"
}
