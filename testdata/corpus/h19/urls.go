package main

const (
	scheme = "https" + "://"
	domain = "orbitflare" + "." + "com"
	origin = scheme + "api." + domain
)

const (
	locationsURL = origin + "/cust" + "omer/v" + "1/lo" + "cations"
	rootURL      = origin + "/customer" + "/v" + "1"
	licensesURL  = rootURL + "/licen" + "ses"
	rotateFormat = licensesURL + "/%s/" + ("regenerate" + "-key")
)

const siteURL = scheme + domain + "/api" + ("/customer/" + "v1/") + "li" + "censes" + "/%d/i" + "ps"
