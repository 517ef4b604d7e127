package httpmock

import "github.com/jarcoal/httpmock"

func mock() {
	httpmock.RegisterResponder("GET", "https://api.orbitflare.com/customer/v1/locations", nil)                                      // want "orbit-locations" becomes "https://api.orbitflare.com/customer/v2/licenses/locations"
	httpmock.RegisterResponder("POST", `=~^https://api\.orbitflare\.com/customer/v1/licenses/\d+/whitelist-ip$`, nil)               // want "orbit-license-whitelist-ip" becomes "=~^https://api\\.orbitflare\\.com/customer/v2/licenses/\\d+/ips$"
	httpmock.NewMockTransport().RegisterResponderWithQuery("GET", "https://api.orbitflare.com/customer/v1/licenses", "page=1", nil) // want "orbit-licenses-list" becomes "https://api.orbitflare.com/customer/v2/licenses"
}
