package routes

const (
	prefix    = "/customer/v1"
	Licenses  = prefix + "/licenses"
	License   = Licenses + "/{id}"
	Locations = prefix + "/locations"
	ResetKey  = License + "/reset-key"
)
