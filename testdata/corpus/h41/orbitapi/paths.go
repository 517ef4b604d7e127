package orbitapi

const (
	Base      = "https://api.orbitflare.com/customer/v1"
	Licenses  = "/licenses"
	Locations = "/locations"
)
